"""
The way in, told in order: a delivery becomes a run that is applied, held or refused.

    receive -> stage -> read -> validate -> match -> plan -> judge -> apply
"""

import gc
from datetime import datetime
from pathlib import Path

from directory.models import FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.apply import StalePlan, apply_plan
from directory.sync.judging import judged_plan
from directory.sync.receiving import Order, Received, StaleDelivery, keep_file, receive
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
    carry_out(
        run=run, delivery=received.delivery, path=order.path, salt=received.salt, now=order.now
    )
    return run


def carry_out(*, run: FeedRun, delivery: Delivery, path: Path, salt: str, now: datetime) -> None:
    """Plan a received run of a file and, unless it is refused, held or only tried, apply it."""
    # Rows by the hundred thousand make no cycles; looking for some takes a tenth of the time.
    gc.disable()
    try:
        if refusals := judged_plan(run=run, delivery=delivery, salt=salt, now=now):
            if not run.dry_run:
                keep_file(run=run, path=path)
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
