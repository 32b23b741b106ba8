"""The catalogue of bad feed inputs, as far as a connector alone can answer it."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.connectors.contract import UnreadableDelivery
from tests.connectors.deliveries import OpenTable, codes, readings

SURFACES = ("csv_feed", "rest_bulk")

#: Case to the codes that its payload gives: a refusal of the file, or the faults of its rows.
REFUSED = {
    "CSV-003": "content_not_csv",
    "CSV-006": "unterminated_quote",
    "CSV-015": "duplicate_column",
    "CSV-036": "content_not_csv",
    # Bodies of the API, wrapped as we do not take them: JSON Lines are objects, and nothing else.
    "API-002": "unknown_field",
    "API-005": "unknown_field",
    "API-006": "json_unreadable",
    "API-009": "json_unreadable",
    "API-011": "unknown_field",
    "API-013": "unknown_field",
}
ROWS: dict[str, list[list[str]]] = {
    "CSV-007": [[], []],
    "CSV-008": [[]],
    "CSV-013": [[], []],
    "CSV-014": [[], ["invalid_email"]],
    "CSV-017": [[]],
    "CSV-019": [["invalid_email"]],
    "CSV-029": [["email_domain_not_allowed"]],
    "CSV-042": [[], []],
    "CSV-045": [["required"]],
    "CSV-046": [[], []],
    "CSV-048": [["email_domain_not_allowed"]],
    "CSV-050": [["control_character", "invalid_email"]],
    "CSV-051": [["control_character", "control_character"]],
    "CSV-052": [["bidi_control_not_allowed", "bidi_control_not_allowed"]],
    "CSV-053": [["zero_width_removed"]],
    "CSV-057": [[]],
    "CSV-058": [[]],
    "CSV-060": [[]],
    "CSV-063": [["unknown_status"]],
    "CSV-065": [["literal_null"]],
    "CSV-069": [[]],
    "CSV-072": [["personal_data_in_free_text"]],
}


@pytest.fixture
def cases(shared: Path) -> dict[str, Any]:
    """The payload of each case of the feed surface."""
    path = shared / "cases" / "bad_inputs.jsonl"
    if not path.exists():
        pytest.skip("the catalogue of bad inputs is not beside the repository")
    with path.open(encoding="utf-8") as lines:
        listed = [json.loads(line) for line in lines]
    payloads = {case["id"]: case.get("payload") for case in listed if case["surface"] in SURFACES}
    return {
        case: payload if isinstance(payload, str) else json.dumps(payload)
        for case, payload in payloads.items()
    }


@pytest.mark.parametrize(("case", "code"), REFUSED.items())
def test_a_file_is_refused(
    cases: dict[str, Any], open_table: OpenTable, case: str, code: str
) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        open_table(cases[case])
    assert refused.value.code == code


@pytest.mark.parametrize(("case", "expected"), ROWS.items())
def test_a_row_gives_its_faults(
    cases: dict[str, Any], open_table: OpenTable, case: str, expected: list[list[str]]
) -> None:
    assert [codes(reading) for reading in readings(open_table(cases[case]))] == expected
