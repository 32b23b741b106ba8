"""What became of a delivery can be followed: runs, faults and plan, page by page."""

import pytest
from django.core.cache import cache
from django.test import Client

from directory.models import Feed, FeedRun, RowFault
from tests.api.conftest import Contract
from tests.api.feeds.pushing import RUNS, carry_out, push
from tests.api.test_problems import parameters, problem


def test_runs_come_the_newest_first_page_by_page(
    feed: Feed, pusher: Client, promised: Contract
) -> None:
    sent = [push(pusher, query=f"as_of=2026-03-0{day}").json()["id"] for day in (1, 2, 3)]
    page = pusher.get(f"{RUNS}?size=2").json()
    promised.check("PageOfRuns", page)
    rest = pusher.get(page["next"]).json()
    assert [run["id"] for run in page["results"] + rest["results"]] == sent[::-1]
    assert rest["next"] is None


def test_faults_come_by_row_page_by_page(feed: Feed, pusher: Client, promised: Contract) -> None:
    run = FeedRun.objects.create(feed=feed, as_of="2026-03-01")
    for row in (3, 2, 2):
        RowFault.objects.create(
            run=run, row=row, line=row, column="email", code="email_invalid", hint="Correct it.",
            severity="error",
        )  # fmt: skip
    path = f"{RUNS}{run.pk}/faults"
    page = pusher.get(f"{path}?size=2").json()
    promised.check("PageOfFaults", page)
    promised.check("RunFault", page["results"][0])
    rest = pusher.get(page["next"]).json()
    assert [fault["row"] for fault in page["results"] + rest["results"]] == [2, 2, 3]


def test_faults_come_as_csv_too(feed: Feed, pusher: Client) -> None:
    run = FeedRun.objects.create(feed=feed, as_of="2026-03-01")
    RowFault.objects.create(
        run=run, row=2, line=2, code="email_invalid", hint="Correct it.", severity="error",
        source_key="=1+1",
    )  # fmt: skip
    answer = pusher.get(f"{RUNS}{run.pk}/faults", headers={"Accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    header, row = answer.getvalue().decode().splitlines()
    assert header.startswith("row,")
    assert ",=1+1" not in row


def test_a_plan_is_shown_line_by_line_and_field_by_field(
    feed: Feed, pusher: Client, promised: Contract
) -> None:
    taken = push(pusher, query="dry_run=true")
    carry_out()
    path = taken["Location"] + "plan"
    page = pusher.get(f"{path}?size=3").json()
    promised.check("PageOfPlan", page)
    promised.check("PlanLine", page["results"][0])
    rest = pusher.get(page["next"]).json()
    lines = page["results"] + rest["results"]
    assert [line["row"] for line in lines] == [2, 3, 4, 5]
    assert page["counts"]["action"] == {"create": 4}
    assert page["digest"] == pusher.get(taken["Location"]).json()["plan_digest"]
    named = {one["field"]: one["after"] for one in lines[0]["fields_changed"]}
    assert named["family_name"] == "Quilla"
    assert pusher.get(f"{path}?action=depart").json()["results"] == []
    assert parameters(pusher.get(f"{path}?action=explode")) == ["action"]
    told = pusher.get(path, headers={"Accept": "text/csv"}).getvalue().decode()
    assert told.startswith("position,")
    assert "Quilla" in told


@pytest.mark.parametrize("cursor", ["x", "made:up"])
def test_a_made_up_cursor_is_refused(cursor: str, feed: Feed, pusher: Client) -> None:
    run = FeedRun.objects.create(feed=feed, as_of="2026-03-01")
    for path in (RUNS, f"{RUNS}{run.pk}/faults", f"{RUNS}{run.pk}/plan"):
        assert parameters(pusher.get(path, {"cursor": cursor})) == ["cursor"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_a_delivery_is_never_changed(method: str, feed: Feed, pusher: Client) -> None:
    cache.clear()
    answer = getattr(pusher, method)(RUNS)
    problem(answer, "method-not-allowed")
    assert "POST" in answer["Allow"]
    run = FeedRun.objects.create(feed=feed, as_of="2026-03-01")
    problem(getattr(pusher, method)(f"{RUNS}{run.pk}/"), "method-not-allowed")
