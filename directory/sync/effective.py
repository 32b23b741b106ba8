"""
Dates that feeds stated take effect by themselves on their day.

A feed says today who starts next month and whose loan ends in June. Nobody delivers on
those days: what was stated is made to stand to the new day as if it were delivered again.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import pghistory
from django.db import connection, transaction

from directory.changes.dates import due_feeds, load_due
from directory.changes.planner import plan_for_whole_tables
from directory.changes.stated import clear_stated
from directory.changes.teams import close_empty_teams
from directory.models import Feed, FeedRun
from directory.projection import project_touched
from directory.records import DeliveryKind
from directory.sync.apply import lock_feeds, write_posts_and_people


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
    due: dict[UUID, list[Feed]] = defaultdict(list)
    for feed in Feed.objects.filter(pk__in=due_feeds(today=today)).order_by("slug"):
        due[feed.organisation_id].append(feed)
    started = ended = 0
    for organisation_id, feeds in due.items():
        with transaction.atomic():
            lock_feeds(organisation_id=organisation_id)
            for feed in feeds:
                effects = _take_effect_in(feed=feed, today=today, now=now)
                started += effects.started
                ended += effects.ended
    return Effects(started=started, ended=ended)


def _take_effect_in(*, feed: Feed, today: date, now: datetime) -> Effects:
    # Never saved: of a run, the writers ask which part of which feed it is, and of which day.
    stated = FeedRun(feed=feed, kind=DeliveryKind.PEOPLE, as_of=today, received_at=now)
    with pghistory.context(feed=feed.slug, effective_on=today.isoformat(), at=now.isoformat()):
        with connection.cursor() as cursor:
            plan_for_whole_tables(cursor=cursor)
        clear_stated()
        ended = load_due(feed_id=feed.pk, today=today)
        started = write_posts_and_people(run=stated, today=today)
        close_empty_teams(run=stated)
        project_touched()
    return Effects(started=started, ended=ended)
