"""The feed API: what a system pushes is taken, from whom it may, and what is refused."""

import json

import pytest
from django.test import Client

from directory.models import Credential, Feed, FeedRun, Organisation, Person
from tests.api.conftest import Contract
from tests.api.feeds.pushing import RETURN, RUNS, carry_out, push, pusher_of
from tests.api.test_problems import parameters, problem
from tests.connectors.deliveries import senior_return
from tests.sync.staff import TEAMS, make_feed, staff, text_of
from tests.sync.tides import rows_of


def test_a_push_is_taken_and_can_be_followed(
    feed: Feed, pusher: Client, promised: Contract
) -> None:
    answer = push(pusher, query="as_of=2026-03-01&complete=true&file_name=march.csv")
    taken = answer.json()
    promised.check("TakenRun", taken)
    assert answer.status_code == 202
    assert answer["Location"] == taken["url"] == f"http://testserver{RUNS}{taken['id']}/"
    assert (taken["state"], taken["replayed"], taken["progress"]) == ("received", False, None)
    run = FeedRun.objects.get()
    assert (run.channel, run.complete, run.file_name) == ("api", True, "march.csv")
    assert run.submitted_with == Credential.objects.get()
    carry_out()
    followed = pusher.get(answer["Location"]).json()
    promised.check("Run", followed)
    assert (followed["state"], followed["kind"]) == ("applied", "senior")
    assert (followed["counts"]["rows"], followed["counts"]["errors"]) == (4, 0)
    assert followed["progress"]["rows_done"] == followed["progress"]["rows_total"] == 4
    assert followed["failure"] is None


def test_one_row_of_json_lines_changes_one_person(db: None) -> None:
    staff_feed = make_feed("tides-senior")
    client = pusher_of(staff_feed)
    push(client, TEAMS.encode(), "as_of=2026-03-01&complete=true")
    carry_out()
    push(client, text_of(staff(3)).encode(), "as_of=2026-03-01&complete=true")
    carry_out()
    row = staff(1)[0] | {"job_title": "Economist"}
    taken = push(client, json.dumps(row).encode(), "as_of=2026-03-02", "application/x-ndjson")
    carry_out()
    run = client.get(taken["Location"]).json()
    assert (run["state"], run["counts"]["updates"], run["counts"]["departures"]) == (
        "applied",
        1,
        0,
    )
    assert Person.objects.filter(status="active").count() == 3


def test_a_push_is_partial_unless_it_says_otherwise(pusher: Client) -> None:
    assert push(pusher).json()["complete"] is False
    assert push(pusher, query="complete=false").json()["complete"] is False
    assert push(pusher, query="complete=true").json()["complete"] is True


def test_a_held_push_says_which_safeguard_holds_it(pusher: Client) -> None:
    push(pusher, senior_return(*rows_of(10)).encode(), "as_of=2026-03-01&complete=true")
    carry_out()
    held = push(pusher, senior_return(*rows_of(1)).encode(), "as_of=2026-03-02&complete=true")
    carry_out()
    run = pusher.get(held["Location"]).json()
    assert run["state"] == "held"
    assert "mass_departure" in {reason["rule"] for reason in run["held_reasons"]}
    assert len(run["plan_digest"]) == 64


def test_a_dry_run_applies_nothing(pusher: Client) -> None:
    taken = push(pusher, query="dry_run=true")
    carry_out()
    run = pusher.get(taken["Location"]).json()
    assert (run["state"], run["counts"]["creations"]) == ("planned", 4)
    assert run["finished_at"] is None


def test_a_file_that_cannot_be_read_is_a_failed_run(pusher: Client) -> None:
    taken = push(pusher, b"<!doctype html><title>Sign in</title>")
    carry_out()
    assert pusher.get(taken["Location"]).json()["failure"]["code"] == "content_not_csv"


def test_another_number_of_rows_than_expected_applies_nothing(pusher: Client) -> None:
    taken = push(pusher, query="expected_rows=5")
    carry_out()
    run = pusher.get(taken["Location"]).json()
    assert (run["state"], run["failure"]["code"]) == ("failed", "row_count_mismatch")


# Who may push


def test_a_token_pushes_to_its_own_feed_alone(pusher: Client, feed: Feed) -> None:
    body = Organisation.objects.create(slug="harbours", name="Harbours Agency")
    Feed.objects.create(slug="harbours-senior", organisation=body, connector="organogram")
    answers = [
        pusher.generic("POST", f"/api/v1/feeds/{slug}/runs/", RETURN, "text/csv")
        for slug in ("harbours-senior", "atlantis")
    ]
    for answer in answers:
        problem(answer, "permission-denied")
    assert answers[0].content == answers[1].content
    assert not FeedRun.objects.exists()


@pytest.mark.parametrize("path", [RUNS, f"{RUNS}0e984725-c51c-4bf4-9960-e1c80e27aba0/"])
def test_a_token_for_reading_opens_no_feed(path: str, feed: Feed, reader: Client) -> None:
    problem(reader.get(path), "permission-denied")
    problem(Client().get(path), "authentication-required")


def test_a_run_of_another_feed_is_not_there(pusher: Client, feed: Feed) -> None:
    body = Organisation.objects.create(slug="harbours", name="Harbours Agency")
    other = Feed.objects.create(slug="harbours-senior", organisation=body, connector="organogram")
    run = FeedRun.objects.create(feed=other, as_of="2026-03-01")
    problem(pusher.get(f"{RUNS}{run.pk}/"), "not-found")
    problem(pusher.get(f"{RUNS}{run.pk}/faults"), "not-found")
    problem(pusher.get(f"{RUNS}{run.pk}/plan"), "not-found")


def test_the_organisation_is_never_taken_from_the_request(pusher: Client) -> None:
    assert parameters(push(pusher, query="organisation=harbours")) == ["organisation"]
    assert not FeedRun.objects.exists()


@pytest.mark.parametrize("state", ["paused", "retired"])
def test_a_resting_feed_takes_nothing(state: str, feed: Feed, pusher: Client) -> None:
    Feed.objects.update(state=state)
    problem(push(pusher), f"feed-{state}")
    assert pusher.get(RUNS).json()["results"] == []


# What is refused


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("as_of=01/03/2026", "as_of"),
        ("as_of=yesterday", "as_of"),
        ("complete=yes", "complete"),
        ("complete=", "complete"),
        ("dry_run=1", "dry_run"),
        ("expected_rows=-1", "expected_rows"),
        ("expected_rows=many", "expected_rows"),
        ("expected_rows=99999999999", "expected_rows"),
        ("file_name=../passwd", "file_name"),
        ("file_name=" + "x" * 256, "file_name"),
        ("size=10", "size"),
        ("as_of=2026-03-01&as_of=2026-03-02", "as_of"),
    ],
)
def test_a_wrong_parameter_of_a_delivery_is_named(query: str, named: str, pusher: Client) -> None:
    assert parameters(push(pusher, query=query)) == [named]
    assert not FeedRun.objects.exists()


@pytest.mark.parametrize("media_type", ["application/json", "text/html", "multipart/form-data"])
def test_another_media_type_is_refused(media_type: str, pusher: Client) -> None:
    problem(push(pusher, media_type=media_type), "unsupported-media-type")


@pytest.mark.parametrize(
    "media_type",
    ["text/csv; charset=utf-8", "application/x-ndjson", "application/octet-stream", "TEXT/CSV"],
)
def test_what_a_feed_may_be_sent_as(media_type: str, pusher: Client) -> None:
    assert push(pusher, media_type=media_type).status_code == 202
