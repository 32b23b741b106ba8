"""
Parts of a stacked file that wait: each stands on the one before, which may be held.

Once the held part is released or rejected, the next one has its turn by itself, so a file
of twelve returns is delivered once and judged return by return.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from directory.models import FeedRun
from directory.records import Delivery
from directory.sync import report
from directory.sync.receiving import keep_file, kept_file, open_parts


def held_before(*, run: FeedRun) -> bool:
    """Whether an earlier part of the same file and kind still waits for somebody's decision."""
    return (
        _same_file(run=run)
        .filter(state=FeedRun.State.HELD, as_of__lt=run.as_of, received_at__lte=run.received_at)
        .exists()
    )


def let_wait(*, run: FeedRun, path: Path, now: datetime) -> None:
    """Leave the run received, and keep its file for its turn."""
    keep_file(path=path, digest=run.content_digest)
    note = "waits until the held run before it is released or rejected"
    report.step(run=run, state=FeedRun.State.RECEIVED, note=note, now=now)


def resume(
    *, after: FeedRun, carry_out: Callable[[FeedRun, Delivery, str], None], now: datetime
) -> list[FeedRun]:
    """
    Give the parts that waited for a run their turn, until one is held again.

    carry_out: plans and applies one run of a delivery with its salt.
    """
    path = kept_file(digest=after.content_digest)
    if not path.exists():
        return []
    parts, salt = open_parts(feed=after.feed, path=path)
    by_day = {(part.kind.value, part.as_of): part for part in parts}
    resumed = []
    for run in _waiting(after=after):
        part = by_day.get((run.kind, run.as_of))
        if part is None:
            # A mapping or connector changed meanwhile, and reads the file otherwise.
            message = "The file is read otherwise than when it was delivered; deliver it again."
            report.failed(run=run, code="delivery_read_otherwise", message=message, now=now)
            continue
        carry_out(run, part, salt)
        resumed.append(run)
        if run.state == FeedRun.State.HELD:
            return resumed
    if not FeedRun.objects.filter(
        content_digest=after.content_digest, state=FeedRun.State.RECEIVED
    ).exists():
        path.unlink(missing_ok=True)
    return resumed


def _waiting(*, after: FeedRun) -> list[FeedRun]:
    waiting = _same_file(run=after).filter(state=FeedRun.State.RECEIVED, as_of__gt=after.as_of)
    return list(waiting.select_related("feed__organisation").order_by("as_of", "received_at"))


def _same_file(*, run: FeedRun) -> QuerySet[FeedRun]:
    return FeedRun.objects.filter(
        feed=run.feed_id, kind=run.kind, content_digest=run.content_digest, dry_run=False
    )
