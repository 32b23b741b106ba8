"""
What the returns of a feed say, counted by a few lines of csv and no connector.

The sync is held against this. Two things are taken from the faults that the department is told
row by row: which rows were refused, and which names no machine can tell. Every other row is
counted by the rules below alone.
"""

import csv
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from directory.folding import fold

UNDISCLOSED, VACANT, ELIMINATED = "undisclosed", "vacant", "eliminated"

#: What a whole cell of Name says, folded, when it names nobody.
WORDS = {
    **dict.fromkeys(["", "n d", "nd", "na", "no name", "not disclosed"], UNDISCLOSED),
    **dict.fromkeys(["vacant", "vacancy", "vacant post"], VACANT),
    "eliminated": ELIMINATED,
}

NOT_IN_POST = "0"
PARTS = ("Senior/Junior", "Senion/Junior", "Junior/Senior")


@dataclass(frozen=True)
class Told:
    """Rows of a run that were refused, rows whose name is none, and whether nobody departs."""

    refused: frozenset[int]
    unnamed: frozenset[int]
    departures_withheld: bool


@dataclass(frozen=True)
class Totals:
    """
    A feed's part in numbers.

    posts: reference to how many named people hold the post, and whether somebody undisclosed
        does; it is vacant when neither. counted, fte: unnamed posts of a junior return.
    """

    posts: Mapping[str, tuple[int, bool]]
    people: int = 0
    appointments: int = 0
    vacant: int = 0
    undisclosed: int = 0
    counted: int = 0
    fte: Decimal = Decimal(0)


class SeniorStand:
    """Where the senior returns of a feed stand: who holds which post by their newest word."""

    def __init__(self) -> None:
        self._holders: set[tuple[str, str]] = set()
        self._unnamed: set[tuple[str, str]] = set()

    def take(self, *, path: Path, as_of: date, told: Told) -> None:
        """Count a return. Rows refused keep what they said before; the others are all there is."""
        stated: set[tuple[str, str]] = set()
        refused: set[tuple[str, str]] = set()
        for number, row in rows_of(path=path, as_of=as_of, part="senior"):
            reference = " ".join(row["Post Unique Reference"].split())
            name = fold(re.sub(r"\(.*?\)", " ", row["Name"]))
            # A row that has not changed since is not read, and so not told, again.
            if number in told.unnamed:
                self._unnamed.add((reference, name))
            who = UNDISCLOSED if (reference, name) in self._unnamed else name
            holders = refused if number in told.refused else stated
            holders.add((reference, WORDS.get(name, who)))
        kept = self._holders if told.departures_withheld else self._holders & refused
        self._holders = {holder for holder in stated if holder[1] != ELIMINATED} | kept

    def totals(self) -> Totals:
        """Posts and their holders; somebody paid and not in post is a person all the same."""
        named = [reference for reference, who in self._holders if who not in (UNDISCLOSED, VACANT)]
        references = {reference for reference, _ in self._holders} - {NOT_IN_POST}
        holding = Counter(named)
        posts = {r: (holding[r], (r, UNDISCLOSED) in self._holders) for r in references}
        return Totals(
            posts=posts,
            people=len(named),
            appointments=len(named) - holding[NOT_IN_POST],
            vacant=sum(post == (0, False) for post in posts.values()),
            undisclosed=sum(undisclosed for _, undisclosed in posts.values()),
        )


class JuniorStand:
    """Where the junior returns of a feed stand: the newest one is all there is."""

    def __init__(self) -> None:
        self._counted: list[Decimal] = []

    def take(self, *, path: Path, as_of: date, told: Told) -> None:
        """Count a return, to two decimal places; a row of no posts is none."""
        assert not told.refused, path.name
        counts = (
            Decimal(row.get("Number of Posts in FTE") or row["FTE"])
            for _, row in rows_of(path=path, as_of=as_of, part="junior")
        )
        self._counted = [round(count, 2) for count in counts if count]

    def totals(self) -> Totals:
        """Rows of counted posts, and how many posts they count."""
        return Totals(posts={}, counted=len(self._counted), fte=sum(self._counted, Decimal(0)))


def rows_of(*, path: Path, as_of: date, part: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """
    The rows of a return, or of one date and part of a stacked file, without repeated headers.

    Numbered as a spreadsheet does, the header being row 1.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        stacked = next((name for name in PARTS if name in header), "")
        for number, cells in enumerate(lines, start=2):
            row = dict(zip(header, cells, strict=True))
            if not any(cell.strip() for cell in cells) or row["Organisation"] == "Organisation":
                continue
            said = stacked and (row[stacked].lower(), _month_end(row["Back to Index"]))
            if not said or said == (part, as_of):
                yield number, row


def _month_end(text: str) -> date:
    first = datetime.strptime(text, "%b-%y")  # noqa: DTZ007 - a month, in no zone
    return date(first.year, first.month, monthrange(first.year, first.month)[1])
