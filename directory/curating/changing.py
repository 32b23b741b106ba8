"""What every change of a feed begins and ends with: may it be changed, and who did what and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.models import User
from directory.curating.remit import FeedRefused, require_decider
from directory.models import Feed, FeedRun, FeedTrailEntry
from directory.sync.keeping import UNSETTLED

Deed = FeedTrailEntry.Deed


class AlreadyRetired(FeedRefused):
    """A retired feed is never changed again."""


class RunsUnsettled(FeedRefused):
    """A run of the feed is under way or waits for a decision."""


@contextmanager
def changing(*, feed: Feed, actor: User, now: datetime) -> Iterator[Feed]:
    """
    The feed as it stands, locked against a second change at once, if this person may change it.

    :raises MayNotCurate: if they may not.
    :raises AlreadyRetired: if nobody may any more.
    """
    require_decider(user=actor, feed=feed, now=now)
    with transaction.atomic():
        held = (
            Feed.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=feed.pk)
        )
        require_open(feed=held)
        yield held


def require_settled(*, feed: Feed) -> None:
    """
    Let through a feed none of whose runs has anything to come.

    :raises RunsUnsettled: otherwise.
    """
    open_runs = FeedRun.objects.filter(UNSETTLED, feed=feed).count()
    if open_runs:
        raise RunsUnsettled(
            f"{open_runs} {'run is' if open_runs == 1 else 'runs are'} under way or held;"
            " wait for them, or release or reject them first."
        )


def require_open(*, feed: Feed) -> None:
    """
    Let through a feed that is not retired.

    :raises AlreadyRetired: otherwise.
    """
    if feed.state == Feed.State.RETIRED:
        raise AlreadyRetired("This feed is retired; nothing about it is changed any more.")


def write_trail(
    *, feed: Feed, deed: str, by: User | None, at: datetime, note: str = "", reason: str = ""
) -> None:
    """Add a line to the feed's trail."""
    FeedTrailEntry.objects.create(feed=feed, deed=deed, note=note, reason=reason, by=by, at=at)
