"""A mapping turns a feed's own columns, words and dates into ours, and a slip in it is named."""

from typing import Any

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.connectors.ready_mappings import ready_mappings
from directory.connectors.table_mapping import table_mapping
from directory.records import DeliveryKind, Reading, Vocabulary
from tests.connectors.deliveries import GOOD, HEADER, OpenTable, codes, readings

NAME = "{family_name}, {given_name}[ ({preferred_name})][, {honorific}]"
THEIRS = "Body;No;Name;Unit;Building;City;Band;From;To\n"
ROW = "HQ;7;Rouse, Deana (Dee), Miss;U1;Quay House;Leeds;band 6;01/04/2024;30-Jun-2025\n"
MAPPING: dict[str, Any] = {
    "about": "Staff list",
    "columns": {"unit_code": "Unit", "grade": "Band", "start_date": "From", "end_date": "To"},
    "combine": {"location": "{Building}, {City}", "source_key": "{Body}-{No}"},
    "split": {"Name": NAME},
    "constants": {"status": "In post", "appointment_kind": "loan"},
    "values": {"grade": {"Band 6": "HEO"}, "status": {"in post": "active"}},
    "date_format": "%d/%m/%Y",
    "date_formats": {"end_date": "%d-%b-%Y"},
}


def _one(reading: Reading) -> dict[str, str]:
    assert reading.record is not None, reading.faults
    return dict(reading.record.values)


def test_columns_are_combined_split_filled_and_translated(open_table: OpenTable) -> None:
    delivery = open_table(THEIRS + ROW, mapping=MAPPING)
    (row,) = delivery.rows()
    assert row.key == "HQ-7"
    assert delivery.notices == ()
    assert _one(delivery.read(row)) == {
        "source_key": "HQ-7",
        "given_name": "Deana",
        "family_name": "Rouse",
        "preferred_name": "Dee",
        "honorific": "Miss",
        "unit_code": "U1",
        "location": "Quay House, Leeds",
        "grade": "HEO",
        "start_date": "2024-04-01",
        "end_date": "2025-06-30",
        "status": "active",
        "appointment_kind": "loan",
    }


def test_a_cell_that_does_not_fit_is_its_rows_fault(open_table: OpenTable) -> None:
    odd = ROW.replace("Rouse, Deana (Dee), Miss", "Deana Rouse")
    first, second = readings(open_table(THEIRS + odd + ROW, mapping=MAPPING))
    assert codes(first) == ["cell_does_not_fit", "required"]
    assert {fault.column for fault in first.faults} == {"Name"}
    assert codes(second) == []


def test_a_fault_of_a_made_value_names_its_columns(open_table: OpenTable) -> None:
    long = ROW.replace("Quay House", "Q" * 299)
    ((fault,),) = [r.faults for r in readings(open_table(THEIRS + long, mapping=MAPPING))]
    assert (fault.code, fault.column) == ("field_too_long", "Building, City")


def test_a_row_of_another_length_keeps_its_made_key(open_table: OpenTable) -> None:
    delivery = open_table(THEIRS + ROW.replace(";HQ", "") + "HQ;8;Lee\n", mapping=MAPPING)
    assert [row.key for row in delivery.rows()] == ["HQ-7", "HQ-8"]


def test_one_column_may_serve_several_fields(open_table: OpenTable) -> None:
    mapping = {"columns": {"source_key": "email"}, "combine": {"phone": "{email} {phone}"}}
    header, row = HEADER.removeprefix("source_key,"), GOOD.removeprefix("K1,")
    # Two names for one header: the address is a key as well, and no longer an address.
    (reading,) = readings(open_table(f"{header}\n{row}\n", mapping=mapping))
    said = _one(reading)
    assert said["source_key"] == "ann.lee@dept.gov.uk"
    assert said["phone"] == "ann.lee@dept.gov.uk"


def test_teams_are_mapped_as_well(open_table: OpenTable) -> None:
    mapping = {"combine": {"name": "{Kind} {Title}"}, "columns": {"unit_code": "Code"}}
    delivery = open_table("Kind,Title,Code,parent_code\nTeam,Tax,U2,U1\n", mapping=mapping)
    assert delivery.kind is DeliveryKind.TEAMS
    assert _one(readings(delivery)[0])["name"] == "Team Tax"


def test_a_day_in_iso_form_is_read_whatever_the_format(open_table: OpenTable) -> None:
    (reading,) = readings(open_table(f"{HEADER}\n{GOOD}\n", mapping={"date_format": "%d/%m/%Y"}))
    assert _one(reading)["start_date"] == "2020-01-06"


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"combine": {"wage": "{Pay}"}}, "[combine] “wage”"),
        ({"combine": {"location": "Leeds"}}, "[combine] “location” needs"),
        ({"combine": {"location": 7}}, "[combine] must be a table of texts"),
        ({"split": {"Name": "{family_name}{given_name}"}}, "[split] “Name” needs a sign"),
        ({"split": {"Name": "{surname}, {given_name}"}}, "[split] “Name”: “surname”"),
        ({"constants": {"source_key": "1"}}, "[constants] “source_key”"),
        ({"constants": {"wage": "1"}}, "[constants] “wage”"),
        ({"constants": {"grade": "SEO"}, "columns": {"grade": "Band"}}, "“grade” is mapped twice"),
        ({"constants": {"phone": "1"}, "combine": {"phone": "{A}"}}, "“phone” is mapped twice"),
        ({"date_format": "%d/%m"}, "“date_format” must say day, month and year"),
        ({"date_format": "DD/MM/YYYY"}, "“date_format” must say"),
        ({"date_format": "%Y-%d-%m"}, "exchanged"),
        ({"date_formats": {"status": "%d/%m/%Y"}}, "[date_formats] “status”"),
        ({"date_formats": {"end_date": "x"}}, "“date_formats.end_date”"),
        ({"about": 1}, "“about” must be a text"),
    ],
)
def test_a_slip_in_a_mapping_is_named(mapping: dict[str, Any], says: str) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        table_mapping(mapping)
    assert refused.value.code == "invalid_mapping"
    assert says in refused.value.message


@pytest.mark.parametrize(
    "setting", [{"combine": {"location": "{Site}"}}, {"split": {"Site": NAME}}]
)
def test_a_header_that_the_file_lacks_is_refused(
    open_table: OpenTable, setting: dict[str, Any]
) -> None:
    header = HEADER.replace("given_name,family_name,", "")
    with pytest.raises(UnreadableDelivery) as refused:
        open_table(f"{header}\n{GOOD}\n", mapping=setting)
    assert (refused.value.code, "Site" in refused.value.message) == ("missing_column", True)


@pytest.mark.parametrize("name", sorted(ready_mappings()))
def test_a_ready_mapping_reads_a_file_of_its_layout(open_table: OpenTable, name: str) -> None:
    ready = ready_mappings()[name]
    rules = table_mapping(ready.mapping)
    header = list(dict.fromkeys(rules.headers()))
    status = rules.columns.get("status", "")
    days = (rules.columns.get("start_date"), rules.columns.get("end_date"))
    said = dict.fromkeys(header, "x") | {rules.columns["source_key"]: "a@dept.gov.uk"}
    said |= {h: "" for h in days if h} | {rules.columns["email"]: "a@dept.gov.uk"}
    said |= {rules.columns["fte"]: "1"} if "fte" in rules.columns else {}
    theirs = [*ready.mapping.get("values", {}).get("status", {"": ""})]
    rows = [[({status: word} | said | {status: word})[h] for h in header] for word in theirs]
    content = "\n".join(";".join(row) for row in [header, *rows]).encode(rules.encoding or "utf-8")
    delivery = open_table(content, mapping=dict(ready.mapping), vocabulary=Vocabulary())
    assert ready.about
    assert {tuple(codes(reading)) for reading in readings(delivery)} == {()}


def test_all_of_geds_is_read_but_what_is_no_directory_data(open_table: OpenTable) -> None:
    header = (
        "Surname,GivenName,Initials,Prefix (EN),Prefix (FR),Suffix (EN),Suffix (FR),Title (EN),"
        "Title (FR),Telephone Number,Fax Number,TDD Number,Secure Telephone Number,"
        "Secure Fax Number,Alternate Telephone Number,Email,Street Address (EN),"
        "Street Address (FR),Country (EN),Country (FR),Province (EN),Province (FR),City (EN),"
        "City (FR),Postal Code,PO Box (EN),PO Box (FR),Mailstop,Building (EN),Building (FR),Floor,"
        "Room,Administrative Assistant,Administrative Assistant Telephone Number,"
        "Executive Assistant,Executive Assistant Telephone Number,Department Acronym,"
        "Department Name (EN),Department Name (FR),Organization Acronym,Organization Name (EN),"
        "Organization Name (FR),Organization Structure (EN),Organization Structure (FR)"
    ).split(",")
    said = {
        "Surname": "Côté",
        "GivenName": "Zoé",
        "Email": "zoe.cote@dept.example",
        "Title (EN)": "Analyst",
        "City (EN)": "Ottawa",
        "Department Acronym": "DOT-MDT",
        "Organization Acronym": "TAX-IMP",
        "Organization Structure (EN)": "Department of Tides : Tax",
    }
    row = [said.get(name, "") for name in header]
    content = f"{','.join(header)}\n{','.join(row)}\n".encode("iso-8859-1")
    geds = dict(ready_mappings()["geds"].mapping)
    delivery = open_table(content, mapping=geds, vocabulary=Vocabulary())
    assert len(header) == 44
    values = _one(readings(delivery)[0])
    kept = ("source_key", "family_name", "job_title", "unit_code", "location", "status")
    assert [values[name] for name in kept] == [
        "zoe.cote@dept.example",
        "Côté",
        "Analyst",
        "DOT-MDT/TAX-IMP",
        "Ottawa",
        "active",
    ]
