"""A trial shows what stands in the first rows beside what would become of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.connectors.trial import Trial, try_mapping
from tests.connectors.deliveries import GOOD, HEADER, VOCABULARY, senior_return
from tests.connectors.workbooks import workbook

Try = Callable[..., Trial]


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Tries a mapping on a text."""

    def answered(content: str, *, name: str = "staff.csv", **settings: Any) -> Trial:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        options = {"connector": "table", "mapping": {}} | settings
        return try_mapping(path=path, vocabulary=VOCABULARY, **options)

    return answered


def test_cells_stand_beside_values_and_faults(tried: Try) -> None:
    bad = GOOD.replace("K1", "K2").replace("ann.lee@dept.gov.uk", "x")
    trial = tried(f"{HEADER},shoe size\n{GOOD},7\n\n{bad},8\n")
    assert trial.header[-1] == "shoe size"
    assert trial.refusal is None
    assert [notice.code for notice in trial.notices] == ["column_not_used"]
    first, second = trial.rows
    assert (first.row, first.source["shoe size"], first.values["source_key"]) == (2, "7", "K1")
    assert (second.row, second.line, dict(second.values)) == (4, 4, {})
    assert [fault.code for fault in second.faults] == ["invalid_email"]


def test_only_the_first_rows_are_tried(tried: Try) -> None:
    rows = "\n".join(GOOD.replace("K1", f"K{n}") for n in range(150))
    assert len(tried(f"{HEADER}\n{rows}\n").rows) == 100
    trial = tried(f"{HEADER}\n{rows}\n", rows=3)
    assert [row.values["source_key"] for row in trial.rows] == ["K0", "K1", "K2"]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"columns": {"source_key": "No"}}, "missing_column"),
        ({"delimiter": "xx"}, "invalid_mapping"),
        ({"split": {"Name": "{a}"}}, "invalid_mapping"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_shown_beside_the_rows(
    tried: Try, mapping: dict[str, Any], code: str
) -> None:
    trial = tried(f"{HEADER}\n{GOOD}\n", mapping=mapping)
    assert trial.refusal is not None
    assert trial.refusal.code == code
    assert trial.header == tuple(HEADER.split(","))
    assert trial.rows[0].source["given_name"] == "Ann"
    assert dict(trial.rows[0].values) == {}


def test_a_file_that_cannot_be_read_gives_its_refusal_alone(tried: Try) -> None:
    trial = tried("<html>")
    assert trial.refusal is not None
    assert (trial.refusal.code, trial.header, trial.rows) == ("content_not_csv", (), ())


def test_members_of_json_lines_are_tried_though_nobody_reads_them(tried: Try) -> None:
    trial = tried('{"No": 7, "Skills": ["a", "b"]}\n{"No": 8}\n', name="staff.jsonl")
    assert trial.refusal is not None
    assert trial.refusal.code == "unknown_field"
    assert [dict(row.source) for row in trial.rows] == [{"No": "7", "Skills": "a;b"}, {"No": "8"}]


def test_a_workbook_is_tried_under_the_name_of_its_sender(tmp_path: Path) -> None:
    path = workbook(tmp_path / "0f3a.xlsx", [HEADER.split(","), GOOD.split(",")])
    kept = path.rename(tmp_path / "0f3a")
    trial = try_mapping(
        connector="table", path=kept, mapping={}, vocabulary=VOCABULARY, file_name="staff.xlsx"
    )
    assert [row.values["source_key"] for row in trial.rows] == ["K1"]


def test_a_return_is_tried_too(tried: Try) -> None:
    trial = tried(senior_return({}), connector="organogram")
    assert trial.rows[0].values["family_name"] == "Lee"
