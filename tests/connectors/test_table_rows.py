"""Every fault of a people row, and everything that must not be one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.connectors.table import TableConnector
from directory.records import Severity, Vocabulary
from tests.connectors.deliveries import GOOD, HEADER, VOCABULARY, OpenTable, codes, readings

#: A change to an ordinary row, and the codes it must give.
FAULTS = [
    ({"source_key": ""}, ["required"]),
    ({"unit_code": " "}, ["required"]),
    ({"given_name": "", "family_name": ""}, ["required"]),
    ({"given_name": ""}, []),
    ({"family_name": ""}, []),
    ({"email": "not-an-email"}, ["invalid_email"]),
    ({"email": "a@b"}, ["invalid_email"]),
    ({"email": "a@dept.gov.uk,b@dept.gov.uk"}, ["invalid_email"]),
    ({"email": "a b@dept.gov.uk"}, ["invalid_email"]),
    ({"email": ".a@dept.gov.uk"}, ["invalid_email"]),
    ({"email": "a@-dept.gov.uk"}, ["invalid_email"]),
    ({"email": ""}, []),
    ({"email": "o'neill+team@dept.gov.uk"}, []),
    ({"email": "a@DEPT.gov.uk"}, []),
    ({"email": "a@dept.gov.uk."}, []),
    ({"email": "a@sub.dept.gov.uk"}, []),
    ({"email": "a@dept.gov.uk.evil.example"}, ["email_domain_not_allowed"]),
    ({"email": "a@notdept.gov.uk"}, ["email_domain_not_allowed"]),
    ({"email": "a@dept-gov.uk"}, ["email_domain_not_allowed"]),
    ({"email": "a@gov.uk"}, ["email_domain_not_allowed"]),
    ({"email": "a@dept.gov.uk\nBcc: x@evil.example"}, ["control_character", "invalid_email"]),
    ({"start_date": "01/02/2024"}, ["invalid_date"]),
    ({"start_date": "31/02/2024"}, ["invalid_date"]),
    ({"start_date": "2024-02-30"}, ["invalid_date"]),
    ({"start_date": "2024-13-01"}, ["invalid_date"]),
    ({"start_date": "20240101"}, ["invalid_date"]),
    ({"start_date": "2024-W01-1"}, ["invalid_date"]),
    ({"start_date": "45321"}, ["invalid_date"]),
    ({"start_date": "0000-00-00"}, ["invalid_date"]),
    ({"start_date": "20240-01-01"}, ["invalid_date"]),
    ({"start_date": "٢٠٢٤-٠١-٠١"}, ["invalid_date"]),
    ({"start_date": "2024-02-29"}, []),
    ({"start_date": ""}, []),
    ({"end_date": "2020-01-05"}, ["end_before_start"]),
    ({"end_date": "2020-01-06"}, []),
    ({"status": "LOA"}, ["unknown_status"]),
    ({"status": ""}, ["unknown_status"]),
    ({"status": "Active"}, []),
    ({"status": "LEFT"}, []),
    ({"fte": "0.8"}, []),
    ({"fte": "1.5"}, []),
    ({"fte": "0.01"}, []),
    ({"fte": "0.001"}, ["invalid_fte"]),
    ({"fte": "0"}, ["invalid_fte"]),
    ({"fte": "1.51"}, ["invalid_fte"]),
    ({"fte": "full"}, ["invalid_fte"]),
    ({"fte": "nan"}, ["invalid_fte"]),
    ({"fte": "1e-1"}, ["invalid_fte"]),
    ({"fte": "-1"}, ["invalid_fte"]),
    ({"appointment_kind": "Job Share"}, []),
    ({"appointment_kind": "guest"}, ["unknown_appointment_kind"]),
    ({"audience": "team"}, []),
    ({"audience": "everyone"}, ["unknown_audience"]),
    ({"protected": "maybe"}, ["unknown_protected"]),
    ({"family_name": "A" * 200}, []),
    ({"family_name": "A" * 201}, ["field_too_long"]),
    ({"job_title": "A" * 301}, ["field_too_long"]),
    ({"responsibilities": "A" * 10_000}, []),
    ({"responsibilities": "A" * 10_001}, ["field_too_long"]),
    ({"family_name": "Le\0e"}, ["control_character"]),
    ({"family_name": "Lee\u202egpj.exe"}, ["bidi_control_not_allowed"]),
    ({"given_name": "A\u200bnn\ufeff"}, ["zero_width_removed"]),
    ({"job_title": "NI QQ123456C"}, ["personal_data_in_free_text"]),
    ({"job_title": "NI QQ 12 34 56 C"}, ["personal_data_in_free_text"]),
    ({"job_title": "DOB 01/01/1980"}, ["personal_data_in_free_text"]),
    ({"location": "date of birth: 1.1.80"}, ["personal_data_in_free_text"]),
    ({"job_title": "Head of AB 123 Unit"}, []),
    ({"location": "NULL"}, ["literal_null"]),
    ({"grade": "#N/A"}, ["literal_null"]),
    ({"job_title": "<img src=x onerror=alert(1)>"}, []),
    ({"job_title": "=HYPERLINK(\"http://evil.example\",\"x\")"}, []),
    ({"job_title": "{{7*7}}${jndi:ldap://x}"}, []),
    ({"phone": "+44 20 7946 0000"}, []),
    (
        {"source_key": "", "email": "x", "start_date": "x", "status": "x"},
        ["invalid_date", "invalid_email", "required", "unknown_status"],
    ),
]  # fmt: skip

NAMES = [
    "O’Neill", "D'Arcy", "Ng", "X Æ", "Null", "NULL", "True", "N/A", "N/A Patel", "Test", "nan",
    "Drop Table", "van der Berg", "Ł", "ʻOkina", "李", "محمد", "None", "A" * 80,
]  # fmt: skip


def _content(change: dict[str, str]) -> str:
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | change
    cells = ['"' + cell.replace('"', '""') + '"' for cell in row.values()]
    return ",".join(row) + "\n" + ",".join(cells) + "\n"


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_gives_all_its_faults(
    open_table: OpenTable, change: dict[str, str], expected: list[str]
) -> None:
    (reading,) = readings(open_table(_content(change)))
    assert codes(reading) == expected
    stopped = any(fault.severity is Severity.ERROR for fault in reading.faults)
    assert (reading.record is None) == stopped
    for fault in reading.faults:
        assert (fault.row, fault.line) == (2, 2)
        assert fault.hint.endswith(".")
        for value in change.values():
            assert len(value) < 4 or value not in fault.hint


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", ["given_name", "family_name"])
def test_real_names_pass_untouched(open_table: OpenTable, name: str, column: str) -> None:
    (reading,) = readings(open_table(_content({column: name})))
    assert reading.faults == ()
    assert reading.record is not None
    assert reading.record.values[column] == name


@pytest.mark.parametrize(
    ("change", "field", "kept"),
    [
        ({"job_title": "Analyst\nand\nLead"}, "job_title", "Analyst and Lead"),
        ({"job_title": "\t=1"}, "job_title", "=1"),
        ({"job_title": "-2+3"}, "job_title", "-2+3"),
        ({"phone": "+44 20 7946 0000"}, "phone", "+44 20 7946 0000"),
        ({"email": "A.Lee@Dept.gov.uk."}, "email", "A.Lee@Dept.gov.uk"),
        ({"location": "NULL"}, "location", "NULL"),
        ({"job_title": "NI QQ123456C"}, "job_title", ""),
        ({"status": "Active"}, "status", "active"),
        ({"protected": "Yes"}, "protected", "true"),
        ({"protected": "0"}, "protected", "false"),
        ({"manager_key": " K9 "}, "manager_key", "K9"),
    ],
)
def test_values_are_kept_as_told(
    open_table: OpenTable, change: dict[str, str], field: str, kept: str
) -> None:
    record = readings(open_table(_content(change)))[0].record
    assert record is not None
    assert record.values[field] == kept


def test_without_domains_any_address_will_do(open_table: OpenTable) -> None:
    nowhere = Vocabulary()
    delivery = open_table(_content({"email": "a@example.com"}), vocabulary=nowhere)
    assert codes(readings(delivery)[0]) == []


@pytest.mark.parametrize("row", [GOOD + ",", GOOD.rpartition(",")[0], "K1", 'K1,"Ann,Lee"'])
def test_a_row_of_another_length_is_a_fault_but_keeps_its_key(
    open_table: OpenTable, row: str
) -> None:
    delivery = open_table(f"{HEADER}\n{row}\n{GOOD.replace('K1', 'K2')}\n")
    first, second = delivery.rows()
    assert (first.key, second.key) == ("K1", "K2")
    assert codes(delivery.read(first)) == ["wrong_number_of_cells"]
    assert delivery.read(first).record is None
    assert codes(delivery.read(second)) == []


def test_blank_rows_are_no_rows_but_count(open_table: OpenTable) -> None:
    blank = "," * HEADER.count(",")
    rows = list(open_table(f"{HEADER}\n\n{blank}\n , \n{GOOD}\n").rows())
    assert [(row.row, row.line) for row in rows] == [(5, 5)]


def test_an_overlong_field_is_its_rows_fault_alone(open_table: OpenTable) -> None:
    long = GOOD.replace(",Lee,", f",{'A' * 10_000_000},").replace("K1", "K2")
    delivery = open_table(f"{HEADER}\n{GOOD}\n{long}\n{GOOD.replace('K1', 'K3')}\n")
    rows = list(delivery.rows())
    assert [row.key for row in rows] == ["K1", "K2", "K3"]
    assert [codes(delivery.read(row)) for row in rows] == [[], ["field_too_long"], []]


def test_a_row_after_a_quoted_break_knows_its_physical_line(open_table: OpenTable) -> None:
    broken = GOOD.replace("Analyst", '"Analyst\nand\nLead"')
    bad = GOOD.replace("ann.lee@dept.gov.uk", "x").replace("K1", "K2")
    (fault,) = readings(open_table(f"{HEADER}\n{broken}\n{bad}\n"))[1].faults
    assert (fault.row, fault.line, fault.column, fault.source_key) == (3, 5, "email", "K2")


@given(
    change=st.dictionaries(
        st.sampled_from(HEADER.split(",")),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    )
)
def test_any_cells_give_a_record_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, str]
) -> None:
    path: Path = tmp_path_factory.mktemp("any") / "delivery.csv"
    path.write_bytes(_content(change).encode())
    (delivery,) = TableConnector().open(path=path, mapping={}, vocabulary=VOCABULARY)
    for reading in readings(delivery):
        stopped = any(fault.severity is Severity.ERROR for fault in reading.faults)
        assert (reading.record is None) == stopped
        if reading.record is not None:
            assert reading.record.key == reading.record.values["source_key"]
            assert "\0" not in "".join(reading.record.values.values())
