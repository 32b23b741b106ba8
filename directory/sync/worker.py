"""
Runs the worker: the tasks of `tasks.py`, until it is told to stop.

Deliveries of several feeds are carried out at a time, one of each. Upkeep has a line of its
own, so that it is never behind them.
"""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import BinaryIO

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

from directory.postgresql.disturbances import DISTURBANCES
from directory.sync.queue import DELIVERIES, UPKEEP
from directory.sync.tasks import HEARTBEAT_SECONDS, STALLED_AFTER_SECONDS

log = logging.getLogger(__name__)

#: After the database went away, the worker tries to reach it again this often.
RESTART_SECONDS = 1
#: A line that gets no connection for so long ends, and is begun anew. The lines share a few for
#: statements of milliseconds, so that only a dead database keeps them waiting; psycopg's own
#: 30 seconds, waited for twice as a line ends, would alone be the minute a run may take.
CONNECTION_SECONDS = 3


def work(
    *, concurrency: int, until_idle: bool = False, until_closed: BinaryIO | None = None
) -> None:
    """
    Work until SIGTERM or SIGINT; what is being carried out then is finished first.

    concurrency: how many deliveries at a time.
    until_idle: return once nothing is to be done now.
    until_closed: stop when this comes to its end, as a pipe does when its writer dies.
    """
    asyncio.run(_work(concurrency, until_idle, until_closed))


async def _work(concurrency: int, until_idle: bool, until_closed: BinaryIO | None) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 3))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if until_closed is not None:
        Thread(target=_stop_at_end, args=(until_closed, loop, stop), daemon=True).start()
    while not stop.is_set():
        try:
            await _serve(concurrency, until_idle, stop)
            if until_idle and not await asyncio.to_thread(_is_work_waiting):
                return
        except (*DISTURBANCES, ConnectorException) as error:
            log.warning("The database is disturbed (%s); trying again.", type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RESTART_SECONDS)


async def _serve(concurrency: int, until_idle: bool, stop: asyncio.Event) -> None:
    """Run both lines until one of them ends, or all if they end when idle, or `stop` is set."""
    await asyncio.to_thread(_reach_database)
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=4, timeout=CONNECTION_SECONDS
    )
    with app.replace_connector(connector):
        async with app.open_async():
            lines = [
                asyncio.create_task(_line(DELIVERIES, concurrency, until_idle)),
                asyncio.create_task(_line(UPKEEP, 1, until_idle)),
            ]
            stopped = asyncio.create_task(stop.wait())
            ending = [asyncio.create_task(asyncio.wait(lines))] if until_idle else lines
            await asyncio.wait([*ending, stopped], return_when=asyncio.FIRST_COMPLETED)
            for task in (*lines, stopped):
                # A line that is cancelled finishes what it is at.
                task.cancel()
            ends = await asyncio.gather(*lines, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


async def _line(queue: str, concurrency: int, until_idle: bool) -> None:
    await app.run_worker_async(
        name=queue,
        queues=[queue],
        concurrency=concurrency,
        wait=not until_idle,
        delete_jobs="successful",
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_AFTER_SECONDS,
    )


def _reach_database() -> None:
    """Connect as everything else does: so the local server is started if it is not running."""
    try:
        connection.ensure_connection()
    finally:
        connection.close()


def _is_work_waiting() -> bool:
    try:
        return ProcrastinateJob.objects.filter(
            Q(scheduled_at=None) | Q(scheduled_at__lte=Now()), queue_name=DELIVERIES, status="todo"
        ).exists()
    finally:
        connection.close()


def _stop_at_end(pipe: BinaryIO, loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    while pipe.read(1 << 10):
        pass
    loop.call_soon_threadsafe(stop.set)
