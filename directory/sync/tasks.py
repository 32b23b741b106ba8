"""
What the worker does: deliveries, in line within each feed, and upkeep beside them.

A job may be done twice, and then the second time there is nothing left to do.
"""

import logging
import traceback
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from accounts.budgets import forget_spent
from accounts.client_credentials import forget_lapsed
from accounts.sessions import forget_ended
from directory.alerts import tell_administrators
from directory.audit_heads import export_heads
from directory.saved_searches.digests import send_search_digests
from directory.search.in_vain import forget_old
from directory.sync.attempt import PASSING
from directory.sync.delivering import deliver, give_up
from directory.sync.digests import send_digests
from directory.sync.effective import take_effect
from directory.sync.inbox import Inbox
from directory.sync.keeping import forget_leftovers
from directory.sync.notices import note_late_feeds
from directory.sync.orphans import lost_jobs, pick_up_orphans
from directory.sync.queue import CARRY_OUT, DELIVERIES, UPKEEP
from directory.sync.samples import forget_old_samples

log = logging.getLogger(__name__)

#: How often a run is tried while the database is disturbed, or workers die of it: 8 minutes.
MAX_ATTEMPTS = 8

HEARTBEAT_SECONDS = 5
#: A worker that was not heard of for so long is dead; well above its heartbeat.
STALLED_AFTER_SECONDS = 20

#: Upkeep is one line, and what else stands in it comes every 10 seconds: nothing may hold it up.
SEARCH_DIGEST_SECONDS = 5

_EVERY_MINUTE = "* * * * *"
_EVERY_10_SECONDS = "* * * * * */10"
_EVERY_HOUR = "7 * * * *"


#: Remembers how the folders were at this worker's last look.
_inbox = Inbox()


class Disturbed(Exception):
    """An attempt was in vain; only the kind of error is told, never values of rows."""


@app.task(
    name=CARRY_OUT,
    queue=DELIVERIES,
    pass_context=True,
    retry=RetryStrategy(
        max_attempts=MAX_ATTEMPTS, exponential_wait=2, retry_exceptions=[Disturbed]
    ),
)
def carry_out_run(context: JobContext, *, run_id: str) -> None:
    """
    Carry out a submitted run.

    :raises Disturbed: to be tried again, a little later each time.
    """
    try:
        for run in deliver(run_id=UUID(run_id), now=timezone.now()):
            log.info("Run %s of %s: %s", run.pk, run.feed.slug, run.state)
    except PASSING as error:
        if context.job.attempts >= MAX_ATTEMPTS:
            close_old_connections()
            _give_up(run_id)
        raise Disturbed(type(error).__name__) from None
    except Exception as error:  # noqa: BLE001 - the run says that it crashed; here is where
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("Run %s crashed with %s:\n%s", run_id, type(error).__name__, where)


@app.periodic(cron=_EVERY_10_SECONDS)
@app.task(name="directory.recover", queue=UPKEEP, queueing_lock="recover", pass_context=True)
async def recover(context: JobContext, timestamp: int) -> None:
    """Take up what dead workers left, or living ones lost, and runs that no job is about."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    lost = await sync_to_async(lost_jobs)(now=timezone.now())
    for job in {job.id: job for job in (*stalled, *lost)}.values():
        try:
            if job.queue == DELIVERIES and job.attempts < MAX_ATTEMPTS:
                await manager.retry_job(job)
                continue
            if job.queue == DELIVERIES:
                await sync_to_async(_give_up)(str(job.task_kwargs["run_id"]))
            # Upkeep comes round by itself.
            await manager.finish_job(job, Status.FAILED, delete_job=job.queue == UPKEEP)
        except ConnectorException:
            log.info("Job %s was taken up by another worker.", job.id)
    await sync_to_async(pick_up_orphans)(now=timezone.now())


@app.periodic(cron=_EVERY_10_SECONDS)
@app.task(name="directory.look_into_inbox", queue=UPKEEP, queueing_lock="inbox")
def look_into_inbox(timestamp: int) -> None:
    """Submit the files that were dropped and are complete."""
    for submitted in _inbox.look(now=timezone.now()):
        log.info("Run %s: taken from the inbox", submitted.run.pk)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="directory.tidy", queue=UPKEEP, queueing_lock="tidy")
def tidy(timestamp: int) -> None:
    """Delete files, words searched in vain, sessions, tokens and counts nobody needs any more."""
    now = timezone.now()
    forget_leftovers(now=now)
    forget_old_samples(now=now)
    forget_old(today=timezone.localdate(now))
    forget_spent(now=now)
    forget_ended(now=now)
    forget_lapsed(now=now)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="directory.write_down_heads", queue=UPKEEP, queueing_lock="write_down_heads")
def write_down_heads(timestamp: int) -> None:
    """Write the heads of the audit's chains to the file outside the database."""
    export_heads(path=settings.AUDIT_HEADS_FILE, now=timezone.now())


# Every hour, so that a day begins soon after midnight wherever the directory is kept, and a worker
# that was down at that minute makes up for it.
@app.periodic(cron=_EVERY_HOUR)
@app.task(name="directory.take_effect", queue=UPKEEP, queueing_lock="take_effect")
def let_days_take_effect(timestamp: int) -> None:
    """Start and end the posts whose day has come."""
    now = timezone.now()
    effects = take_effect(today=timezone.localtime(now).date(), now=now)
    log.info("%d posts started, %d ended", effects.started, effects.ended)


@app.periodic(cron=_EVERY_MINUTE)
@app.task(name="directory.tell_owners", queue=UPKEEP, queueing_lock="tell_owners")
def tell_owners(timestamp: int) -> None:
    """Tell those who look after feeds what was held, refused or late."""
    now = timezone.now()
    note_late_feeds(now=now)
    send_digests(now=now)


@app.periodic(cron=_EVERY_MINUTE)
@app.task(name="directory.tell_administrators", queue=UPKEEP, queueing_lock="tell_administrators")
def tell_of_alerts(timestamp: int) -> None:
    """Tell administrators of what looks like somebody taking the directory away."""
    if told := tell_administrators(now=timezone.now()):
        log.warning("Administrators were told of %d alerts", told)


@app.periodic(cron=_EVERY_MINUTE)
@app.task(name="directory.tell_who_is_new", queue=UPKEEP, queueing_lock="tell_who_is_new")
def tell_who_is_new(timestamp: int) -> None:
    """Tell people who is new in their saved searches, some of them each minute until all are."""
    send_search_digests(now=timezone.now(), seconds=SEARCH_DIGEST_SECONDS)


def _give_up(run_id: str) -> None:
    message = f"Given up after {MAX_ATTEMPTS} attempts; send the delivery again."
    give_up(run_id=UUID(run_id), code="crashed", message=message, now=timezone.now())
