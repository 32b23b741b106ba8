"""The runs of one feed and their faults, as whoever pushes to it or looks after it follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from directory.models import Feed, FeedRun, RowFault
from directory.search.cursors import read_cursor, write_cursor


@dataclass(frozen=True, slots=True)
class RunPage:
    """A page of runs, the newest first; `next_cursor` is empty on the last."""

    runs: Sequence[FeedRun]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class FaultPage:
    """A page of a run's faults in the order of its rows; `next_cursor` is empty on the last."""

    faults: Sequence[RowFault]
    next_cursor: str


def runs(*, feed: Feed, size: int, cursor: str) -> RunPage:
    """
    The runs of a feed.

    :raises BadCursor: if the cursor was not made here.
    """
    listing = f"runs of {feed.pk}"
    found = feed.runs.select_related("feed").order_by("-received_at", "id")
    if key := read_cursor(listing=listing, cursor=cursor):
        received_at, run_id = datetime.fromisoformat(key[0]), UUID(key[1])
        found = found.filter(
            Q(received_at__lt=received_at) | Q(received_at=received_at, id__gt=run_id)
        )
    page = list(found[: size + 1])
    following = ""
    if len(page) > size:
        last = page[size - 1]
        key = [last.received_at.isoformat(), str(last.pk)]
        following = write_cursor(listing=listing, key=key)
    return RunPage(page[:size], following)


def run(*, feed: Feed, run_id: UUID) -> FeedRun:
    """
    One run of the feed.

    :raises FeedRun.DoesNotExist: if it is none, or another feed's.
    """
    return FeedRun.objects.select_related("feed").get(feed=feed, pk=run_id)


def faults(*, run: FeedRun, size: int, cursor: str) -> FaultPage:
    """
    The faults of a run.

    :raises BadCursor: if the cursor was not made here.
    """
    listing = f"faults of {run.pk}"
    found = run.faults.order_by("row", "id")
    if key := read_cursor(listing=listing, cursor=cursor):
        row, fault_id = key
        found = found.filter(Q(row__gt=row) | Q(row=row, id__gt=fault_id))
    page = list(found[: size + 1])
    following = ""
    if len(page) > size:
        last = page[size - 1]
        following = write_cursor(listing=listing, key=[last.row, last.pk])
    return FaultPage(page[:size], following)
