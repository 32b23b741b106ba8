"""
The way in, told in order: a delivery becomes a run that is applied, held or refused.

    receive -> stage -> read -> validate -> match -> plan -> judge -> apply
"""

import gc
from datetime import datetime

from directory.models import FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.apply import StalePlan, apply_plan, last_applied
from directory.sync.planning import compute_plan
from directory.sync.receiving import Order, Received, StaleDelivery, receive, refuse_stale_delivery
from directory.sync.safety import Limits, judge
from directory.sync.waiting import held_before, let_wait


def sync(*, order: Order) -> list[FeedRun]:
    """Sync a file: one run for each dated part of it, each applied, held or refused by itself."""
    return [_sync_part(order=order, received=received) for received in receive(order=order)]


def _sync_part(*, order: Order, received: Received) -> FeedRun:
    run = received.run
    if received.delivery is None:
        return run
    if held_before(run=run):
        let_wait(run=run, path=order.path, now=order.now)
        return run
    carry_out(run=run, delivery=received.delivery, salt=received.salt, now=order.now)
    return run


def carry_out(*, run: FeedRun, delivery: Delivery, salt: str, now: datetime) -> None:
    """Plan a received run and, unless it is refused, held or only tried, apply it."""
    # Rows by the hundred thousand make no cycles; looking for some takes a tenth of the time.
    gc.disable()
    try:
        run.base_run = last_applied(run=run)
        refuse_stale_delivery(run=run, base=run.base_run)
        planned, totals = compute_plan(delivery=delivery, run=run, salt=salt)
        report.planned(
            run=run, totals=totals, faults=planned.faults, plan_digest=planned.digest, now=now
        )
        if refusals := judge(totals=totals, limits=_limits(run)):
            report.held(run=run, refusals=refusals, now=now)
        elif not run.dry_run:
            apply_plan(run=run, now=now)
    except (StaleDelivery, StalePlan) as refusal:
        report.failed(run=run, code=refusal.code, message=str(refusal), now=now)
    except BaseException as error:
        # Whatever broke, nothing was applied: the trace says so before the error goes on.
        report.failed(run=run, code="crashed", message=type(error).__name__, now=now)
        raise
    finally:
        gc.enable()


def _limits(run: FeedRun) -> Limits:
    return Limits(
        departures_percent=float(run.feed.departures_limit_percent),
        known_keys_floor_percent=float(run.feed.known_keys_floor_percent),
    )
