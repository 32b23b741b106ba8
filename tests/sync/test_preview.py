"""What a run would do is seen before it does it: counts, pages, every field, and as CSV."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from directory.models import Feed, FeedRun, PlannedChange, RowFault, SourceRecord
from directory.sync.preview import FieldChange, faults_csv, plan_csv, preview
from tests.sync.staff import Row, load, make_feed, send, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def winds(tmp_path: Path) -> Feed:
    """A department of thirty, as it stands."""
    feed = make_feed()
    load(feed, tmp_path, staff(30))
    return feed


@pytest.fixture
def moved(winds: Feed, tmp_path: Path) -> FeedRun:
    """Somebody is promoted and without a phone, somebody joins, somebody leaves; only tried."""
    rows = staff(29)
    rows[3] |= {"job_title": "=Director", "phone": ""}
    return send(winds, tmp_path, [*rows, *staff(1, start=77)], hours=1, dry_run=True)


def test_a_change_is_shown_field_by_field(moved: FeedRun) -> None:
    (line,) = preview(run=moved, action="update").lines
    assert (line.row, line.source_key, line.name) == (5, "K3", "Dov Quill")
    assert line.situation == "linked"
    assert line.fields == [
        FieldChange("job_title", "Analyst", "=Director"),
        FieldChange("phone", "+44 20 7946 0003", ""),
    ]


def test_a_joiner_is_shown_with_all_that_is_said_of_them(moved: FeedRun) -> None:
    (line,) = preview(run=moved, action="create").lines
    assert {field.before for field in line.fields} == {""}
    assert FieldChange("phone", "", "+44 20 7946 0077") in line.fields
    assert all(field.after for field in line.fields)


def test_a_leaver_is_shown_by_name_and_evidence(moved: FeedRun) -> None:
    (line,) = preview(run=moved, situation="departed").lines
    assert (line.row, line.source_key, line.name, line.fields) == (0, "K29", "Jude Marsh", [])
    assert line.evidence == ["absent from a complete delivery"]


def test_lines_are_counted_by_action_and_situation_whatever_is_shown(moved: FeedRun) -> None:
    seen = preview(run=moved, action="update", size=1)
    assert seen.counts == {
        "action": {"create": 1, "depart": 1, "update": 1},
        "situation": {"departed": 1, "linked": 1, "unmatched": 1},
    }
    assert seen.digest == moved.plan_digest


@pytest.mark.parametrize("size", [1, 7, 30, 100])
def test_pages_show_every_line_once_and_in_order(winds: Feed, size: int) -> None:
    run = winds.runs.get(kind="people")
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = preview(run=run, after=after, size=size)
        assert len(page.lines) <= size
        seen += [line.position for line in page.lines]
        after = page.next_after
    assert seen == list(range(1, 31))


def test_what_was_there_before_is_shown_after_the_run_as_well(
    winds: Feed, moved: FeedRun, tmp_path: Path
) -> None:
    tried = preview(run=moved)
    rows = staff(29)
    rows[3] |= {"job_title": "=Director", "phone": ""}
    applied = send(winds, tmp_path, [*rows, *staff(1, start=77)], hours=2)
    assert applied.plan_digest == moved.plan_digest
    seen = preview(run=applied)
    assert [line.fields for line in seen.lines] == [line.fields for line in tried.lines]


def test_what_is_previewed_is_what_is_applied(winds: Feed, tmp_path: Path) -> None:
    run = send(
        winds,
        tmp_path,
        [row | {"location": "York"} for row in staff(9)] + staff(21, start=9),
        hours=1,
    )
    for line in preview(run=run).lines:
        held = SourceRecord.objects.get(feed=winds, source_key=line.source_key, state="current")
        assert {field.field: field.after for field in line.fields}.items() <= held.statement.items()


def test_somebody_who_returns_is_set_beside_what_was_said_of_them_last(
    winds: Feed, tmp_path: Path
) -> None:
    send(winds, tmp_path, staff(29), hours=1)
    back = [*staff(29), staff(30)[29] | {"location": "York"}]
    run = send(winds, tmp_path, back, hours=2)
    (line,) = preview(run=run, action="create").lines
    assert line.fields == [FieldChange("location", "Leeds", "York")]


def records(lines: Iterable[str]) -> list[Row]:
    """The lines of a download as csv reads them."""
    return list(csv.DictReader(line for line in lines))


def test_a_plan_is_downloaded_field_by_field_and_runs_no_formula(moved: FeedRun) -> None:
    rows = records(plan_csv(run=moved))
    promoted = [row for row in rows if row["source_key"] == "K3"]
    assert [(row["field"], row["before"], row["after"]) for row in promoted] == [
        ("job_title", "Analyst", "'=Director"),
        ("phone", "'+44 20 7946 0003", ""),
    ]
    (left,) = [row for row in rows if row["action"] == "depart"]
    assert (left["source_key"], left["field"]) == ("K29", "")
    assert {row["position"] for row in rows} == {
        str(change.position) for change in PlannedChange.objects.filter(run=moved)
    }


def test_faults_are_downloaded_with_the_row_as_it_arrived(winds: Feed, tmp_path: Path) -> None:
    rows = staff(30)
    rows[1] |= {"email": "nobody"}
    rows[2] |= {"status": "gone"}
    run = send(winds, tmp_path, rows, hours=1)
    RowFault.objects.filter(run=run, row=3).update(original={"Phone": "+44", "Name": "Bo"})
    found = records(faults_csv(run=run))
    assert [(row["row"], row["code"], row["column"]) for row in found] == [
        ("3", "invalid_email", "email"),
        ("4", "unknown_status", "status"),
    ]
    assert [(row["Name"], row["Phone"]) for row in found] == [("Bo", "'+44"), ("", "")]
