"""No cell of an export is a formula, and what was exported is read back as it was."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.connectors.texts import FaultList, clean_key, clean_row
from directory.formula_safe import csv_line, protected, unprotected
from directory.records import RawRow


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1"])
def test_a_formula_is_shown_as_text(text: str) -> None:
    assert protected(text=text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ann", "O'Neill", "'quoted'", "a=b", "0-1"])
def test_other_text_stays(text: str) -> None:
    assert protected(text=text) == text


@given(st.text(alphabet="'=+-@\t\ra 1"))
def test_what_was_protected_is_found_again(text: str) -> None:
    assert unprotected(text=protected(text=text)) == text


@given(st.lists(st.text(alphabet='=+-@"\n,a;'), min_size=2))
def test_a_line_is_one_record_of_its_cells(cells: list[str]) -> None:
    (record,) = csv.reader(csv_line(cells=cells).splitlines(keepends=True))
    assert [unprotected(text=cell) for cell in record] == cells


def test_a_delivery_made_of_an_export_says_what_was_exported() -> None:
    fields = ("source_key", "job_title", "phone", "family_name")
    said = ("-17", "=SUM(1)", "+44 20 7946 0000", "O'Neill")
    cells = tuple(protected(text=text) for text in said)
    faults = FaultList(row=RawRow(2, 2, "", cells), columns={})
    assert tuple(clean_row(cells=cells, fields=fields, faults=faults).values()) == said
    assert clean_key(cells[0]) == "-17"
