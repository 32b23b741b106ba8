"""The public organogram returns at hand, department by department and in date order."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from directory.folding import fold

SHARED = Path(settings.PROJECT).parent / "shared" / "data"
ORGANOGRAMS = SHARED / "organograms"


@dataclass(frozen=True)
class Return:
    """One file: which body's it is, the day it describes, and what it holds."""

    path: Path
    body: str
    as_of: date
    stacked: bool
    junior: bool

    @property
    def feed_slug(self) -> str:
        """Senior and junior returns of one body are two feeds; a stacked file is a third."""
        kind = "stacked" if self.stacked else "junior" if self.junior else "senior"
        return f"{slugify(self.body)}-{kind}"

    @property
    def organisation_slug(self) -> str:
        """A stacked file tells the same years again, so it gets a body of its own."""
        return slugify(self.body) + ("-stacked" if self.stacked else "")


@cache
def all_returns() -> tuple[Return, ...]:
    """
    Every file, department by department and in date order, seniors before juniors.

    Asked for once a process: to know whose they are, each of some 400 files is read.
    """
    found = [_return(path) for path in ORGANOGRAMS.glob("*/*.csv")]
    order = sorted(found, key=lambda r: (r.body, r.as_of, r.stacked, r.junior, r.path.name))
    return tuple(order)


def _return(path: Path) -> Return:
    with path.open(encoding="utf-8", newline="") as file:
        bodies = Counter(fold(row["Organisation"]) for row in csv.DictReader(file))
    stated = re.search(r"(\d{4}-\d\d-\d\d)-(?:senior|junior)", path.name)
    return Return(
        path=path,
        body=bodies.most_common(1)[0][0],
        as_of=date.fromisoformat(stated[1]) if stated else _day_of(path),
        stacked="ifg" in path.parent.name,
        junior="junior" in path.name,
    )


def _day_of(path: Path) -> date:
    if path.parent.name == "uploads-2013":
        return date(2013, 9, 30)
    return date(2026, 3, 31) if path.name.startswith("dfe") else date(2025, 12, 31)
