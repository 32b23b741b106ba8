"""What the directory holds, row by row, and how a test goes back to it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from directory.checking.check import check_directory
from directory.models import Feed, FeedRun
from directory.sync.apply import apply_plan
from directory.sync.receiving import Order
from directory.sync.run import sync
from directory.sync.undoing import Undone, undo

NOW = timezone.now()
REASON = "That was last year's file"

#: Every table of the product that a run writes, by name.
HELD = (
    "person",
    "post",
    "appointment",
    "team",
    "sourcerecord",
    "expertise",
    "expertisetag",
    "location",
    "case",
    "searchentry",
)

Rows = dict[str, dict[str, Any]]


def rows_held() -> Rows:
    """Every row of the product's tables, times of writing and numbers of entries aside."""
    held: Rows = {}
    with connection.cursor() as cursor:
        for table in HELD:
            key = "person_id" if table == "searchentry" else "id"
            cursor.execute(
                f"SELECT row.{key}::text,"
                " (to_jsonb(row) - 'updated_at' - CASE WHEN %s THEN 'id' ELSE '' END)::text"
                f" FROM directory_{table} row",
                [table == "searchentry"],
            )
            held[table] = dict(cursor.fetchall())
    return held


def differences(before: Rows, after: Rows) -> list[str]:
    """What differs between two times, in words that a failed test can print."""
    found = []
    for table in HELD:
        for key in sorted(before[table].keys() | after[table].keys()):
            said, says = before[table].get(key), after[table].get(key)
            if said != says:
                found.append(f"{table} {key}\n  before: {said}\n  after:  {says}")
    return found


def broken() -> dict[str, tuple[str, ...]]:
    """The invariants that do not hold, with examples."""
    return {
        invariant.name: found.examples
        for invariant, found in check_directory(now=NOW)
        if found.count
    }


def sync_through(
    feed: Feed,
    path: Path,
    *,
    as_of: date,
    complete: bool = True,
    dry_run: bool = False,
    now: datetime = NOW,
) -> list[FeedRun]:
    """Sync a file and apply what a safeguard holds; what is tested is how it goes back."""
    order = Order(
        feed=Feed.objects.select_related("organisation").get(pk=feed.pk),
        path=path,
        as_of=as_of,
        complete=complete,
        submitted_by=None,
        dry_run=dry_run,
        now=now,
    )
    runs = sync(order=order)
    for run in runs if not dry_run else []:
        if run.state == FeedRun.State.HELD:
            apply_plan(run=run, now=now)
        assert run.state == FeedRun.State.APPLIED, run.failure_message
    return runs


def take_back(run: FeedRun, by: User, *, now: datetime = NOW) -> Undone:
    """Undo the run."""
    return undo(run=run, reason=REASON, actor=by, now=now)
