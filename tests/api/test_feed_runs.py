"""The feed API: what a system pushes is taken once, whole and checked, and can be followed."""

import base64
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from directory.grants import issue_token
from directory.models import Credential, Feed, FeedRun, Organisation, Person, RowFault
from directory.sync.delivering import deliver
from directory.sync.worker import work
from tests.api.conftest import Contract
from tests.api.test_problems import parameters, problem
from tests.connectors.deliveries import senior_return
from tests.sync.staff import TEAMS, make_feed, staff, text_of
from tests.sync.tides import rows_of

RUNS = "/api/v1/feeds/tides-senior/runs/"
RETURN = senior_return(*rows_of(4)).encode()


@pytest.fixture(autouse=True)
def deliveries_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where bodies and deliveries are kept."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def feed(db: None) -> Feed:
    """The returns of the Department of Tides."""
    body = Organisation.objects.create(slug="tides", name="Department of Tides")
    return Feed.objects.create(slug="tides-senior", organisation=body, connector="organogram")


@pytest.fixture
def pusher(feed: Feed) -> Client:
    """The department's HR system."""
    return pusher_of(feed)


def pusher_of(feed: Feed) -> Client:
    token = issue_token(name="HR", feed=feed, expires_days=30, now=datetime.now(UTC)).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def push(
    client: Client,
    body: bytes = RETURN,
    query: str = "as_of=2026-03-01",
    media_type: str = "text/csv",
    **headers: str,
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic("POST", f"{RUNS}?{query}", body, media_type, headers=named)


def carry_out() -> None:
    """What the worker does."""
    for run in FeedRun.objects.filter(state="received"):
        deliver(run_id=run.pk, now=datetime.now(UTC))


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


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


class Counted(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        self.taken += len(chunk)
        return chunk


def post_stream(client: Client, stream: io.BytesIO, **environ: Any) -> Any:
    return client.generic(
        "POST", RUNS, content_type="text/csv", **(environ | {"wsgi.input": stream})
    )


def test_one_byte_too_many_is_refused_before_any_is_read(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN))
    assert push(pusher).status_code == 202
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN) - 1)
    stream = Counted(RETURN)
    problem(post_stream(pusher, stream, CONTENT_LENGTH=str(len(RETURN))), "delivery-too-large")
    assert stream.taken == 0


def test_a_body_of_no_stated_length_is_read_no_further_than_the_limit(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", 1 << 20)
    stream = Counted(b"a,b\n" * (1 << 20))
    answer = post_stream(pusher, stream, HTTP_TRANSFER_ENCODING="chunked")
    problem(answer, "delivery-too-large")
    assert stream.taken <= (1 << 20) + (1 << 17)
    assert kept(deliveries_dir) == []


def test_a_body_of_no_stated_length_is_taken_whole(pusher: Client) -> None:
    answer = post_stream(pusher, io.BytesIO(RETURN), HTTP_TRANSFER_ENCODING="chunked")
    assert answer.json()["size_bytes"] == len(RETURN)


def test_a_body_that_breaks_off_is_not_taken(pusher: Client, deliveries_dir: Path) -> None:
    answer = post_stream(pusher, io.BytesIO(RETURN[:-9]), CONTENT_LENGTH=str(len(RETURN)))
    problem(answer, "malformed-body")
    assert kept(deliveries_dir) == []
    assert not FeedRun.objects.exists()


# Packed bodies


def test_a_packed_body_is_taken_as_what_was_packed(pusher: Client) -> None:
    packed = gzip.compress(RETURN[:500]) + gzip.compress(RETURN[500:])
    taken = push(pusher, packed, content_encoding="gzip").json()
    assert taken["content_digest"] == hashlib.sha256(RETURN).hexdigest()
    assert taken["size_bytes"] == len(RETURN)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        RETURN,
        gzip.compress(RETURN)[:-1],
        gzip.compress(RETURN)[:20],
        gzip.compress(RETURN) + b"more",
        zlib.compress(RETURN),
        gzip.compress(RETURN)[:-8] + b"\0" * 8,
    ],
    # Packed bytes hold the second they were packed in, and names of tests have to stay the same.
    ids=["nothing", "plain", "cut", "cut early", "with more", "zlib", "wrong length"],
)
def test_a_body_that_is_not_what_its_header_says_is_refused(body: bytes, pusher: Client) -> None:
    problem(push(pusher, body, content_encoding="gzip"), "malformed-body")


def test_a_bomb_is_refused_while_it_is_small(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    bomb = gzip.compress(b"a" * (64 << 20))
    assert len(bomb) < 70_000
    problem(push(pusher, bomb, content_encoding="gzip"), "delivery-too-large")
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN) - 1)
    problem(push(pusher, gzip.compress(RETURN), content_encoding="gzip"), "delivery-too-large")
    assert kept(deliveries_dir) == []


def test_what_waits_in_the_unpacker_is_given_out_whole(pusher: Client) -> None:
    body = b"a,b\n" + b"x,y\n" * 300_000
    packed = gzip.compress(body)
    assert push(pusher, packed, content_encoding="gzip").status_code in (202, 413)
    mixed = hashlib.shake_128(b"tides").hexdigest(400_000).encode()
    taken = push(pusher, gzip.compress(mixed), content_encoding="gzip").json()
    assert taken["content_digest"] == hashlib.sha256(mixed).hexdigest()


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip"])
def test_another_packing_is_refused(coding: str, pusher: Client) -> None:
    problem(push(pusher, content_encoding=coding), "unsupported-content-encoding")


# Digests


def digest_of(body: bytes, name: str = "sha256") -> str:
    return base64.b64encode(hashlib.new(name, body).digest()).decode()


def test_a_digest_is_of_the_body_as_it_was_sent(pusher: Client) -> None:
    packed = gzip.compress(RETURN)
    digest = f"sha-256=:{digest_of(packed)}:, sha-512=:{digest_of(packed, 'sha512')}:"
    answer = push(pusher, packed, content_encoding="gzip", content_digest=digest)
    assert answer.status_code == 202


def test_a_body_with_another_digest_is_refused(pusher: Client, deliveries_dir: Path) -> None:
    digest = f"sha-256=:{digest_of(RETURN + b' ')}:"
    problem(push(pusher, content_digest=digest), "digest-mismatch")
    assert kept(deliveries_dir) == []
    assert not FeedRun.objects.exists()


@pytest.mark.parametrize("digest", ["nonsense", "sha-256=abc", "sha-256=:%%%:", "md5=:aaaa:", ","])
def test_a_digest_that_cannot_be_checked_is_refused(digest: str, pusher: Client) -> None:
    assert parameters(push(pusher, content_digest=digest)) == ["Content-Digest"]


# Once


def test_the_same_request_is_answered_with_the_same_run(pusher: Client) -> None:
    first = push(pusher, idempotency_key="march").json()
    again = push(pusher, idempotency_key="march")
    assert (again.status_code, again.json()["id"]) == (202, first["id"])
    assert again.json()["replayed"] is True
    carry_out()
    assert push(pusher, idempotency_key="march").json()["state"] == "applied"
    assert FeedRun.objects.count() == 1


def test_a_key_that_named_another_request_is_refused(pusher: Client) -> None:
    push(pusher, idempotency_key="march")
    problem(push(pusher, RETURN + b"\n", idempotency_key="march"), "idempotency-key-reused")
    problem(push(pusher, query="dry_run=true", idempotency_key="march"), "idempotency-key-reused")


@pytest.mark.parametrize("key", ["", "two words", "caf\xe9", "x" * 256])
def test_a_key_that_is_none_is_refused(key: str, pusher: Client) -> None:
    assert parameters(push(pusher, idempotency_key=key)) == ["Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_twelve_threads_with_one_key_make_one_run(feed: Feed, migrated_rows: None) -> None:
    client = pusher_of(feed)

    def send(key: str) -> Mapping[str, Any]:
        try:
            body: Mapping[str, Any] = push(client, idempotency_key=key).json()
        finally:
            connection.close()
        return body

    with ThreadPoolExecutor(12) as senders:
        for round_number in range(3):
            answers = list(senders.map(send, [f"round {round_number}".replace(" ", "-")] * 12))
            assert len({answer["id"] for answer in answers}) == 1
            assert [answer["replayed"] for answer in answers].count(False) == 1
    work(concurrency=2, until_idle=True)
    assert set(FeedRun.objects.values_list("state", flat=True)) == {"applied"}
    assert FeedRun.objects.count() == 3


# What came of it


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
