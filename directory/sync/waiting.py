"""
Parts of a stacked file that wait: each stands on the one before, which may be held.

Once the held part is released or rejected, the next one has its turn by itself, so a file
of twelve returns is delivered once and judged return by return.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from directory.connectors.contract import UnreadableDelivery
from directory.models import FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.keeping import forget_file, kept_file
from directory.sync.receiving import (
    READ_OTHERWISE,
    READ_OTHERWISE_HINT,
    keep_file,
    open_parts,
)


def held_before(*, run: FeedRun) -> bool:
    """Whether an earlier part of the same file and kind still waits for somebody's decision."""
    return (
        _same_file(run=run)
        .filter(state=FeedRun.State.HELD, as_of__lt=run.as_of, received_at__lte=run.received_at)
        .exists()
    )


def let_wait(*, run: FeedRun, path: Path, now: datetime) -> None:
    """Leave the run received, and keep its file for its turn."""
    keep_file(run=run, path=path)
    note = "waits until the held run before it is released or rejected"
    if not run.trail or run.trail[-1]["note"] != note:
        report.step(run=run, state=FeedRun.State.RECEIVED, note=note, now=now)


def resume(
    *, after: FeedRun, carry_out: Callable[[FeedRun, Delivery, str], None], now: datetime
) -> list[FeedRun]:
    """
    Give the parts that waited for a run their turn, until one is held again.

    carry_out: plans and applies one run of a delivery with its salt.
    """
    waiting = _waiting(after=after)
    parts, salt = reopened(run=after) if waiting else ([], "")
    resumed: list[FeedRun] = []
    for run in waiting:
        part = part_of(run=run, parts=parts)
        if part is None:
            # A mapping or connector changed meanwhile, and reads the file otherwise.
            report.failed(run=run, code=READ_OTHERWISE, message=READ_OTHERWISE_HINT, now=now)
            continue
        carry_out(run, part, salt)
        resumed.append(run)
        if run.state == FeedRun.State.HELD:
            break
    forget_file(run=after)
    return resumed


def reopened(*, run: FeedRun) -> tuple[Sequence[Delivery], str]:
    """The parts of the file kept for a run, and the salt of their rows; none if it is lost."""
    path = kept_file(run=run)
    if not path.exists():
        return (), ""
    try:
        return open_parts(feed=run.feed, path=path, file_name=run.file_name)
    except UnreadableDelivery:
        # The feed's mapping changed meanwhile, and the file does not follow it.
        return (), ""


def part_of(*, run: FeedRun, parts: Sequence[Delivery]) -> Delivery | None:
    """The part that the run was made for; a plain file has one and may not say its day."""
    return next((p for p in parts if p.kind == run.kind and p.as_of in (None, run.as_of)), None)


def _waiting(*, after: FeedRun) -> list[FeedRun]:
    waiting = _same_file(run=after).filter(state=FeedRun.State.RECEIVED, as_of__gt=after.as_of)
    return list(waiting.select_related("feed__organisation").order_by("as_of", "received_at"))


def _same_file(*, run: FeedRun) -> QuerySet[FeedRun]:
    return FeedRun.objects.filter(
        feed=run.feed_id, kind=run.kind, content_digest=run.content_digest, dry_run=False
    )
