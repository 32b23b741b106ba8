"""
A copy of a file that is read exactly as the file is, and holds nothing that is not read.

A delivery that waits for a decision has to be kept, and a column that nobody asked for may
hold what must not be kept: a National Insurance number, somebody's pay.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from directory.connectors.contract import NOT_STATED, HeadedFile
from directory.connectors.delimited import DelimitedFile
from directory.connectors.json_lines import JsonLinesFile
from directory.connectors.texts import clean_cell, has_personal_data
from directory.connectors.workbook import WorkbookFile
from directory.connectors.workbook_copy import write_workbook

#: Stands for any text in a cell that is not read, since whether a row is blank does matter.
_SOMETHING = "-"

_DIGIT = re.compile(r"\d")
_NO_BREAK = re.compile(r"[^\r\n]+")


class Tabular(Protocol):
    """A delivery out of a file of records."""

    @property
    def file(self) -> HeadedFile:
        """The file they stand in."""

    @property
    def used(self) -> frozenset[int]:
        """Positions of the cells that are read in a record of the header's width."""

    @property
    def used_in_odd_rows(self) -> frozenset[int]:
        """Positions of the cells that are read in a record of another width."""

    @property
    def free_text(self) -> frozenset[int]:
        """Positions of cells whose text is dropped where it looks like personal data."""


def copy_used_cells(*, deliveries: Sequence[Tabular], copy: Path) -> None:
    """
    Write a copy of the file of these deliveries, all parts of one file.

    Rows, lines, format and encoding are the file's, and so are all cells that one of them reads.
    """
    file = deliveries[0].file
    width = len(file.header)
    used = frozenset[int]().union(*(delivery.used for delivery in deliveries))
    in_odd_rows = frozenset[int]().union(*(delivery.used_in_odd_rows for delivery in deliveries))
    free_text = frozenset[int]().union(*(delivery.free_text for delivery in deliveries))
    unused = [position for position in range(width) if position not in used]

    def emptied(cells: list[str]) -> list[str]:
        if len(cells) == width:
            positions = unused
            for position in free_text:
                cells[position] = _without_digits(cells[position])
        else:
            positions = [p for p in range(len(cells)) if p not in in_odd_rows]
        for position in positions:
            cells[position] = _emptied(cells[position])
        return cells

    match file:
        case DelimitedFile():
            _copy_delimited(file, copy, emptied)
        case WorkbookFile():
            write_workbook(
                file=file, copy=copy, rows=(emptied(cells) for _, _, cells in file.records())
            )
        case JsonLinesFile():
            # Whatever nobody reads has refused the file.
            _copy_json_lines(file, copy, emptied)


def _copy_delimited(
    file: DelimitedFile, copy: Path, emptied: Callable[[list[str]], list[str]]
) -> None:
    with copy.open("wb") as raw:
        with file.opened.path.open("rb") as original:
            raw.write(original.read(file.opened.skip_bytes))
        with io.TextIOWrapper(raw, encoding=file.opened.encoding, newline="") as text:
            writer = csv.writer(
                text, delimiter=file.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
            )
            for row, _, cells in file.all_records():
                writer.writerow(emptied(cells) if row > file.header_row else cells)


def _copy_json_lines(
    file: JsonLinesFile, copy: Path, emptied: Callable[[list[str]], list[str]]
) -> None:
    """Line by line as it is, but for objects of which a cell has to be emptied."""
    anew = {
        line: kept
        for _, line, cells in file.records()
        if (kept := emptied([*cells])) != list(cells)
    }
    with copy.open("wb") as raw, file.opened.lines() as lines:
        with file.opened.path.open("rb") as original:
            raw.write(original.read(file.opened.skip_bytes))
        with io.TextIOWrapper(raw, encoding=file.opened.encoding, newline="") as text:
            for number, line in enumerate(lines, 1):
                text.write(_as_line(file.header, anew[number]) if number in anew else line)


def _as_line(header: Sequence[str], cells: Sequence[str]) -> str:
    said = zip(header, cells, strict=True)
    return json.dumps({name: cell for name, cell in said if cell != NOT_STATED}) + "\n"


def _without_digits(cell: str) -> str:
    """Personal data that looks the same, so that it is found and dropped again, and is nobody's."""
    cleaned, _ = clean_cell(text=cell)
    return _DIGIT.sub("0", cell) if has_personal_data(text=cleaned or cell) else cell


def _emptied(cell: str) -> str:
    """A cell without its text; its line breaks stay, so that lines are counted as before."""
    if not cell or cell.isspace():
        return cell
    return _SOMETHING + _NO_BREAK.sub("", cell)
