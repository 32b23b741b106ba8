"""A delivery is taken once, whoever sends it how often, and refused by the name of its fault."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from directory.models import Feed, FeedRun, Organisation
from directory.sync.delivering import deliver
from directory.sync.keeping import kept_file
from directory.sync.receiving import FeedPaused, FeedRetired
from directory.sync.submitting import (
    DigestMismatch,
    FileTooLarge,
    IdempotencyKeyReused,
    Submission,
    Submitted,
    submit,
)
from tests.connectors.deliveries import senior_return
from tests.sync.tides import NOW, rows_of, sync_file, write_stack

DAY = date(2026, 3, 1)


@pytest.fixture
def submission(feed: Feed, tmp_path: Path) -> Submission:
    """A return of ten posts, pushed by the department's system."""
    path = tmp_path / "return.csv"
    path.write_text(senior_return(*rows_of(10)), encoding="utf-8")
    return Submission(
        feed=feed,
        path=path,
        file_name="return.csv",
        as_of=DAY,
        complete=True,
        dry_run=False,
        channel=FeedRun.Channel.API,
        now=NOW,
    )


def carried_out(submitted: Submitted) -> FeedRun:
    """The run, once the worker had it."""
    deliver(run_id=submitted.run.pk, now=NOW)
    run = submitted.run
    run.refresh_from_db()
    return run


def kept() -> list[str]:
    return sorted(path.name for path in Path(settings.DELIVERIES_DIR).glob("*"))


def test_a_submission_is_kept_written_down_and_queued(submission: Submission) -> None:
    submitted = submit(submission=replace(submission, idempotency_key="march", expected_rows=10))
    run = FeedRun.objects.get()
    digest = sha256(submission.path.read_bytes()).hexdigest()
    assert (submitted.run, submitted.replayed) == (run, False)
    assert (run.state, run.channel, run.idempotency_key) == ("received", "api", "march")
    assert (run.expected_rows, run.content_digest, run.file_name) == (10, digest, "return.csv")
    assert kept() == [f"{submission.feed.pk}-{digest}"]
    assert Path(settings.DELIVERIES_DIR).stat().st_mode & 0o777 == 0o700
    assert kept_file(run=run).stat().st_mode & 0o777 == 0o600
    job = ProcrastinateJob.objects.get()
    assert (job.args, job.lock) == ({"run_id": str(run.pk)}, f"feed {submission.feed.pk}")


def test_a_run_that_is_carried_out_needs_its_file_no_more(submission: Submission) -> None:
    run = carried_out(submit(submission=submission))
    assert (run.state, run.kind, run.counts["rows"]) == ("applied", "senior", 10)
    assert kept() == []


def test_a_run_that_is_held_keeps_its_file(submission: Submission) -> None:
    carried_out(submit(submission=submission))
    submission.path.write_text(senior_return(*rows_of(2)), encoding="utf-8")
    later = replace(submission, as_of=DAY + timedelta(days=1))
    run = carried_out(submit(submission=later))
    assert run.state == "held"
    assert kept() == [kept_file(run=run).name]


def test_a_file_that_waits_for_a_decision_is_kept_without_what_nobody_reads(
    submission: Submission,
) -> None:
    carried_out(submit(submission=submission))
    rows = [row | {"Notes": "earns too much"} for row in rows_of(2)]
    submission.path.write_text(senior_return(*rows), encoding="utf-8")
    assert "earns too much" in submission.path.read_text(encoding="utf-8")
    run = carried_out(submit(submission=replace(submission, as_of=DAY + timedelta(days=1))))
    assert run.state == "held"
    text = kept_file(run=run).read_text(encoding="utf-8")
    assert "Ada Quilla" in text
    assert "earns too much" not in text


def test_a_carried_out_run_is_not_carried_out_again(submission: Submission) -> None:
    submitted = submit(submission=submission)
    first = carried_out(submitted)
    again = carried_out(submitted)
    assert (again.finished_at, again.trail) == (first.finished_at, first.trail)


@pytest.mark.parametrize("broken_off", ["received", "parsed", "planned"])
def test_a_run_that_was_broken_off_is_planned_anew(broken_off: str, submission: Submission) -> None:
    submitted = submit(submission=submission)
    rehearsal = replace(submission, dry_run=True)
    planned = carried_out(submit(submission=rehearsal))
    assert planned.state == "planned"
    planned.changes.update(run=submitted.run)
    planned.faults.update(run=submitted.run)
    FeedRun.objects.filter(pk=submitted.run.pk).update(state=broken_off, kind="senior")
    run = carried_out(submitted)
    assert run.state == "applied"
    assert run.plan_digest == planned.plan_digest
    assert run.changes.count() == run.counts["creations"]


def test_a_run_without_its_file_fails_and_says_so(submission: Submission) -> None:
    submitted = submit(submission=submission)
    kept_file(run=submitted.run).unlink()
    assert carried_out(submitted).failure_code == "file_lost"


@pytest.mark.parametrize("rows", [9, 11])
def test_another_number_of_rows_than_was_said_applies_nothing(
    rows: int, submission: Submission
) -> None:
    run = carried_out(submit(submission=replace(submission, expected_rows=rows)))
    assert (run.state, run.failure_code) == ("failed", "row_count_mismatch")
    assert "10 rows" in run.failure_message
    assert kept() == []


def test_the_parts_of_a_stacked_file_are_runs_of_their_own(
    submission: Submission, tmp_path: Path
) -> None:
    stack = replace(submission, path=write_stack(tmp_path), idempotency_key="stack")
    submitted = submit(submission=stack)
    deliver(run_id=submitted.run.pk, now=NOW)
    deliver(run_id=submitted.run.pk, now=NOW)
    runs = list(FeedRun.objects.order_by("as_of"))
    assert [run.state for run in runs] == ["applied", "held", "received"]
    assert [run.part_of for run in runs] == [None, runs[0], runs[0]]
    assert runs[0] == submitted.run
    assert {run.channel for run in runs} == {"api"}
    assert kept() == [kept_file(run=runs[0]).name]


def test_a_part_that_is_no_longer_read_from_the_file_comes_to_an_end(
    submission: Submission, tmp_path: Path
) -> None:
    submitted = submit(submission=replace(submission, path=write_stack(tmp_path)))
    stray = FeedRun.objects.create(
        feed=submission.feed,
        kind="junior",
        as_of=DAY,
        part_of=submitted.run,
        content_digest=submitted.run.content_digest,
    )
    deliver(run_id=stray.pk, now=NOW)
    stray.refresh_from_db()
    assert stray.failure_code == "delivery_read_otherwise"
    assert FeedRun.objects.exclude(pk=stray.pk).count() == 3


def test_the_same_delivery_again_is_answered_with_its_run(submission: Submission) -> None:
    run = carried_out(submit(submission=submission))
    again = submit(submission=submission)
    assert again == Submitted(run, replayed=True)
    assert FeedRun.objects.count() == 1


def test_the_same_file_about_a_later_day_is_a_run_of_its_own(submission: Submission) -> None:
    carried_out(submit(submission=submission))
    later = carried_out(submit(submission=replace(submission, as_of=DAY + timedelta(days=1))))
    assert (later.state, later.counts["creations"], later.counts["updates"]) == ("applied", 0, 0)


@pytest.mark.parametrize("other", [{"complete": False}, {"dry_run": True}])
def test_the_same_file_asked_for_otherwise_is_a_run_of_its_own(
    other: dict[str, Any], submission: Submission
) -> None:
    carried_out(submit(submission=submission))
    assert not submit(submission=replace(submission, **other)).replayed


def test_a_dry_run_is_nothing_to_stand_at(submission: Submission) -> None:
    carried_out(submit(submission=replace(submission, dry_run=True)))
    assert not submit(submission=submission).replayed


def test_a_file_that_the_feed_no_longer_stands_at_is_taken_again(
    submission: Submission, tmp_path: Path
) -> None:
    carried_out(submit(submission=submission))
    other = tmp_path / "other.csv"
    other.write_text(senior_return(*rows_of(9)), encoding="utf-8")
    sync_file(submission.feed, other)
    assert not submit(submission=submission).replayed


def test_a_file_that_would_be_read_otherwise_now_is_taken_again(submission: Submission) -> None:
    carried_out(submit(submission=submission))
    submission.feed.mapping = {"delimiter": ","}
    submission.feed.save()
    assert not submit(submission=submission).replayed


def test_what_is_on_its_way_is_waited_for_before_a_file_is_called_the_same(
    submission: Submission, tmp_path: Path
) -> None:
    carried_out(submit(submission=submission))
    other = tmp_path / "other.csv"
    other.write_text(senior_return(*rows_of(9)), encoding="utf-8")
    submit(submission=replace(submission, path=other))
    assert not submit(submission=submission).replayed


def test_a_key_names_one_request(submission: Submission) -> None:
    keyed = replace(submission, idempotency_key="march")
    first = submit(submission=keyed)
    assert submit(submission=keyed) == Submitted(first.run, replayed=True)
    with pytest.raises(IdempotencyKeyReused):
        submit(submission=replace(keyed, dry_run=True))
    submission.path.write_text(senior_return(*rows_of(9)), encoding="utf-8")
    with pytest.raises(IdempotencyKeyReused):
        submit(submission=keyed)
    assert FeedRun.objects.get() == first.run


def test_a_day_that_nobody_named_does_not_make_a_retry_another_request(
    submission: Submission,
) -> None:
    keyed = replace(submission, idempotency_key="today", as_of=None)
    first = submit(submission=keyed)
    assert first.run.as_of == NOW.date()
    assert submit(submission=replace(keyed, now=NOW + timedelta(days=1))).run == first.run


def test_a_key_means_another_request_in_another_feed(submission: Submission) -> None:
    body = Organisation.objects.create(slug="harbours", name="Harbours Agency")
    other = Feed.objects.create(slug="harbours", organisation=body, connector="organogram")
    keyed = replace(submission, idempotency_key="march")
    assert submit(submission=keyed).run != submit(submission=replace(keyed, feed=other)).run


def test_a_file_above_the_limit_is_refused(
    submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", submission.path.stat().st_size)
    submit(submission=submission)
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", submission.path.stat().st_size - 1)
    with pytest.raises(FileTooLarge):
        submit(submission=replace(submission, as_of=DAY + timedelta(days=1)))


def test_another_file_than_was_sent_is_refused(submission: Submission) -> None:
    with pytest.raises(DigestMismatch):
        submit(submission=replace(submission, content_digest="0" * 64))
    digest = sha256(submission.path.read_bytes()).hexdigest()
    submit(submission=replace(submission, content_digest=digest))


@pytest.mark.parametrize(("state", "refusal"), [("paused", FeedPaused), ("retired", FeedRetired)])
def test_a_resting_feed_takes_nothing_and_still_answers_for_what_it_took(
    state: str, refusal: type[Exception], submission: Submission
) -> None:
    keyed = replace(submission, idempotency_key="march")
    first = submit(submission=keyed)
    Feed.objects.update(state=state)
    assert submit(submission=keyed).run == first.run
    with pytest.raises(refusal):
        submit(submission=replace(submission, as_of=DAY + timedelta(days=1)))
    submission.feed.refresh_from_db()
    with pytest.raises(refusal):
        sync_file(submission.feed, submission.path)
    assert FeedRun.objects.count() == 1


@pytest.fixture
def twelve(submission: Submission) -> Iterator[ThreadPoolExecutor]:
    """Twelve senders at once, each with a connection that is closed in the end."""
    with ThreadPoolExecutor(12) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_under_one_key_are_one_run(
    submission: Submission, twelve: ThreadPoolExecutor, migrated_rows: None
) -> None:
    def send(key: str) -> Submitted:
        try:
            return submit(submission=replace(submission, idempotency_key=key))
        finally:
            connection.close()

    for round_number in range(5):
        sent = list(twelve.map(send, [f"round {round_number}"] * 12))
        assert len({submitted.run.pk for submitted in sent}) == 1
        assert sorted(submitted.replayed for submitted in sent) == [False] + [True] * 11
    assert FeedRun.objects.count() == ProcrastinateJob.objects.count() == 5
    assert len(kept()) == 1
    connections.close_all()
