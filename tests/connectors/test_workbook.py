"""Workbooks are read as the table they hold, and refused where they are none or a trap."""

import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.connectors.organogram import OrganogramConnector
from directory.connectors.table import TableConnector
from directory.connectors.workbook import WorkbookFile, open_workbook
from directory.records import Delivery, Vocabulary
from tests.connectors.deliveries import GOOD, HEADER, VOCABULARY, codes, readings
from tests.connectors.workbooks import archived, with_parts, with_shared_texts, workbook

COLUMNS = HEADER.split(",")
ROW = GOOD.split(",")
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workbook of a test is."""
    return tmp_path / "staff.xlsx"


def _open(path: Path, mapping: dict[str, Any] | None = None, file_name: str = "") -> Delivery:
    (delivery,) = TableConnector().open(
        path=path, mapping=mapping or {}, vocabulary=VOCABULARY, file_name=file_name
    )
    return delivery


def _code(path: Path, file_name: str = "") -> str:
    with pytest.raises(UnreadableDelivery) as refused:
        _open(path, file_name=file_name)
    return refused.value.code


def _sheet(path: Path) -> WorkbookFile:
    return open_workbook(path=path, has_header=lambda cells: "a" in cells)


def test_a_workbook_gives_the_records_of_its_csv(path: Path, tmp_path: Path) -> None:
    csv = tmp_path / "staff.csv"
    csv.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    typed = [date(2020, 1, 6) if cell == "2020-01-06" else cell for cell in ROW]
    from_sheet = readings(_open(workbook(path, [COLUMNS, typed])))
    assert from_sheet == readings(_open(csv))
    assert codes(from_sheet[0]) == []


def test_texts_may_be_shared_among_cells_as_excel_does(path: Path) -> None:
    inline = list(_sheet(workbook(path, [["a", "b"], ["x", "y"], ["y", "x"]])).records())
    assert list(_sheet(with_shared_texts(path)).records()) == inline
    assert b"inlineStr" not in archived(path, SHEET)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (12345678901, "12345678901"),
        (0.8, "0.8"),
        (0.1 + 0.2, "0.3"),
        (True, "true"),
        (None, ""),
        ("007", "007"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29), "2024-02-29"),  # noqa: DTZ001 - Excel knows no zones
        (datetime(2024, 2, 29, 9, 30), "2024-02-29 09:30:00"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
    ],
)
def test_a_typed_cell_becomes_text(path: Path, value: object, text: str) -> None:
    records = list(_sheet(workbook(path, [["a", "b"], ["x", value]])).records())
    assert records == [(2, 2, ["x", text])]


def test_rows_count_as_excel_does(path: Path) -> None:
    file = _sheet(workbook(path, [[], ["a", None, ""], [], ["1"], [None], ["2"], [None], []]))
    assert (file.header, file.header_row) == (("a",), 2)
    filled = [(row, line, cells) for row, line, cells in file.records() if any(cells)]
    assert filled == [(4, 4, ["1"]), (6, 6, ["2"])]
    assert list(file.records())[-1][0] == 6


def test_cells_right_of_the_header_are_not_read(path: Path) -> None:
    file = _sheet(workbook(path, [["a", "b"], ["1", "2", "a note", "more"]]))
    assert list(file.records()) == [(2, 2, ["1", "2"])]


def test_the_sheet_with_a_header_that_we_know_is_read_and_named(path: Path) -> None:
    file = _sheet(workbook(path, [["About this file"]], [["a"], ["1"]], []))
    assert file.header == ("a",)
    (notice,) = file.notices
    assert (notice.code, "Sheet 2" in notice.hint) == ("sheet_used", True)


def test_a_workbook_has_to_be_called_one(path: Path, tmp_path: Path) -> None:
    workbook(path, [COLUMNS, ROW])
    renamed = path.rename(tmp_path / "0f3a")
    assert _code(renamed) == "looks_like_xlsx"
    assert _code(renamed, "staff.csv") == "looks_like_xlsx"
    assert len(readings(_open(renamed, file_name="Staff 1.XLSX"))) == 1


def test_a_return_is_no_workbook(path: Path) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        OrganogramConnector().open(
            path=workbook(path, [COLUMNS, ROW]), mapping={}, vocabulary=Vocabulary()
        )
    assert refused.value.code == "looks_like_xlsx"


def test_text_called_a_workbook_is_read_as_text(path: Path) -> None:
    path.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    assert codes(readings(_open(path))[0]) == []


@pytest.mark.parametrize(
    ("sheets", "code"),
    [([[]], "empty_file"), ([[COLUMNS]], "header_only"), ([[COLUMNS, ["", None]]], "header_only")],
)
def test_a_workbook_without_rows_is_refused(path: Path, sheets: Any, code: str) -> None:
    assert _code(workbook(path, *sheets)) == code


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet>", b"\xff\xfe"])
def test_a_damaged_workbook_is_refused(path: Path, name: str, content: bytes) -> None:
    workbook(path, [COLUMNS, ROW])
    assert _code(with_parts(path, {name: content})) in ("xlsx_unreadable", "empty_file")


def test_an_archive_of_anything_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert _code(path) == "xlsx_unreadable"
    path.write_bytes(b"PK\x03\x04" + b"cut off")
    assert _code(path) == "xlsx_unreadable"


@pytest.mark.parametrize(
    "entity",
    [b'<!ENTITY e SYSTEM "file:///etc/passwd">', b'<!ENTITY e "ha"><!ENTITY f "&e;&e;">'],
)
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", SHARED])
def test_an_entity_is_never_followed(path: Path, entity: bytes, name: str) -> None:
    with_shared_texts(workbook(path, [COLUMNS, ROW]))
    declared = b"<!DOCTYPE x [" + entity + b"]>"
    content = archived(path, name).replace(b"?>", b"?>" + declared, 1)
    if declared not in content:
        content = declared + content
    with pytest.raises(UnreadableDelivery) as refused:
        _open(with_parts(path, {name: content.replace(b"Ann", b"&e;")}))
    assert refused.value.code == "xlsx_unreadable"
    assert "root" not in refused.value.message


def test_a_bomb_is_refused_before_it_is_unpacked(path: Path) -> None:
    workbook(path, [COLUMNS, ROW])
    bomb = archived(path, SHEET) + b" " * (300 << 20)
    with_parts(path, {"xl/media/image1.png": bomb})
    del bomb
    tracemalloc.start()
    try:
        assert _code(path) == "xlsx_too_large"
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_an_archive_of_too_many_parts_is_refused(path: Path) -> None:
    workbook(path, [COLUMNS, ROW])
    assert _code(with_parts(path, {f"xl/{n}.xml": b"" for n in range(5_001)})) == "xlsx_too_large"


def test_a_row_number_beyond_excels_does_not_fill_the_sheet(path: Path) -> None:
    workbook(path, [COLUMNS, ROW, ROW])
    far = archived(path, SHEET).replace(b'<row r="3"', b'<row r="99999999999"')
    assert far != archived(path, SHEET)
    assert len(readings(_open(with_parts(path, {SHEET: far})))) == 1


def test_a_formula_without_its_result_is_no_blank_cell(path: Path) -> None:
    workbook(path, [COLUMNS, [*ROW[:-1], '=IF(1,"active","")']])
    assert _code(path) == "formula_without_value"
    unsaved = archived(path, SHEET)
    assert b"<f>" in unsaved
    saved = unsaved.replace(b"<v />", b"<v>active</v>").replace(b"<v></v>", b"<v>active</v>")
    saved = saved.replace(b'<c r="L2"><f>', b'<c r="L2" t="str"><f>')
    assert codes(readings(_open(with_parts(path, {SHEET: saved})))[0]) == []


def test_days_of_a_sheet_are_read_whatever_the_mapping_says_of_text(path: Path) -> None:
    at = COLUMNS.index("start_date")
    rows = [[*ROW[:at], day, *ROW[at + 1 :]] for day in (date(2024, 2, 1), "01/02/2024")]
    opened = _open(workbook(path, [COLUMNS, *rows]), {"date_format": "%d/%m/%Y"})
    for reading in readings(opened):
        assert reading.record is not None
        assert reading.record.values["start_date"] == "2024-02-01"
