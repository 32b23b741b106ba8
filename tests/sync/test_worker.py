"""The worker: what is queued is carried out, once, whatever dies in the middle."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from directory.models import Feed, FeedRun, Organisation
from directory.sync import delivering, run, tasks
from directory.sync.apply import StalePlan
from directory.sync.locks import feed_to_ourselves
from directory.sync.orphans import pick_up_orphans
from directory.sync.progress import Pace, pace, watched
from directory.sync.submitting import submit
from directory.sync.worker import work
from tests.processes import command, environment, wait_for
from tests.sync.queueing import (
    change_queue,
    die_at_work,
    held_elsewhere,
    lose_job,
    recover,
    states,
    submission,
)
from tests.sync.tides import NOW, people_in_post, sync_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("migrated_rows")]

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def other_feed(feed: Feed) -> Feed:
    """A feed of another department."""
    body = Organisation.objects.create(slug="harbours", name="Harbours Agency")
    return Feed.objects.create(slug="harbours-senior", organisation=body, connector="organogram")


def test_what_was_submitted_is_carried_out_in_its_order(
    feed: Feed, other_feed: Feed, tmp_path: Path
) -> None:
    for day, posts in enumerate((10, 9, 8), start=1):
        submit(submission=submission(feed, tmp_path, posts=posts, day=day))
    submit(submission=submission(other_feed, tmp_path, posts=3))
    work(concurrency=2, until_idle=True)
    assert states() == ["applied"] * 4
    ours = FeedRun.objects.filter(feed=feed).order_by("finished_at")
    assert [one.as_of.day for one in ours] == [1, 2, 3]
    assert people_in_post() == 8 + 3
    assert not ProcrastinateJob.objects.filter(queue_name="deliveries").exists()
    assert not list(Path(settings.DELIVERIES_DIR).iterdir())


def test_a_job_that_is_done_twice_does_nothing_the_second_time(feed: Feed, tmp_path: Path) -> None:
    first = submit(submission=submission(feed, tmp_path)).run
    work(concurrency=1, until_idle=True)
    before = FeedRun.objects.values().get()
    delivering.deliver(run_id=first.pk, now=NOW)
    assert FeedRun.objects.values().get() == before


def test_what_a_dead_worker_was_at_is_taken_up(feed: Feed, tmp_path: Path) -> None:
    submit(submission=submission(feed, tmp_path))
    die_at_work()
    recover()
    work(concurrency=1, until_idle=True)
    assert states() == ["applied"]


def test_a_job_that_a_living_worker_lost_is_taken_up(feed: Feed, tmp_path: Path) -> None:
    lose_job(submission(feed, tmp_path))
    recover()
    work(concurrency=1, until_idle=True)
    assert states() == ["applied"]
    assert not ProcrastinateJob.objects.filter(queue_name="deliveries").exists()


def test_a_job_that_a_living_worker_is_at_is_left_to_it(feed: Feed, tmp_path: Path) -> None:
    lose_job(submission(feed, tmp_path))
    with held_elsewhere(feed):
        recover()
        work(concurrency=1, until_idle=True)
    assert states() == ["received"]


def test_a_delivery_that_every_worker_dies_of_is_given_up(feed: Feed, tmp_path: Path) -> None:
    submit(submission=submission(feed, tmp_path))
    die_at_work()
    change_queue(f"UPDATE procrastinate_jobs SET attempts = {tasks.MAX_ATTEMPTS}")
    recover()
    work(concurrency=1, until_idle=True)
    assert FeedRun.objects.get().failure_code == "crashed"


def test_a_disturbed_database_makes_it_wait_and_not_fail(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(submission=submission(feed, tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(run, "apply_plan", _raise(OperationalError("terminating connection")))
        work(concurrency=1, until_idle=True)
    assert states() == ["planned"]
    job = ProcrastinateJob.objects.get(queue_name="deliveries")
    assert (job.status, job.attempts) == ("todo", 1)
    change_queue("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    work(concurrency=1, until_idle=True)
    assert states() == ["applied"]


def test_a_copy_that_the_database_breaks_off_counts_as_disturbed(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(submission=submission(feed, tmp_path))
    monkeypatch.setattr(run, "judged_plan", _raise(psycopg.OperationalError("gone")))
    work(concurrency=1, until_idle=True)
    assert states() == ["received"]


def test_a_plan_that_a_release_overtook_is_made_anew(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(submission=submission(feed, tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(run, "apply_plan", _raise(StalePlan("another delivery was applied")))
        work(concurrency=1, until_idle=True)
    assert states() == ["planned"]
    change_queue("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    work(concurrency=1, until_idle=True)
    assert states() == ["applied"]


def test_after_many_disturbances_the_run_fails(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(submission=submission(feed, tmp_path))
    change_queue(f"UPDATE procrastinate_jobs SET attempts = {tasks.MAX_ATTEMPTS}")
    monkeypatch.setattr(run, "apply_plan", _raise(OperationalError("terminating connection")))
    work(concurrency=1, until_idle=True)
    assert FeedRun.objects.get().failure_code == "crashed"
    assert ProcrastinateJob.objects.get(queue_name="deliveries").status == "failed"


def test_a_crash_is_told_without_what_was_in_the_rows(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    submit(submission=submission(feed, tmp_path))
    monkeypatch.setattr(run, "apply_plan", _raise(ValueError("Ada Quilla")))
    work(concurrency=1, until_idle=True)
    assert FeedRun.objects.get().failure_code == "crashed"
    assert "ValueError" in caplog.text
    assert "Ada Quilla" not in caplog.text


def test_a_run_that_nobody_is_at_is_queued_again(feed: Feed, tmp_path: Path) -> None:
    submit(submission=submission(feed, tmp_path))
    change_queue("DELETE FROM procrastinate_jobs")
    assert pick_up_orphans(now=timezone.now()) == []
    (picked_up,) = pick_up_orphans(now=timezone.now() + LONG_AGO)
    assert pick_up_orphans(now=timezone.now() + LONG_AGO) == []
    work(concurrency=1, until_idle=True)
    picked_up.refresh_from_db()
    assert picked_up.state == "applied"


def test_a_run_whose_process_and_file_are_gone_fails(feed: Feed, tmp_path: Path) -> None:
    sync_file(feed, submission(feed, tmp_path).path)
    FeedRun.objects.update(state="parsed", finished_at=None)
    pick_up_orphans(now=timezone.now() + LONG_AGO)
    assert FeedRun.objects.get().failure_code == "interrupted"


def test_a_run_that_somebody_is_at_is_left_to_them(feed: Feed, tmp_path: Path) -> None:
    sync_file(feed, submission(feed, tmp_path).path)
    FeedRun.objects.update(state="parsed")
    with held_elsewhere(feed):
        assert pick_up_orphans(now=timezone.now() + LONG_AGO) == []
    assert len(pick_up_orphans(now=timezone.now() + LONG_AGO)) == 1


def test_the_lock_on_a_feed_may_be_taken_by_its_holder_again(feed: Feed) -> None:
    with feed_to_ourselves(feed_id=feed.pk), feed_to_ourselves(feed_id=feed.pk):
        pass


def test_how_far_a_run_has_come_is_told(feed: Feed, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with watched(watcher=lambda one: seen.append((one.step, one.rows_done, one.rows_total))):
        sync_file(feed, submission(feed, tmp_path).path)
    assert seen == [
        ("staging", 0, 0),
        ("reading", 0, 10),
        ("reading", 5, 10),
        ("deciding", 5, 10),
        ("deciding", 10, 10),
        ("applying", 10, 10),
    ]
    done = FeedRun.objects.get()
    assert (done.rows_done, done.rows_total) == (10, 10)
    assert done.started_at == NOW


@pytest.mark.parametrize(
    ("rows_done", "seconds", "expected"),
    [
        (0, 10, Pace(None, None)),
        (50, 0, Pace(None, None)),
        (50, 10, Pace(5.0, 10.0)),
        (100, 10, Pace(10.0, 0.0)),
    ],
)
def test_the_pace_says_how_long_the_rest_takes(
    rows_done: int, seconds: int, expected: Pace
) -> None:
    start = datetime(2026, 4, 1, tzinfo=UTC)
    now = start + timedelta(seconds=seconds)
    assert pace(rows_done=rows_done, rows_total=100, started_at=start, now=now) == expected


def test_a_run_that_was_not_started_has_no_pace() -> None:
    assert pace(rows_done=1, rows_total=2, started_at=None, now=NOW) == Pace(None, None)


def test_a_worker_at_no_delivery_at_a_time_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("worker", "--concurrency=0")


def test_a_worker_carries_out_what_comes_and_stops_when_it_is_told(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "state" / "deliveries")
    with worker_process(tmp_path / "state") as process:
        submit(submission=submission(feed, tmp_path, posts=9))
        wait_for(lambda: states() == ["applied"])
        # The feed's next run has its turn once the job is put away, a moment after the run.
        wait_for(_nothing_under_way)
        submit(submission=submission(feed, tmp_path, day=2))
        assert wait_for(lambda: states() == ["applied"] * 2) < 5
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_worker_ends_with_whoever_holds_its_input_open(feed: Feed, tmp_path: Path) -> None:
    with worker_process(
        tmp_path / "state", "--until-stdin-closes", stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0


@contextmanager
def worker_process(
    state_dir: Path, *options: str, **more: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as a process of its own, which is gone afterwards."""
    process = subprocess.Popen(
        command("worker", *options), env=environment(state_dir=state_dir), **more
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _nothing_under_way() -> bool:
    jobs = ProcrastinateJob.objects.filter(queue_name="deliveries", status="doing")
    return not jobs.exists()


def _raise(error: Exception) -> Any:
    def fail(**_: object) -> None:
        raise error

    return fail
