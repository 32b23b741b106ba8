"""What the rows of a senior return say."""

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.records import DeliveryKind, PersonRecord, PostRecord, Severity
from tests.connectors.deliveries import (
    SENIOR_HEADER,
    OpenReturn,
    codes,
    junior_return,
    readings,
    senior_return,
)

VACANT = {"Name": "Vacant", "Contact Phone": "N/A", "Contact E-mail": "N/A"}
ABSENT = {
    "Post Unique Reference": "0",
    "Name": "N/D",
    "Job Title": "Not in post",
    "Job/Team Function": "N/A",
    "Unit": "N/A",
    "Contact Phone": "N/A",
    "Contact E-mail": "N/A",
}

#: A change to an ordinary row, and the codes it must give.
FAULTS = [
    ({}, []),
    ({"Name": ""}, ["name_missing"]),
    ({"Name": "Deputy Director, Policy"}, ["name_looks_like_a_title"]),
    ({"Name": "Lee, Ann/Ray, Bob"}, ["two_names_in_cell"]),
    ({"Name": "Ann,Lee"}, ["name_order_unclear"]),
    (VACANT, []),
    (VACANT | {"Contact Phone": "'N/A'", "Contact E-mail": "n/a"}, []),
    (VACANT | {"Contact Phone": "020 7946 0000"}, ["phone_not_expected"]),
    (VACANT | {"Contact E-mail": ""}, ["email_missing"]),
    ({"Contact Phone": "N/A"}, ["phone_missing"]),
    ({"Contact Phone": "N/D", "Contact E-mail": "N/D"}, ["no_contact"]),
    ({"Contact Phone": "8709090811.0"}, ["repaired_phone"]),
    ({"Contact E-mail": "N/A"}, ["email_missing"]),
    ({"Contact E-mail": "nan"}, ["email_missing"]),
    ({"Contact E-mail": "dept.gov,uk"}, ["invalid_email"]),
    ({"Contact E-mail": "a@dept.gov.uk or b@dept.gov.uk"}, ["invalid_email"]),
    ({"Contact E-mail": "a @dept.gov.uk"}, ["invalid_email"]),
    ({"Contact E-mail": "\u00a0a@dept.gov.uk "}, []),
    ({"Reports to Senior Post": "A2"}, ["reports_to_itself"]),
    ({"Reports to Senior Post": ""}, ["reports_to_missing"]),
    ({"Reports to Senior Post": "xx"}, []),
    ({"Post Unique Reference": "Deleted", "Name": "N/D"}, ["invalid_reference"]),
    ({"Post Unique Reference": "Awaiting_Recruitment_Action"}, ["invalid_reference"]),
    ({"Post Unique Reference": ""}, ["invalid_reference"]),
    ({"Post Unique Reference": "XX"}, ["invalid_reference"]),
    ({"Post Unique Reference": "Deleted", "Name": "Eliminated", "Contact Phone": "N/A"}, []),
    ({"Post Unique Reference": "A 2"}, ["reference_has_symbols"]),
    ({"Post Unique Reference": "A_2"}, []),
    ({"Post Unique Reference": "A" * 200}, []),
    ({"Post Unique Reference": "A" * 201}, ["field_too_long"]),
    ({"Valid?": "0"}, ["marked_invalid"]),
    ({"FTE": "https://data.example/tenure#48"}, ["invalid_fte"]),
    ({"FTE": "0.01"}, []),
    ({"FTE": "0.001"}, ["invalid_fte"]),
    ({"FTE": ""}, []),
    ({"Job/Team Function": "N/A"}, ["function_not_stated"]),
    ({"Unit": "N/A"}, ["unit_not_stated"]),
    ({"Organisation": "N/D"}, ["organisation_not_stated"]),
    ({"Job Title": "Not in Post"}, ["title_without_post"]),
    (ABSENT, ["paid_not_in_post"]),
    (ABSENT | {"Job Title": "Director"}, ["paid_not_in_post", "title_without_post"]),
    ({"Job/Team Function": "It\ufffds"}, ["damaged_text"]),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_gives_its_faults(
    open_return: OpenReturn, change: dict[str, str], expected: list[str]
) -> None:
    (delivery,) = open_return(senior_return(change))
    (reading,) = readings(delivery)
    assert codes(reading) == expected
    stopping = [fault for fault in reading.faults if fault.severity is Severity.ERROR]
    assert [fault.code for fault in stopping] == [
        code for code in expected if code in ("invalid_reference", "field_too_long")
    ]


def test_a_named_holder_is_a_person_on_a_post(open_return: OpenReturn) -> None:
    content = senior_return({"Name": "Holt, Ms Maya (May)", "Reports to Senior Post": "XX"})
    (delivery,) = open_return(content)
    assert (delivery.kind, delivery.as_of, delivery.notices) == (DeliveryKind.SENIOR, None, ())
    assert readings(delivery)[0].record == PersonRecord(
        "A2|maya holt",
        {
            "given_name": "Maya",
            "family_name": "Holt",
            "honorific": "Ms",
            "display_name": "Maya Holt",
            "preferred_name": "May",
            "post_key": "A2",
            "holder": "named",
            "job_title": "Deputy Director",
            "responsibilities": "Runs the team",
            "grade": "SCS1",
            "profession": "Policy",
            "unit_name": "Policy",
            "stated_organisation": "Department of Examples",
            "stated_parent": "Department of Examples",
            "reports_to_post": "",
            "top_post": "true",
            "contact_phone": "020 7946 0000",
            "contact_email": "team@dept.gov.uk",
            "fte": "1",
        },
    )


def test_pay_never_leaves_the_connector(open_return: OpenReturn) -> None:
    (delivery,) = open_return(senior_return({}))
    for row in delivery.rows():
        assert "75000" not in repr((row, delivery.read(row)))


@pytest.mark.parametrize(
    ("change", "key", "holder"),
    [
        (VACANT, "A2|vacant", "vacant"),
        ({"Name": "N/D"}, "A2|undisclosed", "undisclosed"),
        ({"Name": "Chief Economist"}, "A2|undisclosed", "undisclosed"),
    ],
)
def test_a_post_without_a_name_is_a_post(
    open_return: OpenReturn, change: dict[str, str], key: str, holder: str
) -> None:
    record = readings(open_return(senior_return(change))[0])[0].record
    assert isinstance(record, PostRecord)
    assert (record.key, record.values["holder"], record.values["post_key"]) == (key, holder, "A2")
    assert "given_name" not in record.values


def test_an_eliminated_post_states_nothing(open_return: OpenReturn) -> None:
    eliminated = {"Name": "'Eliminated'", "Contact Phone": "N/A", "Contact E-mail": "N/A"}
    (delivery,) = open_return(senior_return(eliminated))
    (row,) = delivery.rows()
    reading = delivery.read(row)
    assert (row.key, reading.record, reading.faults) == ("A2|eliminated", None, ())


def test_somebody_paid_but_not_in_post_has_no_post(open_return: OpenReturn) -> None:
    named, hidden, again = readings(
        open_return(senior_return(ABSENT | {"Name": "Maya Holt"}, ABSENT, ABSENT))[0]
    )
    assert isinstance(named.record, PersonRecord)
    assert named.record.key == "0|maya holt"
    assert "post_key" not in named.record.values
    assert "job_title" not in named.record.values
    assert hidden.record is None
    assert again.record is None


def test_repeats_are_numbered_unless_they_are_named(open_return: OpenReturn) -> None:
    hidden, named = {"Name": "N/D"}, {"Name": "Maya Holt"}
    (delivery,) = open_return(senior_return(hidden, named, hidden, named, VACANT, hidden))
    assert [row.key for row in delivery.rows()] == [
        "A2|undisclosed",
        "A2|maya holt",
        "A2|undisclosed#2",
        "A2|maya holt",
        "A2|vacant",
        "A2|undisclosed#3",
    ]


def test_a_job_share_is_two_people_on_one_post(open_return: OpenReturn) -> None:
    shared = [{"Name": "Maya Holt", "FTE": "0.6"}, {"Name": "Tom Marlow", "FTE": "0.4"}]
    first, second = readings(open_return(senior_return(*shared))[0])
    assert first.record is not None
    assert second.record is not None
    assert (first.record.key, second.record.key) == ("A2|maya holt", "A2|tom marlow")
    assert first.record.values["post_key"] == second.record.values["post_key"]


def test_references_stay_as_written(open_return: OpenReturn) -> None:
    change = {"Post Unique Reference": " 005654 ", "Reports to Senior Post": "dfe-1"}
    record = readings(open_return(senior_return(change))[0])[0].record
    assert record is not None
    assert record.values["post_key"] == "005654"
    assert record.values["reports_to_post"] == "dfe-1"


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("8709090811.0", "08709090811"),
        ("2079460000.0", "02079460000"),
        ("12345.0", "12345.0"),
        ("N/D", ""),
        ("020 7946 0000 or Minicom 020 7946 0001", "020 7946 0000 or Minicom 020 7946 0001"),
    ],
)
def test_a_phone_is_repaired_only_where_it_is_certain(
    open_return: OpenReturn, phone: str, kept: str
) -> None:
    record = readings(open_return(senior_return({"Contact Phone": phone}))[0])[0].record
    assert record is not None
    assert record.values["contact_phone"] == kept


def test_columns_may_stand_in_any_order_and_with_others(open_return: OpenReturn) -> None:
    header = ["", "URI", *reversed(SENIOR_HEADER), "Office Region", "source_file", "Shoe Size"]
    header[header.index("Grade (or equivalent)")] = "Grade"
    header[header.index("Valid?")] = "Valid"
    (delivery,) = open_return(
        senior_return({"Office Region": "Leeds", "Grade": "SCS2"}, header=header)
    )
    assert [notice.column for notice in delivery.notices] == ["Shoe Size"]
    record = readings(delivery)[0].record
    assert record is not None
    assert (record.values["location"], record.values["grade"]) == ("Leeds", "SCS2")


def test_a_file_is_what_its_header_says_not_its_name(open_return: OpenReturn) -> None:
    (delivery,) = open_return(junior_return({}), name="department-senior.csv")
    assert delivery.kind is DeliveryKind.JUNIOR


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a,b\n1,2\n", "unrecognised_layout"),
        ("%PDF-1.4\n", "content_not_csv"),
        ("PK\x03\x04", "looks_like_xlsx"),
        ("Post Unique Reference,Name\n1,2\n", "missing_column"),
        ("Post Unique Reference,Name,Name,Job Title\n1,2,3,4\n", "duplicate_column"),
    ],
)
def test_what_is_no_return_is_refused(open_return: OpenReturn, content: str, code: str) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        open_return(content)
    assert refused.value.code == code


def test_a_row_of_another_length_keeps_its_key(open_return: OpenReturn) -> None:
    content = senior_return({"Name": "Maya Holt"}) + 'A3,"Tom Marlow",SCS1\n'
    (delivery,) = open_return(content)
    rows = list(delivery.rows())
    assert rows[1].key == "A3|tom marlow"
    assert codes(delivery.read(rows[1])) == ["wrong_number_of_cells"]


def test_blank_rows_are_no_rows_but_count(open_return: OpenReturn) -> None:
    content = senior_return({}) + "," * (len(SENIOR_HEADER) - 1) + "\n\n"
    content += senior_return({}).splitlines()[1] + "\n"
    assert [row.row for row in open_return(content)[0].rows()] == [2, 5]


def test_the_return_itself_decides_the_order_around_a_comma(open_return: OpenReturn) -> None:
    content = senior_return(
        {"Name": "Maya,Holt"}, {"Name": "Tom Holt"}, {"Name": "Maya Ross"}, {"Name": "Ada,Quill"}
    )
    found = [reading.record for reading in readings(open_return(content)[0])]
    assert [record.values["family_name"] for record in found if record] == [
        "Holt",
        "Holt",
        "Ross",
        "Quill",
    ]


def test_an_address_bears_witness_to_the_order(open_return: OpenReturn) -> None:
    content = senior_return({"Name": "Ada,Quill", "Contact E-mail": "ada.quill@dept.gov.uk"})
    (reading,) = readings(open_return(content)[0])
    assert reading.faults == ()
    assert reading.record is not None
    assert reading.record.values["family_name"] == "Quill"
