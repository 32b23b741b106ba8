"""
The way in, told in order: a delivery becomes a run that is applied, held or refused.

    receive -> stage -> read -> validate -> match -> plan -> judge -> apply
"""

from datetime import datetime
from pathlib import Path

from directory.models import FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.apply import apply_plan
from directory.sync.attempt import attempt
from directory.sync.judging import judged_plan
from directory.sync.locks import feed_to_ourselves
from directory.sync.receiving import Order, Received, keep_file, receive
from directory.sync.waiting import held_before, let_wait


def sync(*, order: Order) -> list[FeedRun]:
    """Sync a file: one run for each dated part of it, each applied, held or refused by itself."""
    with feed_to_ourselves(feed_id=order.feed.pk):
        parts = receive(order=order)
        return [have_turn(received=part, path=order.path, now=order.now) for part in parts]


def have_turn(*, received: Received, path: Path, now: datetime, again: bool = False) -> FeedRun:
    """Carry out one part of a file, unless it was refused or has to wait for an earlier one."""
    run, delivery, salt = received.run, received.delivery, received.salt
    if delivery is not None and held_before(run=run):
        let_wait(run=run, path=path, now=now)
    elif delivery is not None:
        carry_out(run=run, delivery=delivery, path=path, salt=salt, now=now, again=again)
    return run


def carry_out(
    *, run: FeedRun, delivery: Delivery, path: Path, salt: str, now: datetime, again: bool = False
) -> None:
    """Plan a received run of a file and, unless it is refused, held or only tried, apply it."""
    with attempt(run=run, again=again, now=now) as is_to_do:
        if not is_to_do:
            return
        if refusals := judged_plan(run=run, delivery=delivery, salt=salt, now=now):
            if not run.dry_run:
                keep_file(run=run, path=path)
            report.held(run=run, refusals=refusals, now=now)
        elif not run.dry_run:
            apply_plan(run=run, now=now)
