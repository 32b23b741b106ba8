"""
Acts on a plan: everything in one transaction, or nothing.

What is written comes from the plan's table alone, so what was previewed is what
is applied. The run's own row says `applied` in the same transaction.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from directory.changes.appointments import end_appointments, open_appointments
from directory.changes.cases import open_cases
from directory.changes.dates import settle_dates
from directory.changes.expertise import write_expertise
from directory.changes.listing import raise_listings
from directory.changes.people import write_people
from directory.changes.planner import plan_for_whole_tables
from directory.changes.posts import close_unlisted_posts, write_posts
from directory.changes.reporting import draw_lines
from directory.changes.sources import forget_replaced, keep_statements
from directory.changes.stated import load_stated
from directory.changes.teams import close_empty_teams, write_teams, write_units
from directory.changes.trail import one_act
from directory.changes.turns import wait_for_turn
from directory.models import FeedRun
from directory.projection import project_touched
from directory.records import DeliveryKind
from directory.sync import progress

#: For how long a run can be undone, and what it replaced is kept.
UNDO_DAYS: Final = 30


#: What a run counts of its plan that an apply writes.
_WRITTEN = ("creations", "updates", "departures")


class StalePlan(Exception):
    """Another run of the feed was applied since this plan was computed."""

    code = "stale_plan"


def apply_plan(*, run: FeedRun, now: datetime) -> None:
    """
    Apply the run's plan.

    :raises StalePlan: if the database moved on since the plan was computed.
    """
    progress.begin_step(run=run, step=progress.APPLYING)
    with transaction.atomic(), one_act(run=str(run.pk), feed=run.feed.slug) as act:
        lock_feed(run=run)
        refuse_stale_plan(run=run)
        if run.changes.exists():
            _write(run=run, now=now)
        run.state = FeedRun.State.APPLIED
        run.finished_at = now
        note = f"{sum(run.counts.get(name, 0) for name in _WRITTEN):,} changes written"
        run.trail = [*run.trail, {"at": now.isoformat(), "state": run.state, "note": note}]
        run.trail_context, run.written_at = act.context, act.written_at
        run.save(update_fields=["state", "finished_at", "trail", "trail_context", "written_at"])


def last_applied(*, run: FeedRun) -> FeedRun | None:
    """
    The run that this part of the feed stands on, whatever comes of `run`.

    Each applied run names the one it stood on, and the last is the one that nobody names. Times
    would say it only nearly: clocks are set back.
    """
    applied = FeedRun.objects.filter(state=FeedRun.State.APPLIED).exclude(pk=run.pk)
    return (
        applied.filter(feed=run.feed_id, kind=run.kind)
        .exclude(Exists(applied.filter(base_run=OuterRef("pk"))))
        .order_by("-finished_at", "-received_at")
        .first()
    )


def was_overtaken(*, run: FeedRun) -> bool:
    """Whether another run was applied on top of an applied one."""
    return FeedRun.objects.filter(base_run=run, state=FeedRun.State.APPLIED).exists()


def refuse_stale_plan(*, run: FeedRun) -> None:
    """
    Refuse a plan that was computed against an older state of the feed.

    :raises StalePlan: if so; the delivery has to be synced again.
    """
    base = last_applied(run=run)
    if (base.pk if base else None) != run.base_run_id:
        raise StalePlan(
            "Another delivery of this feed was applied since this plan was made; "
            "sync the file again to have a new one."
        )


def write_posts_and_people(*, run: FeedRun, today: date) -> int:
    """
    Write the posts and people that `change` states, all but the statements themselves.

    Returns how many appointments were opened.
    """
    if run.kind in (DeliveryKind.SENIOR, DeliveryKind.JUNIOR):
        write_units(run=run)
    write_posts(run=run)
    end_appointments(run=run)
    write_people(today=today)
    opened = open_appointments(run=run)
    if run.kind in (DeliveryKind.SENIOR, DeliveryKind.JUNIOR):
        close_unlisted_posts(run=run)
    draw_lines(run=run, today=today)
    return opened


def _write(*, run: FeedRun, now: datetime) -> None:
    today = timezone.localtime(now).date()
    forget_replaced(run=run, before=now - timedelta(days=UNDO_DAYS))
    load_stated(run=run, today=today)
    with connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
    settle_dates(run=run)
    keep_statements(run=run)
    if run.kind == DeliveryKind.TEAMS:
        write_teams(run=run)
    else:
        write_posts_and_people(run=run, today=today)
        raise_listings()
        write_expertise(run=run)
        open_cases(run=run)
    close_empty_teams(run=run)
    project_touched()


def lock_feed(*, run: FeedRun) -> None:
    """Wait for other runs of this organisation's feeds; other organisations' are not held up."""
    wait_for_turn(organisation_id=run.feed.organisation_id)
