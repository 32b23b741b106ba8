"""Runs that are on their way, and that nobody is at: their process was killed or gave up."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from directory.models import FeedRun
from directory.sync import report
from directory.sync.keeping import UNFINISHED, kept_file
from directory.sync.locks import is_carried_out
from directory.sync.queue import DELIVERIES, enqueue, is_queued
from directory.sync.waiting import held_before

#: Whoever receives a run is at it, or has queued it, well within this time.
ORPHANED_AFTER = timedelta(seconds=30)

_INTERRUPTED = "The process that carried this out was stopped; nothing was applied. Send it again."


def pick_up_orphans(*, now: datetime) -> list[FeedRun]:
    """
    Queue every orphaned run whose file is still there, and fail the others.

    Returns the runs that were picked up or failed, each for the whole of its file.
    """
    open_runs = FeedRun.objects.filter(UNFINISHED, received_at__lt=now - ORPHANED_AFTER)
    picked_up: dict[object, FeedRun] = {}
    for run in open_runs.select_related("feed", "part_of__feed").order_by("received_at"):
        first = run.part_of or run
        if first.pk not in picked_up and not _is_looked_after(run=run, first=first):
            picked_up[first.pk] = first
            if kept_file(run=first).exists():
                enqueue(run=first)
            else:
                report.failed_as_a_whole(
                    run=first, code="interrupted", message=_INTERRUPTED, now=now
                )
    return list(picked_up.values())


def lost_jobs(*, now: datetime) -> list[Job]:
    """
    Jobs that a living worker is done with, and could not write that down.

    The queue believes for good that it is still at them; the lock on the feed knows better.
    """
    at_work = ProcrastinateJob.objects.filter(queue_name=DELIVERIES, status="doing").annotate(
        started_at=Max("procrastinateevent__at", filter=Q(procrastinateevent__type="started"))
    )
    jobs = {job.args["run_id"]: job for job in at_work.filter(started_at__lt=now - ORPHANED_AFTER)}
    return [
        jobs[str(run.pk)].procrastinate_job
        for run in FeedRun.objects.filter(pk__in=jobs)
        if not is_carried_out(feed_id=run.feed_id)
    ]


def _is_looked_after(*, run: FeedRun, first: FeedRun) -> bool:
    return (
        held_before(run=run)
        or is_queued(run=first)
        or is_queued(run=run)
        or is_carried_out(feed_id=run.feed_id)
    )
