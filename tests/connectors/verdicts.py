"""
What the official validator said of the public returns of 2011 to 2016 (tso_combined.csv).

One verdict is about a workbook of both sheets. The rows of its senior sheet are those of the
published file sorted by reference, so its cell "J8" is in the seventh row in that order.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.connectors.deliveries import SHARED

VERDICTS = SHARED / "data" / "organograms-meta" / "tso_combined.csv"
ABSENT = "the official validator's verdicts are not beside the repository (../shared)"

_RETURNS = SHARED / "data" / "organograms" / "triplestore-2011-2016"
_BETWEEN = "; "
_CUT = "..."


@dataclass(frozen=True)
class Verdict:
    """
    The verdict on one body's return of one day, where its senior file is here.

    junior: its junior file; None if that is not here.
    messages: the errors in the validator's order; of a cell cut short those that end.
    unfinished: the message within which the cell was cut, as far as it goes.
    """

    body: str
    day: str
    senior: Path
    junior: Path | None
    messages: Sequence[str]
    unfinished: str

    @property
    def fatal(self) -> bool:
        """Whether the validator stopped at the missing head, and said nothing else."""
        return any("Could not find a senior post" in message for message in self.messages)


def verdicts() -> Iterator[Verdict]:
    """Every verdict whose senior file is here, in the validator's order."""
    for row in _rows():
        title = row["body_title"].lower().replace("'", "")
        slug = re.sub(r"[^a-z0-9]+", "_", title).strip("_")
        senior = _RETURNS / f"{slug}-{row['graph']}-senior.csv"
        junior = _RETURNS / f"{slug}-{row['graph']}-junior.csv"
        if not senior.exists():
            continue
        messages = row["errors"].split(_BETWEEN) if row["errors"] else []
        cut = row["errors"].endswith(_CUT)
        yield Verdict(
            body=row["body_title"],
            day=row["graph"],
            senior=senior,
            junior=junior if junior.exists() else None,
            messages=messages[:-1] if cut else messages,
            unfinished=messages[-1].removesuffix(_CUT) if cut else "",
        )


def _rows() -> list[dict[str, str]]:
    """The validator's rows; how long a cell may be is a setting of the whole process."""
    usual = csv.field_size_limit(10**7)
    try:
        with VERDICTS.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    finally:
        csv.field_size_limit(usual)
