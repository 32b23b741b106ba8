"""What a table delivery is taken for, and when its file as a whole is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.records import Delivery, DeliveryKind, Severity, TeamRecord
from tests.connectors.deliveries import GOOD, HEADER, OpenTable, codes, readings

REFUSALS: list[tuple[str, str, dict[str, Any], str]] = [
    ("given_name,family_name,unit_code,status\nA,B,U,active\n", "missing_column", {}, "source_key"),
    ("source_key,given_name,family_name\n1,2,3\n", "missing_column", {}, "unit_code, status"),
    (HEADER + ",email\n" + GOOD + ",x\n", "duplicate_column", {}, "email"),
    (HEADER + ",E-Mail\n" + GOOD + ",x\n", "duplicate_column", {}, "E-Mail"),
    (HEADER + ",notes,notes\n" + GOOD + ",x,y\n", "duplicate_column", {}, "notes"),
    (HEADER + "\n" + GOOD, "missing_column", {"columns": {"fte": "FTE (%)"}}, "FTE (%)"),
    (HEADER + "\n" + GOOD, "invalid_mapping", {"columns": {"salary": "Pay"}}, "salary"),
    (HEADER + "\n" + GOOD, "invalid_mapping", {"colums": {}}, "colums"),
    (HEADER + "\n" + GOOD, "invalid_mapping", {"delimiter": "x"}, "delimiter"),
    (HEADER + "\n" + GOOD, "invalid_mapping", {"values": {"wage": {}}}, "wage"),
    (HEADER + "\n" + GOOD, "invalid_mapping", {"encoding": 8}, "encoding"),
]


@pytest.mark.parametrize(("content", "code", "mapping", "says"), REFUSALS)
def test_a_file_that_cannot_be_followed_is_refused(
    open_table: OpenTable, content: str, code: str, mapping: dict[str, Any], says: str
) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        open_table(content, mapping=mapping)
    assert refused.value.code == code
    assert says in refused.value.message


def test_a_people_delivery_is_read(open_table: OpenTable) -> None:
    delivery = open_table(HEADER + "\n" + GOOD + "\n")
    assert (delivery.kind, delivery.as_of, delivery.notices) == (DeliveryKind.PEOPLE, None, ())
    (reading,) = readings(delivery)
    assert reading.faults == ()
    assert reading.record is not None
    assert (reading.record.key, reading.record.kind) == ("K1", "person")
    assert list(reading.record.values) == HEADER.split(",")
    assert reading.record.values["phone"] == ""


@pytest.mark.parametrize("write", [str.upper, lambda h: h.replace("_", " "), str.title])
def test_headers_match_without_case_and_separators(
    open_table: OpenTable, write: Callable[[str], str]
) -> None:
    delivery = open_table(write(HEADER) + "\n" + GOOD + "\n")
    assert delivery.notices == ()
    assert codes(readings(delivery)[0]) == []


def test_cells_do_not_depend_on_the_order_of_columns(open_table: OpenTable) -> None:
    straight = next(open_table(HEADER + "\n" + GOOD).rows())
    turned = [",".join(reversed(line.split(","))) for line in (HEADER, GOOD)]
    assert next(open_table("\n".join(turned)).rows()) == straight


def test_an_unknown_column_is_dropped_and_said(open_table: OpenTable) -> None:
    header, row = f"{HEADER},national_insurance_number", f"{GOOD},QQ123456C"
    delivery = open_table(f"{header}\n{row}\n")
    (notice,) = delivery.notices
    assert (notice.code, notice.column, notice.severity) == (
        "column_not_used",
        "national_insurance_number",
        Severity.NOTICE,
    )
    (raw,) = delivery.rows()
    assert "QQ123456C" not in repr((raw, delivery.read(raw), delivery.notices))


def test_a_change_in_an_unused_column_is_no_change(open_table: OpenTable) -> None:
    rows = [next(open_table(f"{HEADER},shoe size\n{GOOD},{size}\n").rows()) for size in "78"]
    assert rows[0] == rows[1]


def test_a_missing_column_is_not_stated_and_a_blank_cell_is(open_table: OpenTable) -> None:
    content = "source_key,given_name,family_name,unit_code,status,phone\nK1,Ann,Lee,U1,active,\n"
    record = readings(open_table(content))[0].record
    assert record is not None
    assert record.values["phone"] == ""
    assert "location" not in record.values


def test_a_mapping_names_their_headers_words_and_dates(open_table: OpenTable) -> None:
    content = (
        "Staff No;Forename;Surname;Team;State;Started\n7;Ann;Lee;U1;In post;31.12.2024\n"
        "8;Bob;Ray;U1;IN POST;12/31/2024\n"
    )
    mapping = {
        "encoding": "cp1252",
        "columns": {
            "source_key": "Staff No",
            "given_name": "Forename",
            "family_name": "Surname",
            "unit_code": "Team",
            "status": "State",
            "start_date": "Started",
        },
        "values": {"status": {"In Post": "active", "Gone": "left"}},
        "date_format": "%d.%m.%Y",
    }
    first, second = readings(open_table(content, mapping=mapping))
    assert first.record is not None
    assert first.record.values["start_date"] == "2024-12-31"
    assert first.record.values["status"] == "active"
    assert codes(second) == ["invalid_date"]
    assert second.faults[0].column == "Started"


def test_a_teams_delivery_is_known_by_its_header(open_table: OpenTable) -> None:
    content = "Name,Parent Code,Unit Code\nPolicy,,U1\nTax,U1,U2\nTax,U3,U3\n,,\n,,U4\n"
    delivery = open_table(content)
    assert delivery.kind is DeliveryKind.TEAMS
    first, second, third, fourth = readings(delivery)
    assert first.record == TeamRecord(
        "U1", {"unit_code": "U1", "parent_code": "", "name": "Policy"}
    )
    assert second.record is not None
    assert codes(third) == ["team_own_parent"]
    assert codes(fourth) == ["required"]
    assert fourth.row == 6


def test_a_file_without_header_is_refused_without_its_values(open_table: OpenTable) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        open_table("K1,Ann,Ann,U1,active\nK2,Bob,Ray,U1,active\n")
    assert refused.value.code == "missing_column"
    assert "Ann" not in refused.value.message


def test_a_second_byte_order_mark_is_no_part_of_the_header(open_table: OpenTable) -> None:
    assert (
        open_table("\ufeff\ufeff" + HEADER + "\n" + GOOD + "\n").notices[0].code == "encoding_used"
    )


def test_rows_may_be_read_twice(open_table: OpenTable) -> None:
    delivery: Delivery = open_table(HEADER + "\n" + GOOD + "\n")
    assert list(delivery.rows()) == list(delivery.rows())
