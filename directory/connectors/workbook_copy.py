"""A workbook written as the sheet that was read of another: its texts, row by row."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from directory.connectors.workbook import WorkbookFile

#: Excel writes none of these; somebody else may have.
_NOT_IN_A_NAME = re.compile(r"[\\*?:/\[\]]")


def write_workbook(*, file: WorkbookFile, copy: Path, rows: Iterator[list[str]]) -> None:
    """
    Write rows below the header of a workbook, in the rows where they stand in it.

    Every cell is text. Sheets that held something else are there by their number alone, so that
    the copy gives the same notices.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_A_NAME.sub("_", file.sheet)[:31])
    for _ in range(file.header_row - 1):
        sheet.append([])
    sheet.append([_cell(sheet, text) for text in file.header])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    for _ in range(file.other_sheets):
        book.create_sheet().append(["-"])
    book.save(copy)


def _cell(sheet: Any, text: str) -> Any:
    """A cell of text, whatever it looks like: nothing is to become a formula or an error."""
    if not text:
        return None
    cell: Any = WriteOnlyCell(sheet, value="")
    cell._value, cell.data_type = text, "s"
    return cell
