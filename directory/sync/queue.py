"""The queue in front of the worker."""

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from directory.models import FeedRun

#: What the worker's task is called, and the two lines that jobs stand in.
CARRY_OUT = "directory.carry_out"
DELIVERIES = "deliveries"
UPKEEP = "upkeep"

#: Writes jobs over Django's connection, so that run and job are committed together, or neither.
_queue = JobManager(DjangoConnector())


def enqueue(*, run: FeedRun) -> None:
    """
    Have the worker carry out a run, once the transaction we are in is committed.

    One after the other within a feed, in the order they were submitted.
    """
    configure_task(
        name=CARRY_OUT, job_manager=_queue, queue=DELIVERIES, lock=f"feed {run.feed_id}"
    ).defer(run_id=str(run.pk))


def is_queued(*, run: FeedRun) -> bool:
    """Whether a job for the run waits or is at work."""
    return ProcrastinateJob.objects.filter(
        task_name=CARRY_OUT, args__run_id=str(run.pk), status__in=("todo", "doing")
    ).exists()
