"""Files that are not what they seem: refused or held whole, and nothing of them is applied."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from directory.models import FeedRun, Grant
from directory.sync.approving import ApprovalRefused, approve
from directory.sync.submitting import DigestMismatch, Submission, submit
from directory.sync.undoing import undo
from tests.connectors.workbooks import workbook
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    NOW,
    Department,
    Unchanged,
    assert_kept_nowhere,
    carried_out,
    everybody,
    found,
    in_post,
    person,
    push,
    repeated,
    rules,
)
from tests.sync.staff import text_of
from tests.sync.tides import user_with

pytestmark = pytest.mark.django_db

CODES = {
    "CSV-003": "content_not_csv",
    "CSV-006": "unterminated_quote",
    "CSV-015": "duplicate_column",
    "CSV-036": "content_not_csv",
}


def submission(department: Department, path: Path, **other: object) -> Submission:
    """The file, submitted as of the first of April, complete."""
    asked = {
        "feed": department.feed,
        "path": path,
        "file_name": path.name,
        "as_of": NOW.date(),
        "complete": True,
        "dry_run": False,
        "channel": FeedRun.Channel.API,
        "now": NOW,
    }
    return Submission(**(asked | other))  # type: ignore[arg-type] # every one is as declared


@answers(*CODES, ends=Ending.REFUSED)
def test_a_file_that_cannot_be_read_changes_nothing(case: Case, department: Department) -> None:
    before = Unchanged()
    run = department.deliver(case.text)
    assert ended(run) is case.ends
    assert run.failure_code == CODES[case.id]
    before.check()


@answers("CSV-003", ends=Ending.REFUSED)
def test_a_sign_in_page_is_called_by_its_name(case: Case, department: Department) -> None:
    assert "HTML page" in department.deliver(case.text).failure_message


@answers("CSV-006", ends=Ending.REFUSED)
def test_a_quote_that_never_closes_is_found_where_it_opened(
    case: Case, department: Department
) -> None:
    rows = case.text + text_of(everybody(20_000)[2:]).partition("\n")[2]
    message = department.deliver(rows).failure_message
    assert "row 2" in message.lower()
    assert "given_name" in message or "column 2" in message


@answers("CSV-036", ends=Ending.REFUSED)
@pytest.mark.parametrize("name", ["staff.csv", "staff.xlsx", "staff.xml"])
def test_no_entity_is_ever_resolved(
    case: Case, name: str, department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    run = department.deliver(case.text, name=name)
    assert ended(run) is case.ends
    assert "root:" not in run.failure_message
    assert "passwd" not in caplog.text


@answers("CSV-035", ends=Ending.REFUSED)
def test_a_workbook_called_csv_is_refused(case: Case, department: Department) -> None:
    before = Unchanged()
    book = workbook(department.folder / "book.xlsx", [["source_key"], ["K1"]])
    run = department.deliver(book.read_bytes(), name="staff.csv")
    assert ended(run) is case.ends
    assert run.failure_code == "looks_like_xlsx"
    assert "CSV UTF-8" in run.failure_message
    before.check()


@answers("CSV-005", "CSV-074", ends=Ending.HELD)
def test_half_of_the_rows_wait(case: Case, department: Department) -> None:
    before = Unchanged()
    run = department.deliver(everybody(50))
    assert ended(run) is case.ends
    assert "mass_departure" in rules(run)
    before.check()


@answers("CSV-005", ends=Ending.HELD)
def test_half_of_the_rows_are_refused_where_their_number_or_digest_was_said(
    case: Case, department: Department
) -> None:
    before = Unchanged()
    path = department.folder / "half.csv"
    path.write_text(text_of(everybody(50)), encoding="utf-8")
    with pytest.raises(DigestMismatch):
        submit(submission=submission(department, path, content_digest="0" * 64))
    run = carried_out(
        push(
            department,
            path.read_bytes(),
            query="complete=true&expected_rows=100&as_of=2026-04-01",
            media_type="text/csv",
        )
    )
    assert run.failure_code == "row_count_mismatch"
    before.check()


@answers("CSV-074", ends=Ending.HELD)
def test_those_who_did_leave_are_released_by_a_second_person_and_brought_back_at_once(
    case: Case, department: Department
) -> None:
    body = department.feed.organisation
    sender = user_with("ada.quill", Grant.Role.CURATOR, on=body)
    second = user_with("maya.holt", Grant.Role.CURATOR, on=body)
    run = department.deliver(everybody(50), by=sender)
    soon = NOW + timedelta(days=1)
    said = {"digest": run.plan_digest, "reason": "The Leeds office closed"}
    with pytest.raises(ApprovalRefused):
        approve(run=run, approver=sender, now=soon, **said)
    with pytest.raises(ApprovalRefused):
        approve(run=run, approver=second, now=soon, **(said | {"digest": "0" * 64}))
    approve(run=run, approver=second, now=soon, **said)
    assert in_post() == 50
    run.refresh_from_db()
    undo(run=run, reason="It has not closed", actor=second, now=soon + timedelta(days=29))
    assert in_post() == 100


@answers("CSV-008", ends=Ending.APPLIED)
def test_a_byte_order_mark_is_no_part_of_a_header(case: Case, new_department: Department) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    assert person("K1").display_name == "Ann Lee"


@answers(
    "CSV-013",
    ends=Ending.ROW_ERRORS,
    because="Any line end is taken, also mixed. The two rows of the case share one address, "
    "which is an error of both; with an address each they are applied.",
)
def test_mixed_line_ends_are_counted_as_lines(case: Case, new_department: Department) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "email", "email_conflict"), (3, 3, "email", "email_conflict")]
    run = new_department.deliver(case.text.replace("\nK2,Ann,Lee,ann.", "\nK2,Ann,Lee,other."))
    assert ended(run) is Ending.APPLIED
    assert list(run.changes.values_list("row", "line")) == [(2, 2), (3, 3)]


@answers(
    "CSV-017",
    ends=Ending.APPLIED,
    because="A column that we do not read is dropped before anything is stored, and named.",
)
def test_a_column_nobody_asked_for_is_named_and_kept_nowhere(
    case: Case, department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    header, ann = case.text.splitlines()
    first = department.deliver(case.text, complete=False)
    assert ended(first) is Ending.UNCHANGED, "but for the column it is Ann as we know her"
    changed = ann.replace("Analyst", "Economist")
    run = department.deliver(f"{header}\n{changed}\n", complete=False)
    assert ended(run) is case.ends
    assert [fault.column for fault in run.faults.filter(code="column_not_used")] == [
        "national_insurance_number"
    ]
    held = department.deliver(case.text)
    assert held.state == "held"
    (department.folder / "staff.csv").unlink()
    assert_kept_nowhere("QQ123456C", caplog)


@answers("CSV-019", "CSV-029", ends=Ending.HELD)
def test_many_rows_in_error_hold_the_file(case: Case, new_department: Department) -> None:
    before = Unchanged()
    run = new_department.deliver(repeated(case.text))
    assert ended(run) is case.ends
    (reason,) = run.held_reasons
    assert reason["rule"] == "row_faults"
    assert reason["numbers"] == {"errors": 100, "of": 100, "allowed": 20}
    code = "email_domain_not_allowed" if case.id == "CSV-029" else "invalid_email"
    assert f"{code} in “email” 100 times" in reason["message"]
    before.check()


@answers("CSV-022", ends=Ending.HELD)
def test_a_column_that_goes_blank_waits(case: Case, department: Department) -> None:
    before = Unchanged()
    run = department.deliver([row | {"phone": ""} for row in everybody()])
    assert ended(run) is case.ends
    assert "column_blanked" in rules(run)
    before.check()


@answers("CSV-023", ends=Ending.HELD)
def test_new_keys_for_everybody_wait_and_the_way_out_is_told(
    case: Case, department: Department
) -> None:
    before = Unchanged()
    run = department.deliver([r | {"source_key": f"NEW{r['source_key']}"} for r in everybody()])
    assert ended(run) is case.ends
    assert {"vanished_keys", "mass_departure"} <= rules(run)
    assert any("key mapping" in reason["message"] for reason in run.held_reasons)
    before.check()


@answers(
    "CSV-025",
    ends=Ending.REFUSED,
    because="Nobody can apply it anyway: a newer run is undone first, by somebody who says why.",
)
def test_yesterdays_file_is_refused_after_todays(case: Case, department: Department) -> None:
    before = Unchanged()
    yesterday = NOW.date() - timedelta(days=1)
    run = department.deliver(everybody()[:99], as_of=yesterday)
    assert ended(run) is case.ends
    assert run.failure_code == "stale_delivery"
    before.check()


@answers("CSV-026", ends=Ending.REPLAYED)
def test_the_same_bytes_again_are_the_same_run(case: Case, new_department: Department) -> None:
    body = text_of(everybody())

    def send() -> Any:
        query = "complete=true&as_of=2026-04-01"
        return push(new_department, body, query=query, media_type="text/csv")

    run = carried_out(send())
    before = Unchanged()
    answer = send()
    assert (answer.json()["id"], answer.json()["replayed"]) == (str(run.pk), True)
    assert ended(new_department.deliver(body)) is Ending.UNCHANGED
    before.check()


@answers("CSV-027", ends=Ending.UNCHANGED)
def test_the_same_rows_in_another_order_change_nothing(case: Case, department: Department) -> None:
    before = Unchanged()
    rows = everybody()
    random.Random(27).shuffle(rows)
    assert ended(department.deliver(rows)) is case.ends
    before.check()
