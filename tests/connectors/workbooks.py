"""Workbooks to read in tests, written as Excel writes them or as nobody should."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Cells = Sequence[Sequence[object]]


def workbook(path: Path, *sheets: Cells) -> Path:
    """A workbook of sheets, each of rows."""
    book = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def with_parts(path: Path, changed: Mapping[str, bytes]) -> Path:
    """The same workbook with some parts of its archive put in, or put in place of others."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | dict(changed)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def archived(path: Path, name: str) -> bytes:
    """One part of a workbook's archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def with_shared_texts(path: Path) -> Path:
    """The same workbook with its texts in a table of their own, as Excel writes them."""
    texts: list[bytes] = []

    def shared(cell: re.Match[bytes]) -> bytes:
        texts.append(cell[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (cell[1], len(texts) - 1)

    inline = rb'<c r="(\w+)" t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>'
    sheet = re.sub(inline, shared, archived(path, "xl/worksheets/sheet1.xml"))
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    listed = archived(path, "[Content_Types].xml").replace(b"</Types>", override)
    return with_parts(
        path,
        {
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": b'<sst xmlns="%s">%s</sst>' % (main, table),
            "[Content_Types].xml": listed,
        },
    )
