"""
Excel workbooks (.xlsx, .xlsm): the first sheet with a header, as rows of text.

A workbook is a zip archive of XML. Before anything is unpacked, its table of contents is
judged, and no parser here follows an entity. The sheet is read once, into a spool file that
goes with it, since unpacking is many times slower than reading.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

# Safe, 27 November 2026: types alone; defusedxml parses.
from xml.etree.ElementTree import ParseError  # nosec B405

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from directory.connectors.contract import NumberedRecord, UnreadableDelivery
from directory.connectors.scanning import LONGEST_CELL_CHARACTERS
from directory.connectors.texts import clean_cell
from directory.records import Fault, Severity

if not openpyxl.DEFUSEDXML:
    raise ImportError(
        "openpyxl would follow entities: install defusedxml, and do not set OPENPYXL_DEFUSEDXML."
    )

#: What an archive may come to when it is unpacked, in all and in the texts held in memory.
UNPACKED_BYTES = 1 << 30
SHARED_TEXT_BYTES = 128 << 20
#: A part packed tighter than this is made to fill the disk; sheets come to about 20.
LARGEST_RATIO = 250
_RATIO_COUNTS_FROM_BYTES = 1 << 20
MOST_PARTS = 5_000
#: What the sheet may come to as text.
SPOOLED_CHARACTERS = 1 << 30

_LAST_ROW = 1_048_576
_HEADER_ROWS = 400
_CHUNK_BYTES = 1 << 20

_ENDINGS = (".xlsx", ".xlsm")

# A formula whose result was never stored: nobody has opened the workbook since it was written.
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<c\b(?:(?!\bt=")[^>])*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>\s*)?</c>'
)

# Everything that openpyxl raises at a workbook that is none; `defusedxml` raises ValueErrors.
_UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """
    A sheet that has been read whole. Rows count as Excel does, and so do lines.

    header: the texts of the first row that is not blank; cells right of it are not read.
    sheet: its name; other_sheets: how many others hold something.
    """

    header: tuple[str, ...]
    header_row: int
    sheet: str
    other_sheets: int
    spool: "IO[str]"
    strict: bool = False

    @property
    def notices(self) -> tuple[Fault, ...]:
        """Which sheet was read, where several hold something."""
        if not self.other_sheets:
            return ()
        return (
            Fault(
                row=self.header_row,
                line=self.header_line,
                column="",
                code="sheet_used",
                hint=f"Of {self.other_sheets + 1} sheets that hold something, only "
                f"“{self.sheet[:100]}” was read.",
                severity=Severity.NOTICE,
            ),
        )

    @property
    def header_line(self) -> int:
        """The row of the header; a sheet has no other lines."""
        return self.header_row

    def records(self) -> Iterator[NumberedRecord]:
        """Every row below the header, blank ones included."""
        with Path(self.spool.name).open(encoding="utf-8", newline="") as file:
            for row, cells in enumerate(csv.reader(file), self.header_row + 1):
                yield row, row, cells


def is_workbook(*, path: Path, file_name: str) -> bool:
    """Whether a file is a workbook and is called one; any other archive is a slip."""
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    return packed and file_name.lower().endswith(_ENDINGS)


def open_workbook(*, path: Path, has_header: Callable[[Sequence[str]], bool]) -> WorkbookFile:
    """
    Read the first sheet whose first row is a header, or the first that holds anything.

    has_header: whether a row names columns that we know.

    :raises UnreadableDelivery: if it is no workbook, too large, or has no rows.
    """
    try:
        with path.open("rb") as packed:
            _refuse_bombs(packed)
            book = openpyxl.load_workbook(packed, read_only=True, data_only=True, keep_links=False)
            return _read(book, has_header)
    except _UNREADABLE:
        raise UnreadableDelivery(
            code="xlsx_unreadable",
            message="The workbook is damaged, or is none. Open it in Excel, save it again, or "
            "export it as “CSV UTF-8”.",
        ) from None


def _refuse_bombs(packed: IO[bytes]) -> None:
    with zipfile.ZipFile(packed) as archive:
        parts = archive.infolist()
        shared = sum(p.file_size for p in parts if p.filename.lower().endswith("sharedstrings.xml"))
        tight = any(
            part.file_size > max(part.compress_size * LARGEST_RATIO, _RATIO_COUNTS_FROM_BYTES)
            for part in parts
        )
        unpacked = sum(part.file_size for part in parts)
    too_large = unpacked > UNPACKED_BYTES or shared > SHARED_TEXT_BYTES
    if tight or too_large or len(parts) > MOST_PARTS:
        raise _too_large()


def _too_large() -> UnreadableDelivery:
    return UnreadableDelivery(
        code="xlsx_too_large",
        message=f"Unpacked, the workbook holds more than we take (1 GB in all, "
        f"{SHARED_TEXT_BYTES >> 20} MB of texts), or is packed like no workbook is. Export it as "
        "“CSV UTF-8”.",
    )


def _read(book: Any, has_header: Callable[[Sequence[str]], bool]) -> WorkbookFile:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = []
    for sheet in sheets:
        # What a sheet says about its own size is often wrong.
        sheet.reset_dimensions()
        row, header = _header(sheet)
        if header:
            found.append((sheet, row, header))
    if not found:
        raise UnreadableDelivery(
            code="empty_file", message="No sheet of the workbook holds anything. Export it again."
        )
    sheet, row, header = next((f for f in found if has_header(f[2])), found[0])
    _refuse_unsaved_formulas(book, sheet)
    spool = _spooled(sheet, row, len(header))
    return WorkbookFile(header, row, sheet.title, len(found) - 1, spool)


def _header(sheet: Any) -> tuple[int, tuple[str, ...]]:
    """Row and texts of the first row with text in it; no texts where there is none."""
    for row, values in enumerate(sheet.iter_rows(max_row=_HEADER_ROWS, values_only=True), 1):
        texts = [clean_cell(text=_text(value))[0] for value in values]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            return row, tuple(texts)
    return 0, ()


def _refuse_unsaved_formulas(book: Any, sheet: Any) -> None:
    with book._archive.open(sheet._worksheet_path) as xml:
        before = b""
        while chunk := xml.read(_CHUNK_BYTES):
            if _FORMULA_WITHOUT_VALUE.search(before + chunk):
                raise UnreadableDelivery(
                    code="formula_without_value",
                    message="The workbook holds formulas without their results, which would look "
                    "like blank cells. Open it in Excel and save it, or export values only.",
                )
            before = chunk[-4096:]


def _spooled(sheet: Any, header_row: int, width: int) -> "IO[str]":
    """The rows below the header as a CSV file that vanishes with its handle."""
    spool = NamedTemporaryFile("w", encoding="utf-8", newline="")  # noqa: SIM115 - goes with it
    write = csv.writer(spool).writerow
    rows = sheet.iter_rows(max_col=width, max_row=_LAST_ROW, values_only=True)
    characters, blank, filled = 0, 0, False
    for values in islice(rows, header_row, None):
        texts = [_text(value) for value in values]
        size = sum(map(len, texts))
        if not size:
            # The rows that Excel once touched go on for ever; those at the end say nothing.
            blank += 1
            continue
        for _ in range(blank):
            write([""] * width)
        blank, filled = 0, True
        characters += size
        if characters > SPOOLED_CHARACTERS:
            raise _too_large()
        write(texts)
    if not filled:
        raise UnreadableDelivery(
            code="header_only",
            message="The sheet has a header and no rows. An empty export is never taken for "
            "everybody having left; send the whole file.",
        )
    spool.flush()
    return spool


def _text(value: object) -> str:
    """A cell as text: days as YYYY-MM-DD, whole numbers without a point."""
    match value:
        case None:
            return ""
        case str():
            # U+0000 cannot stand in XML, and the rest is judged with every other cell.
            return value[: LONGEST_CELL_CHARACTERS + 1]
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
