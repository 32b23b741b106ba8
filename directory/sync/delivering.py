"""What the worker does with a submitted run: carry it out, or go on where that was broken off."""

from datetime import datetime
from uuid import UUID

from directory.models import FeedRun
from directory.sync import report
from directory.sync.keeping import UNFINISHED, forget_file, kept_file
from directory.sync.locks import feed_to_ourselves
from directory.sync.receiving import parts_of
from directory.sync.run import have_turn


def deliver(*, run_id: UUID, now: datetime) -> list[FeedRun]:
    """
    Carry out a submitted run, and every part of its file, in order.

    Called again for the same run, it does what is left to do: nothing, once all are settled.

    :raises PASSING: call again later, see `attempt`.
    """
    run = _run_of_file(run_id=run_id)
    if run is None:
        return []
    # Both the runs of its parts and their turns: a worker taken for dead may be alive after all.
    with feed_to_ourselves(feed_id=run.feed_id):
        runs = _deliver(run=run, now=now)
    forget_file(run=run)
    return runs


def give_up(*, run_id: UUID, code: str, message: str, now: datetime) -> None:
    """Fail the run, and every part of its file that was not carried out either."""
    run = _run_of_file(run_id=run_id)
    if run is not None:
        report.failed_as_a_whole(run=run, code=code, message=message, now=now)
        forget_file(run=run)


def _deliver(*, run: FeedRun, now: datetime) -> list[FeedRun]:
    parts = FeedRun.objects.filter(UNFINISHED)
    if not (parts.filter(pk=run.pk).exists() or parts.filter(part_of=run).exists()):
        return []
    path = kept_file(run=run)
    if not path.exists():
        report.failed_as_a_whole(run=run, code="file_lost", message=_FILE_LOST, now=now)
        return [run]
    return [
        have_turn(received=received, path=path, now=now, again=True)
        for received in parts_of(run=run, path=path, now=now)
    ]


_FILE_LOST = "The file is not there any more, so the delivery cannot be carried out; send it again."


def _run_of_file(*, run_id: UUID) -> FeedRun | None:
    """The run of the first part of the file that a run belongs to."""
    found = FeedRun.objects.select_related("feed__organisation", "part_of__feed__organisation")
    run = found.filter(pk=run_id).first()
    return run.part_of or run if run else None
