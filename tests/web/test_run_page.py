"""The page of a run: how it stands, what it would do, and who decides it."""

import csv
import io

import pytest
from django.http import HttpResponseBase

from directory.models import FeedRun, Person
from tests.curating.harbour import NOW, REASON
from tests.web.desk import Desk
from tests.web.reading import get_text, text_of


def page(desk: Desk, run: FeedRun, more: str = "", role: str = "curator") -> str:
    return get_text(desk.browser(role), f"/curate/runs/{run.pk}{more}")


def decide(desk: Desk, what: str, role: str = "curator", **form: object) -> HttpResponseBase:
    said = {"reason": REASON, "digest": desk.held.plan_digest, "departures": "16"} | form
    return desk.browser(role).post(f"/curate/runs/{desk.held.pk}/{what}", said, follow=True)


def downloaded(response: HttpResponseBase) -> list[list[str]]:
    content = b"".join(getattr(response, "streaming_content", ()))
    return list(csv.reader(io.StringIO(content.decode())))


def in_post() -> int:
    return Person.objects.filter(status="active").count()


def test_a_held_run_says_why_and_what_to_do(desk: Desk) -> None:
    text = page(desk, desk.held)
    assert "Needs a decision" in text
    assert "Held: nothing of it was applied" in text
    assert "16 of 24 people and posts would be marked as gone" in text
    assert "Departures: 16 Out of: 24 Allowed: 2" in text
    assert "absent from the file" in text
    assert "Release it Reject it" in text


def test_an_operator_is_told_who_decides(desk: Desk) -> None:
    text = page(desk, desk.held, role="operator")
    assert "A curator of the organisation decides" in text
    assert "Release it" not in text


def test_nobody_is_asked_to_decide_what_they_submitted(desk: Desk) -> None:
    FeedRun.objects.filter(pk=desk.held.pk).update(submitted_by=desk.users["curator"])
    assert "You submitted this file, so somebody else has to decide" in page(desk, desk.held)
    assert "somebody else has to decide it" in text_of(decide(desk, "release"))
    assert in_post() == 24


def test_a_run_in_error_shows_each_fault_with_its_place(desk: Desk) -> None:
    text = page(desk, desk.applied)
    assert "Not applied job_title" in text
    assert "control_character , first in row" in text
    rows = downloaded(desk.browser("operator").get(f"/curate/runs/{desk.applied.pk}/faults.csv"))
    assert [row[rows[0].index("code")] for row in rows[1:]] == ["control_character"]


def test_a_refused_file_says_what_was_wrong(desk: Desk) -> None:
    text = page(desk, desk.failed)
    assert "Refused: nothing of it was applied" in text
    assert "The header lacks the column(s)" in text


def test_releasing_takes_the_number_of_those_who_leave(desk: Desk) -> None:
    for typed in ("", "15", "sixteen"):
        response = decide(desk, "release", departures=typed)
        assert "There is a problem" in text_of(response), typed
        assert in_post() == 24
    assert "The run is released and applied." in text_of(decide(desk, "release"))
    assert in_post() == 8
    desk.held.refresh_from_db()
    assert (desk.held.approved_by, desk.held.approval_reason) == (desk.users["curator"], REASON)
    assert f"Released by maya.holt@example.gov.uk: “{REASON}”" in page(desk, desk.held)


def test_what_was_released_is_what_was_shown(desk: Desk) -> None:
    response = decide(desk, "release", digest="0" * 64)
    assert "The changes are others than those you saw" in text_of(response)
    assert in_post() == 24


def test_a_release_says_why(desk: Desk) -> None:
    assert "Say why; the reason is kept and shown" in text_of(decide(desk, "release", reason=" "))
    assert in_post() == 24


def test_a_run_is_rejected_for_good(desk: Desk) -> None:
    assert "Nothing of it was applied" in text_of(decide(desk, "reject"))
    assert in_post() == 24
    assert "Rejected: nothing of it was applied" in page(desk, desk.held)
    assert "waits for nobody" in text_of(decide(desk, "reject"))


def test_the_plan_is_shown_field_by_field(desk: Desk) -> None:
    text = page(desk, desk.applied, "/plan?action=create")
    assert "Maya Holt" in text
    assert "Job title nothing Harbour Master" in text
    assert "Known in this feed" not in text
    leaving = page(desk, desk.held, "/plan?action=depart")
    assert "Leaving 16" in leaving
    assert "Not in the file" in leaving


def test_the_plan_comes_in_pages_and_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.web.curate.plan_page.LINES_PER_PAGE", 10)
    browser = desk.browser("curator")
    first = browser.get(f"/curate/runs/{desk.applied.pk}/plan")
    seen = [line.key for line in first.context["page"].lines]
    while first.context["page"].next_url:
        first = browser.get(first.context["page"].next_url)
        seen += [line.key for line in first.context["page"].lines]
    assert len(seen) == len(set(seen)) == 24
    rows = downloaded(browser.get(f"/curate/runs/{desk.applied.pk}/plan.csv"))
    key = rows[0].index("source_key")
    assert {row[key] for row in rows[1:]} == set(seen)


@pytest.mark.parametrize("query", ["action=fly", "situation=odd", "after=-1", "after=x"])
def test_a_plan_asked_for_wrongly_is_refused(desk: Desk, query: str) -> None:
    response = desk.browser("curator").get(f"/curate/runs/{desk.held.pk}/plan?{query}")
    assert response.status_code == 400


def test_a_run_without_a_plan_has_none_to_show(desk: Desk) -> None:
    browser = desk.browser("curator")
    for path in ("plan", "plan.csv"):
        assert browser.get(f"/curate/runs/{desk.failed.pk}/{path}").status_code == 404


def test_progress_is_told_to_people_and_to_the_page(desk: Desk) -> None:
    run = FeedRun.objects.create(
        feed=desk.feed,
        kind="people",
        as_of=NOW,
        step="deciding",
        rows_done=250,
        rows_total=1_000,
        started_at=NOW,
    )
    text = page(desk, run)
    assert "Working out what would change" in text
    assert "250 of 1,000 rows" in text
    assert "Refresh this page" in text
    told = desk.browser("operator").get(f"/curate/runs/{run.pk}/progress").json()
    assert (told["share_percent"], told["settled"]) == (25, False)
    settled = desk.browser("operator").get(f"/curate/runs/{desk.applied.pk}/progress").json()
    assert settled["settled"] is True


def test_a_settled_run_needs_no_script(desk: Desk) -> None:
    html = desk.browser("curator").get(f"/curate/runs/{desk.applied.pk}").content.decode()
    assert "run_progress.js" not in html


def test_a_run_is_taken_back(desk: Desk) -> None:
    decide(desk, "release")
    assert in_post() == 8
    assert "Take this run back" in page(desk, desk.held)
    assert "The run is taken back" in text_of(decide(desk, "undo"))
    assert in_post() == 24
    assert f"“{REASON}”" in page(desk, desk.held)


def test_what_was_not_applied_is_not_taken_back(desk: Desk) -> None:
    text = text_of(decide(desk, "undo"))
    assert "only an applied run can be undone" in text
