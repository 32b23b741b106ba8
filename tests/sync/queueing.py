"""Deliveries that wait in the queue, and what becomes of them when their worker does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from django.db import connection
from procrastinate.contrib.django import app

from directory.models import Feed, FeedRun
from directory.sync.submitting import Submission, submit
from tests.connectors.deliveries import senior_return
from tests.sync.tides import NOW, rows_of


def submission(feed: Feed, folder: Path, *, posts: int = 10, day: int = 1) -> Submission:
    """A return of so many posts, as it stood on a day of March."""
    path = folder / f"{feed.slug}-{posts}.csv"
    path.write_text(senior_return(*rows_of(posts)), encoding="utf-8")
    return Submission(
        feed=feed,
        path=path,
        file_name=path.name,
        as_of=date(2026, 3, day),
        complete=True,
        dry_run=False,
        channel=FeedRun.Channel.API,
        now=NOW,
    )


def states() -> list[str]:
    return list(FeedRun.objects.order_by("received_at").values_list("state", flat=True))


def change_queue(statement: str) -> None:
    """Change the queue behind the worker's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def die_at_work() -> None:
    """Leave the jobs as a worker does that was killed at them a minute ago."""
    change_queue(
        "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
        "              VALUES (now() - interval '1 minute') RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead"
    )


def lose_job(lost: Submission) -> None:
    """Leave the job as a living worker does that could not write down that it is done with it."""
    submit(submission=lost)
    change_queue(
        "WITH living AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = living.id FROM living"
    )
    change_queue("UPDATE procrastinate_events SET at = at - interval '1 minute'")


@contextmanager
def held_elsewhere(feed: Feed) -> Iterator[None]:
    """Somebody else is at the feed."""
    values = connection.get_connection_params()
    values.pop("cursor_factory"), values.pop("context", None)
    with psycopg.connect(**values) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [0x0C20, str(feed.pk)])
        yield


def recover() -> None:
    """Have the next worker look for what was left."""
    app.configure_task("directory.recover", queue="upkeep").defer(timestamp=0)
