"""
Dates that feeds stated take effect by themselves on their day.

A feed says today who starts next month and whose loan ends in June. Nobody delivers on
those days: what was stated is made to stand to the new day as if it were delivered again.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from directory.changes.due import due_feeds, load_due, load_restated
from directory.changes.planner import plan_for_whole_tables
from directory.changes.stated import clear_stated
from directory.changes.teams import close_empty_teams
from directory.changes.trail import one_act
from directory.models import Feed, FeedRun
from directory.projection import project_touched
from directory.records import DeliveryKind
from directory.sync.apply import lock_feed, write_posts_and_people


@dataclass(frozen=True, slots=True)
class Effects:
    """
    started: appointments that began, moves included.
    ended: appointments whose last day has passed.
    """

    started: int
    ended: int


def take_effect(*, today: date, now: datetime) -> Effects:
    """
    Start and end what is due by `today`, however many days nobody did.

    One transaction for each organisation, one after the other: what was done stays done if a
    later one breaks, and doing it again changes nothing. An end that a feed stated itself is
    no absence, so no safeguard judges it; where the feed extends it later, that delivery
    restores the appointment.
    """
    due: dict[UUID, list[FeedRun]] = defaultdict(list)
    feeds = Feed.objects.filter(pk__in=due_feeds(today=today)).select_related("organisation")
    for feed in feeds.order_by("slug"):
        # Never saved: of a run, the writers ask which part of which feed it is, and of which day.
        stated = FeedRun(feed=feed, kind=DeliveryKind.PEOPLE, as_of=today, received_at=now)
        due[feed.organisation_id].append(stated)
    started = ended = 0
    for runs in due.values():
        with transaction.atomic():
            lock_feed(run=runs[0])
            for stated in runs:
                effects = _take_effect_in(stated=stated, today=today)
                started += effects.started
                ended += effects.ended
    return Effects(started=started, ended=ended)


def settle_undone(*, run: FeedRun, today: date) -> None:
    """
    Let those whom an undone run spoke of stand to the day as they are stated again.

    What took effect of the run since ends today, and what it had ended goes on. In the undo's
    transaction, which holds the lock; whom it is about is in `touched_person`.
    """
    load_restated(run=run, today=today)
    _write(stated=FeedRun(feed=run.feed, kind=run.kind, as_of=today), today=today)


def _take_effect_in(*, stated: FeedRun, today: date) -> Effects:
    with one_act(effective=today.isoformat(), feed=stated.feed.slug):
        with connection.cursor() as cursor:
            plan_for_whole_tables(cursor=cursor)
        clear_stated()
        ended = load_due(feed_id=stated.feed_id, today=today)
        started = _write(stated=stated, today=today)
    return Effects(started=started, ended=ended)


def _write(*, stated: FeedRun, today: date) -> int:
    started = write_posts_and_people(run=stated, today=today)
    close_empty_teams(run=stated)
    project_touched()
    return started
