"""
Delimited text (CSV and its kin) read strictly, as a stream, with true row and line numbers.

The csv module reads as long as it can; where it raises (an unclosed quote, a
field longer than its limit) `scanning.CarefulReader` goes on from that record.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from directory.connectors.contract import NumberedRecord, UnreadableDelivery
from directory.connectors.opening import Opened, open_text
from directory.connectors.scanning import CarefulReader
from directory.connectors.texts import clean_cell
from directory.records import Fault, Severity

#: Tried in this order; the first wins a tie.
DELIMITERS = (",", ";", "\t", "|")

#: A header of more physical lines than this is not a header.
_HEADER_LINES = 400


@dataclass(frozen=True, slots=True)
class DelimitedFile:
    """
    A file whose header has been read.

    header: the cells of the first row that is not blank, each cleaned.
    header_row, header_line: where it stands.
    """

    opened: Opened
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    header_line: int
    strict: bool = False

    @property
    def notices(self) -> tuple[Fault, ...]:
        """How the file was read, where that was not plain UTF-8."""
        return encoding_notices(opened=self.opened, row=self.header_row, line=self.header_line)

    def records(self) -> Iterator[NumberedRecord]:
        """
        Every record after the header, blank ones included, as lists of raw cells.

        :raises UnreadableDelivery: at a quote that never closes; `open_delimited` has
            looked for that already, so only if the file changed since.
        """
        return islice(self.all_records(), self.header_row, None)

    def all_records(self) -> Iterator[NumberedRecord]:
        """Every record of the file, the header and what stands above it included."""
        row, line = 0, 1
        with self.opened.lines() as lines:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                for cells in reader:
                    row += 1
                    yield row, line, cells
                    line = reader.line_num + 1
                return
            except csv.Error:
                pass  # the record after `row` needs the careful reader
        with self.opened.lines() as lines:
            careful = CarefulReader(
                lines=islice(lines, line - 1, None),
                delimiter=self.delimiter,
                row=row,
                line=line,
                headers=self.header,
            )
            for cells in careful:
                yield careful.row, careful.line, cells


def open_delimited(*, path: Path, encoding: str = "", delimiter: str = "") -> DelimitedFile:
    """
    Open a file, read its header and make sure that its quotes close.

    encoding, delimiter: what the mapping declares; found out where empty.

    :raises UnreadableDelivery: if it is no table of text with a header and at least one row.
    """
    opened = open_text(path=path, declared_encoding=encoding)
    delimiter = delimiter or _sniffed_delimiter(opened)
    row, line, header = _header(opened, delimiter)
    file = DelimitedFile(
        opened=opened,
        delimiter=delimiter,
        header=tuple(header),
        header_row=row,
        header_line=line,
    )
    rows = file.records()
    if not any(_has_text(cells) for _, _, cells in rows):
        raise UnreadableDelivery(
            code="header_only",
            message="The file has a header and no rows. An empty export is never taken for "
            "everybody having left; send the whole file.",
        )
    if opened.may_break:
        for _ in rows:
            pass
    return file


def encoding_notices(*, opened: Opened, row: int, line: int) -> tuple[Fault, ...]:
    """The notice of an encoding that was not plain UTF-8."""
    if not opened.said:
        return ()
    return (
        Fault(
            row=row,
            line=line,
            column="",
            code="encoding_used",
            hint=f"The file was {opened.said}.",
            severity=Severity.NOTICE,
        ),
    )


def _has_text(cells: Sequence[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _sniffed_delimiter(opened: Opened) -> str:
    """The delimiter that cuts the header into most cells."""

    def width(delimiter: str) -> int:
        try:
            return len(_header(opened, delimiter)[2])
        except UnreadableDelivery:
            return 0

    return max(DELIMITERS, key=width)


def _header(opened: Opened, delimiter: str) -> tuple[int, int, list[str]]:
    """Row and line of the first record with text in it, and its cells."""
    with opened.lines() as lines:
        reader = CarefulReader(
            lines=islice(lines, _HEADER_LINES), delimiter=delimiter, row=0, line=1, headers=()
        )
        for cells in reader:
            if _has_text(cells):
                return reader.row, reader.line, [clean_cell(text=cell)[0] for cell in cells]
    raise UnreadableDelivery(
        code="empty_file",
        message="The file starts with nothing but blank lines. Export it again with its header.",
    )
