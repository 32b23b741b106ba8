"""Bodies of a push that say what no feed may say: refused by name."""

import socket

import pytest
from django.conf import settings

from directory.models import Person, SourceRecord
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    Department,
    Unchanged,
    carried_out,
    found,
    in_post,
    line,
    make_department,
    push,
    refused,
    row,
)

pytestmark = pytest.mark.django_db


WRAPPED = "JSON Lines are objects, one a line; what is wrapped around them is no field of ours."
CODES = {
    "API-002": "unknown_field",
    "API-005": "unknown_field",
    "API-006": "json_unreadable",
    "API-009": "json_unreadable",
    "API-011": "unknown_field",
}


@answers(*CODES, ends=Ending.REFUSED)
def test_a_body_of_what_no_feed_may_say_changes_nothing(case: Case, department: Department) -> None:
    assert refused(department, case.text).failure_code == CODES[case.id]


@answers("API-002", ends=Ending.REFUSED)
def test_the_department_is_that_of_the_token(case: Case, department: Department) -> None:
    other = make_department(department.folder, slug="other", people=0)
    ours = department.client()
    assert push(other, line(), client=ours).status_code == 403
    assert push(department, line(), query="department=other").status_code == 400
    for wrapped in ({"department": "other"}, {"organisation": {"slug": "other"}}):
        assert refused(department, line(**wrapped)).failure_code == "unknown_field"
    run = carried_out(push(department, line(), client=ours, X_Department="other"))
    assert ended(run) is Ending.APPLIED, "a header is not read; the digest of a line is a new one"
    assert not Person.objects.filter(appointments__post__team__organisation__slug="other").exists()
    assert not SourceRecord.objects.filter(feed=other.feed, kind="person").exists()
    assert in_post() == 100


@answers("API-005", ends=Ending.REFUSED)
@pytest.mark.parametrize(
    "member",
    ["id", "version", "is_staff", "role", "created_at", "audit", "department_id", "listing"],
)
def test_a_member_that_no_feed_may_write_is_named(
    case: Case, member: str, department: Department
) -> None:
    run = refused(department, line(**{member: "1"}))
    assert run.failure_code == "unknown_field"
    assert f"“{member}”" in run.failure_message


@answers("API-006", ends=Ending.REFUSED)
@pytest.mark.parametrize(
    "body",
    [
        '{"source_key":"K1",}',
        "{'source_key':'K1'}",
        '{"source_key":"K1"',
        '{"source_key":"K1"} {"source_key":"K2"}',
        '{"source_key":"K1"}, \n{"source_key":"K2"}',
    ],
)
def test_a_slip_in_json_is_found_by_line_and_column(
    case: Case, body: str, department: Department
) -> None:
    run = refused(department, body)
    assert run.failure_code == "json_unreadable"
    assert "Line 1: column " in run.failure_message


@answers("API-006", ends=Ending.REFUSED)
def test_a_list_is_no_json_lines_and_a_byte_order_mark_is_taken(
    case: Case, department: Department
) -> None:
    assert ended(carried_out(push(department, f"[{line()}]"))) is case.ends
    run = carried_out(push(department, "\ufeff" + line(grade="HEO")))
    assert ended(run) is Ending.APPLIED
    assert run.faults.get().code == "encoding_used"


@answers("API-007", ends=Ending.REFUSED)
@pytest.mark.parametrize(
    "body", ["[" * 200_000, '{"source_key":' + "[" * 200_000, '{"a":' * 200_000]
)
def test_lists_in_lists_break_nothing(case: Case, body: str, department: Department) -> None:
    assert refused(department, body).failure_code in {"content_not_csv", "json_unreadable"}


@answers("API-009", ends=Ending.REFUSED)
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5_000])
def test_a_number_that_is_none_is_refused(case: Case, number: str, department: Department) -> None:
    run = refused(department, line(fte="X").replace('"X"', number))
    assert run.failure_code == "json_unreadable"


@answers("API-011", ends=Ending.REFUSED)
@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udfff\\ud800"])
def test_what_the_database_cannot_hold_costs_its_row(
    case: Case, escape: str, department: Department
) -> None:
    before = Unchanged()
    run = carried_out(push(department, line(job_title="X").replace('"X"', f'"x{escape}y"')))
    assert ended(run) is Ending.ROW_ERRORS
    assert found(run) == [(1, 1, "job_title", "control_character")]
    before.check()
    body = line(ext="X").replace('"X"', f'{{"a": "x{escape}y"}}')
    assert refused(department, body).failure_code == "unknown_field"


@answers(
    "API-013",
    ends=Ending.REFUSED,
    because="An empty delivery is refused outright: there is nothing in it that could be released. "
    + WRAPPED,
)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "unknown_field"),
        ("\n", "empty_file"),
        ("{}\n", "missing_column"),
        ("[]", "content_not_csv"),
        ("source_key,given_name,family_name,unit_code,status\n", "header_only"),
    ],
)
def test_nobody_at_all_never_means_that_all_have_left(
    case: Case, body: str, code: str, department: Department
) -> None:
    run = refused(department, body or case.text, query="complete=true&as_of=2026-04-02")
    assert run.failure_code == code
    assert in_post() == 100


@answers("API-014", ends=Ending.REFUSED)
def test_too_large_a_body_is_refused_with_limit_and_way_out(
    case: Case, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = line() * 10
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(body) - 1)
    answer = push(department, body)
    assert answer.status_code == 413
    assert f"{len(body) - 1:,} bytes" in answer.json()["detail"]
    assert "a part at a time" in answer.json()["detail"]


@answers(
    "API-031",
    ends=Ending.REFUSED,
    because="No feed names a photo or a webhook: the member is unknown, and nothing is fetched.",
)
def test_no_address_in_a_delivery_is_ever_fetched(
    case: Case, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_connection(*_: object) -> None:
        pytest.fail("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", no_connection)
    monkeypatch.setattr(socket, "getaddrinfo", no_connection)
    for number, url in enumerate(case.payload):
        for member in ("photo_url", "webhook_url"):
            run = refused(department, line(**{member: url}))
            assert run.failure_code == "unknown_field"
            assert url not in run.failure_message
        csv_run = department.deliver(row(photo_url=url), complete=False)
        assert [f.code for f in csv_run.faults.all()] == ["column_not_used"]
        title = carried_out(push(department, line(job_title=f"See {url} {number}")))
        assert ended(title) is Ending.APPLIED, "within a text it is text"
