"""Computes a run's plan on what its feed holds now, and sets it beside the feed's limits."""

from datetime import datetime

from directory.models import Feed, FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.apply import last_applied
from directory.sync.planning import compute_plan
from directory.sync.receiving import refuse_stale_delivery
from directory.sync.safety import Limits, Refusal, judge


def judged_plan(*, run: FeedRun, delivery: Delivery, salt: str, now: datetime) -> list[Refusal]:
    """
    Compute the plan of a run that has none, and judge it.

    Returns every safeguard that fires.

    :raises StaleDelivery: if the feed stands at a later day.
    """
    run.base_run = last_applied(run=run)
    refuse_stale_delivery(run=run, base=run.base_run)
    planned, totals = compute_plan(delivery=delivery, run=run, salt=salt, now=now)
    report.planned(
        run=run, totals=totals, faults=planned.faults, plan_digest=planned.digest, now=now
    )
    return judge(totals=totals, limits=limits_of(feed=run.feed))


def limits_of(*, feed: Feed) -> Limits:
    """What one run of the feed may do by itself."""
    return Limits(
        departures_percent=float(feed.departures_limit_percent),
        departures_floor=feed.departures_floor,
        week_departures_percent=float(feed.week_departures_limit_percent),
        week_departures_floor=feed.week_departures_floor,
        known_keys_floor_percent=float(feed.known_keys_floor_percent),
        changed_percent=float(feed.changed_limit_percent),
        blanked_percent=float(feed.blanked_limit_percent),
        faults_percent=float(feed.faults_limit_percent),
        faults_floor=feed.faults_floor,
    )
