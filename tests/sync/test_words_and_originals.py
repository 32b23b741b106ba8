"""What a run tells of a delivery beside its counts: unknown words once, and rows as they came."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directory.models import Feed, FeedRun, Grade, GradeTranslation, Organisation, Team
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.connectors.workbooks import workbook

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
COLUMNS = "source_key,given_name,family_name,unit_code,status,grade,profession,job_title,email"


@pytest.fixture
def staff(db: None) -> Feed:
    """The staff list of the Department of Tides, which has one team."""
    body = Organisation.objects.create(slug="tides", name="Department of Tides")
    feed = Feed.objects.create(slug="tides-hr", organisation=body, connector="table")
    Team.objects.create(organisation=body, name="Tides", slug="tides", code="U1", feed=feed)
    return feed


def _deliver(feed: Feed, path: Path, *, dry_run: bool = True) -> FeedRun:
    (run,) = sync(
        order=Order(
            feed=feed,
            path=path,
            as_of=date(2026, 3, 1),
            complete=True,
            submitted_by=None,
            dry_run=dry_run,
            now=NOW,
        )
    )
    assert run.failure_code == "", run.failure_message
    return run


def _write(folder: Path, *rows: str, header: str = COLUMNS, name: str = "staff.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def _person(number: int, grade: str = "", profession: str = "", more: str = ",") -> str:
    return f"K{number},Ada,Quill,U1,active,{grade},{profession},{more}"


def test_a_word_outside_the_lists_is_told_once_with_its_count(staff: Feed, tmp_path: Path) -> None:
    known = Grade.objects.order_by("rank")[0]
    GradeTranslation.objects.create(feed=staff, value="Pilot", grade=known)
    GradeTranslation.objects.create(
        feed=Feed.objects.create(
            slug="other", organisation=staff.organisation, connector="organogram"
        ),
        value="Mate",
        grade=known,
    )
    rows = [_person(n, "Bosun", "Navigation") for n in range(3)]
    rows += [_person(4, "Mate"), _person(5, "pilot"), _person(6, known.code.lower())]
    rows += [_person(7, known.name)]
    run = _deliver(staff, _write(tmp_path, *rows))
    told = run.faults.filter(code="unmapped_value").values_list("column", "count", "hint")
    assert [(column, count, hint.partition(" is no ")[0]) for column, count, hint in told] == [
        ("grade", 3, "“Bosun”"),
        ("grade", 1, "“Mate”"),
        ("profession", 3, "“Navigation”"),
    ]
    assert run.counts["faults"] == {"unmapped_value": 7}
    assert run.counts["errors"] == 0


def test_words_of_rows_that_did_not_change_are_not_told_again(staff: Feed, tmp_path: Path) -> None:
    path = _write(tmp_path, _person(1, "Bosun"))
    assert _deliver(staff, path, dry_run=False).faults.count() == 1
    assert _deliver(staff, path).faults.count() == 0


def test_a_column_full_of_different_words_is_told_in_few_lines(staff: Feed, tmp_path: Path) -> None:
    run = _deliver(staff, _write(tmp_path, *[_person(n, f"Grade of {n}") for n in range(150)]))
    told = list(run.faults.filter(code="unmapped_value"))
    assert (len(told), sum(fault.count for fault in told)) == (101, 150)


def test_a_row_with_a_fault_is_kept_as_it_arrived(staff: Feed, tmp_path: Path) -> None:
    secret = _person(1, more="NI QQ123456C,wrong") + ",QQ123456C"
    rows = [secret, _person(2, more=f"{'A' * 1_500},") + ",x", _person(3) + ",x"]
    rows += [_person(3, "Mate") + ",x"]
    run = _deliver(staff, _write(tmp_path, *rows, header=f"{COLUMNS},ni_number"))
    kept = {(f.row, f.code): f.original for f in run.faults.exclude(row=0)}
    assert set(kept) == {
        (1, "column_not_used"),
        (2, "personal_data_in_free_text"),
        (2, "invalid_email"),
        (3, "field_too_long"),
        (4, "duplicate_key"),
        (5, "duplicate_key"),
    }
    assert kept[1, "column_not_used"] == {}
    assert kept[2, "invalid_email"] == {
        "source_key": "K1",
        "given_name": "Ada",
        "family_name": "Quill",
        "unit_code": "U1",
        "status": "active",
        "grade": "",
        "profession": "",
        "job_title": "removed",
        "email": "wrong",
    }
    assert kept[3, "field_too_long"]["job_title"] == "A" * 1_000
    assert "QQ123456C" not in repr([f.__dict__ for f in run.faults.all()])


def test_the_same_cells_under_other_columns_are_another_row(staff: Feed, tmp_path: Path) -> None:
    who = '{"source_key": "K1", "given_name": "Ada", "family_name": "Quill", "unit_code": "U1"'
    for name, said in (("one.jsonl", "phone"), ("two.jsonl", "mobile")):
        path = tmp_path / name
        path.write_text(f'{who}, "status": "active", "{said}": "020 7946 0000"}}\n')
        run = _deliver(staff, path, dry_run=False)
    assert (run.counts["updates"], run.counts["kept"]) == (1, 0)


def test_a_workbook_and_its_csv_say_the_same(staff: Feed, tmp_path: Path) -> None:
    path = _write(tmp_path, _person(1), _person(2))
    first = _deliver(staff, path, dry_run=False)
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    second = _deliver(staff, workbook(tmp_path / "staff.xlsx", rows))
    assert (first.counts["creations"], second.counts["rows"]) == (2, 2)
    assert [second.counts[name] for name in ("creations", "updates", "departures")] == [0, 0, 0]
