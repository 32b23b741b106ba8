"""
A copy of a file that is read exactly as the file is, and holds nothing that is not read.

A delivery that waits for a decision has to be kept, and a column that nobody asked for may
hold what must not be kept: a National Insurance number, somebody's pay.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from directory.connectors.delimited import DelimitedFile

#: Stands for any text in a cell that is not read, since whether a row is blank does matter.
_SOMETHING = "-"

_NO_BREAK = re.compile(r"[^\r\n]+")


class Tabular(Protocol):
    """A delivery out of a file of records."""

    file: DelimitedFile

    @property
    def used(self) -> frozenset[int]:
        """Positions of the cells that are read in a record of the header's width."""

    @property
    def used_in_odd_rows(self) -> frozenset[int]:
        """Positions of the cells that are read in a record of another width."""


def copy_used_cells(*, deliveries: Sequence[Tabular], copy: Path) -> None:
    """
    Write a copy of the file of these deliveries, all parts of one file.

    Rows, lines and encoding are the file's, and so are all cells that one of them reads.
    """
    file = deliveries[0].file
    width = len(file.header)
    used = frozenset[int]().union(*(delivery.used for delivery in deliveries))
    in_odd_rows = frozenset[int]().union(*(delivery.used_in_odd_rows for delivery in deliveries))
    unused = [position for position in range(width) if position not in used]
    with copy.open("wb") as raw:
        with file.opened.path.open("rb") as original:
            raw.write(original.read(file.opened.skip_bytes))
        with io.TextIOWrapper(raw, encoding=file.opened.encoding, newline="") as text:
            writer = csv.writer(
                text, delimiter=file.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
            )
            for row, _, cells in file.all_records():
                if row > file.header_row:
                    odd = len(cells) != width
                    for position in (
                        [p for p in range(len(cells)) if p not in in_odd_rows] if odd else unused
                    ):
                        cells[position] = _emptied(cells[position])
                writer.writerow(cells)


def _emptied(cell: str) -> str:
    """A cell without its text; its line breaks stay, so that lines are counted as before."""
    if not cell or cell.isspace():
        return cell
    return _SOMETHING + _NO_BREAK.sub("", cell)
