"""JSON Lines say what CSV says, and what they may not say refuses the file by name."""

import csv
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.connectors.contract import UnreadableDelivery
from directory.connectors.table import TableConnector
from directory.records import Delivery, DeliveryKind
from tests.connectors.deliveries import GOOD, HEADER, VOCABULARY, codes, readings

ROW: dict[str, Any] = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))


def _open(
    folder: Path, content: str | bytes, *, name: str = "staff.jsonl", **mapping: Any
) -> Delivery:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (delivery,) = TableConnector().open(path=path, mapping=mapping, vocabulary=VOCABULARY)
    return delivery


def _lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def _refusal(folder: Path, content: str | bytes, **settings: Any) -> UnreadableDelivery:
    with pytest.raises(UnreadableDelivery) as refused:
        _open(folder, content, **settings)
    return refused.value


_TEXTS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1a\ufeff"),
    max_size=12,
)


@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(HEADER.split(",")[1:]), _TEXTS), min_size=1, max_size=4
    )
)
def test_json_lines_and_csv_give_the_same_records(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("same")
    whole = [ROW | row | {"source_key": f"K{n}"} for n, row in enumerate(rows)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(whole)
    one = readings(_open(folder, _lines(*whole)))
    other = readings(_open(folder, text.getvalue(), name="staff.csv"))
    assert [(r.record, codes(r)) for r in one] == [(r.record, codes(r)) for r in other]


def test_a_value_is_text_number_truth_or_nothing(tmp_path: Path) -> None:
    row = ROW | {"source_key": 10023, "fte": 0.8, "protected": True, "phone": None}
    row["expertise"] = ["Tax", "Trade"]
    (reading,) = readings(_open(tmp_path, _lines(row)))
    assert reading.record is not None
    said = reading.record.values
    kept = [said[f] for f in ("source_key", "fte", "protected", "phone", "expertise")]
    assert kept == ["10023", "0.8", "true", "", "Tax;Trade"]
    assert reading.record.key == "10023"


def test_a_member_that_is_not_there_is_not_stated(tmp_path: Path) -> None:
    short = {name: ROW[name] for name in ("given_name", "family_name", "unit_code", "status")}
    content = _lines(ROW | {"source_key": "K1"}, short | {"source_key": "K2"})
    first, second = readings(_open(tmp_path, content))
    assert first.record is not None
    assert second.record is not None
    assert first.record.values["location"] == "Leeds"
    assert set(second.record.values) == {*short, "source_key"}


def test_what_places_a_person_is_in_every_object(tmp_path: Path) -> None:
    content = _lines(ROW, {"source_key": "K2", "phone": "1"}, {})
    delivery = _open(tmp_path, content)
    assert [row.key for row in delivery.rows()] == ["K1", "K2", ""]
    assert [codes(reading) for reading in readings(delivery)] == [
        [],
        ["required", "required", "unknown_status"],
        ["required", "required", "required", "unknown_status"],
    ]


def test_an_object_is_known_by_its_first_sign_whatever_the_file_is_called(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf\n" + _lines(ROW).encode()
    delivery = _open(tmp_path, marked, name="delivery")
    assert [notice.code for notice in delivery.notices] == ["encoding_used"]
    ((row, line),) = [(row.row, row.line) for row in delivery.rows()]
    assert (row, line) == (2, 2)


def test_teams_may_be_objects(tmp_path: Path) -> None:
    delivery = _open(tmp_path, '{"unit_code": "U1", "parent_code": null, "name": "Policy"}\n')
    assert delivery.kind is DeliveryKind.TEAMS
    assert codes(readings(delivery)[0]) == []


def test_a_mapping_names_members(tmp_path: Path) -> None:
    content = _lines({("Staff no" if k == "source_key" else k): v for k, v in ROW.items()})
    (reading,) = readings(_open(tmp_path, content, columns={"source_key": "Staff no"}))
    assert reading.record is not None
    assert reading.record.key == "K1"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"source_key": "K1",}', "Line 2: column 21"),
        ("{'source_key': 'K1'}", "Line 2: column 2"),
        ('{"source_key": "K1"', "Line 2: column"),
        ("{", "Line 2: column"),
        ('{"source_key": NaN}', "NaN is no number"),
        ('{"source_key": -Infinity}', "-Infinity is no number"),
        ('{"source_key": 1e400}', "exponent"),
        ('{"source_key": ' + "9" * 5_000 + "}", "digits"),
        ('{"source_key": "K1", "source_key": "K2"}', "“source_key” stands in it twice"),
        ('{"source_key": {"a": 1}}', "“source_key” holds an object"),
        ('{"job_title": ["a"]}', "“job_title” holds a list"),
        ('{"expertise": ["a", null]}', "“expertise” holds a list"),
        ("[" * 200_000, "inside one another"),
        ('{"source_key":' * 100_000, "inside one another"),
        ('[{"source_key": "K1"}]', "holds no object"),
        ('"source_key"', "holds no object"),
        ("K1,Ann", "column 1"),
    ],
)
def test_a_line_that_cannot_be_read_refuses_the_file(tmp_path: Path, line: str, says: str) -> None:
    refused = _refusal(tmp_path, _lines(ROW) + line + "\n")
    assert refused.code == "json_unreadable"
    assert "Line 2:" in refused.message
    assert says in refused.message
    assert "one object on each line" in refused.message


@pytest.mark.parametrize(
    "members",
    [
        {"id": "00000000-0000-0000-0000-000000000001"},
        {"is_staff": True},
        {"version": 999},
        {"role": "admin"},
        {"organisation": "B"},
        {"department": "B"},
        {"ext": {"a": "x\0y", "b": "\ud800"}},
        {"records": [{"source_key": "K1"}]},
        {"photo_url": "http://169.254.169.254/"},
        {"": "x"},
    ],
)
def test_a_member_that_no_feed_may_write_refuses_the_file(
    tmp_path: Path, members: dict[str, Any]
) -> None:
    refused = _refusal(tmp_path, _lines(ROW, ROW | members))
    assert refused.code == "unknown_field"
    assert f"Line 2: “{next(iter(members))}”" in refused.message


def test_a_wrapped_body_is_told_what_json_lines_are(tmp_path: Path) -> None:
    refused = _refusal(tmp_path, '{"department": "B", "records": [{"source_key": "K1"}]}')
    assert refused.code == "unknown_field"
    assert "“department”, “records”" in refused.message
    assert "one object on each line" in refused.message


def test_a_list_sent_as_csv_is_told_what_json_lines_are(tmp_path: Path) -> None:
    refused = _refusal(tmp_path, f"[{_lines(ROW)}]", name="staff.csv")
    assert (refused.code, "one object a line" in refused.message) == ("content_not_csv", True)


def test_a_field_of_the_other_layout_is_unknown(tmp_path: Path) -> None:
    assert _refusal(tmp_path, _lines(ROW | {"parent_code": "U0"})).code == "unknown_field"


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "\\udfff"])
def test_what_the_database_cannot_hold_is_its_rows_fault(tmp_path: Path, sign: str) -> None:
    content = _lines(ROW, ROW | {"source_key": "K2"}).replace('"Lee"', f'"Le{sign}e"', 1)
    first, second = readings(_open(tmp_path, content))
    assert (codes(first), codes(second)) == (["control_character"], [])


def test_a_blank_file_of_objects_is_empty(tmp_path: Path) -> None:
    assert _refusal(tmp_path, "\n \n").code == "empty_file"


def test_memory_stays_flat_however_many_objects_there_are(tmp_path: Path) -> None:
    path = tmp_path / "staff.jsonl"
    path.write_text(_lines(ROW) * 20_000, encoding="utf-8")
    tracemalloc.start()
    try:
        (delivery,) = TableConnector().open(path=path, mapping={}, vocabulary=VOCABULARY)
        rows = sum(1 for _ in delivery.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == 20_000
    assert peak < 4 << 20
