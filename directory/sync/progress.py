"""
How far a run has come: written into its row between chunks, read by pages, API and commands.

Written outside the transaction that applies, so that everybody sees it at once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from directory.models import FeedRun

STAGING = "staging"
READING = "reading"
DECIDING = "deciding"
APPLYING = "applying"

Watcher = Callable[[FeedRun], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@dataclass(frozen=True, slots=True)
class Pace:
    """
    How fast rows are done, and how long the rest takes; None while nobody can tell.

    Of the time that applying takes, rows say nothing: it is not in `seconds_left`.
    """

    rows_per_second: float | None
    seconds_left: float | None


def pace(*, rows_done: int, rows_total: int, started_at: datetime | None, now: datetime) -> Pace:
    """The pace of a run since it was started."""
    if started_at is None or not rows_done:
        return Pace(None, None)
    seconds = (now - started_at).total_seconds()
    if seconds <= 0:
        return Pace(None, None)
    rate = rows_done / seconds
    return Pace(rate, max(rows_total - rows_done, 0) / rate)


def begin_step(*, run: FeedRun, step: str, rows_total: int | None = None) -> None:
    """Note what is done with the run now; `rows_total` once it is known."""
    run.step = step
    if rows_total is not None:
        run.rows_total, run.rows_done = rows_total, 0
    _write(run)


def advance(*, run: FeedRun, rows: int) -> None:
    """
    Note that so many more rows were read, or decided.

    Every changed row is both, one after the other, so each counts for half a row done.
    """
    run.rows_done = min(run.rows_done + (rows + 1) // 2, run.rows_total)
    _write(run)


@contextmanager
def watched(*, watcher: Watcher) -> Iterator[None]:
    """Have every step of the runs in this block told to `watcher` as well."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def _write(run: FeedRun) -> None:
    FeedRun.objects.filter(pk=run.pk).update(
        step=run.step, rows_done=run.rows_done, rows_total=run.rows_total
    )
    if watcher := _watcher.get():
        watcher(run)
