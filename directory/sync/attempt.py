"""One attempt at a run: nobody else's at the same time, and never without a trace."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from directory.models import FeedRun
from directory.postgresql.disturbances import DISTURBANCES
from directory.sync import report
from directory.sync.apply import StalePlan
from directory.sync.keeping import UNFINISHED
from directory.sync.locks import feed_to_ourselves
from directory.sync.receiving import StaleDelivery

#: For these another attempt is worth it.
PASSING = (*DISTURBANCES, StalePlan)


@contextmanager
def attempt(*, run: FeedRun, again: bool, now: datetime) -> Iterator[bool]:
    """
    Carry out a run in this block, which gets whether there is still something to do.

    A refusal or a crash inside becomes the run's; a crash goes on after that. What an earlier
    attempt, broken off, has planned is forgotten first.

    again: somebody will make another attempt where the database is disturbed, or a held run
        was released while this one was planned; neither is then a failure.
    """
    # Rows by the hundred thousand make no cycles; looking for some takes a tenth of the time.
    gc.disable()
    try:
        with feed_to_ourselves(feed_id=run.feed_id):
            is_to_do = FeedRun.objects.filter(UNFINISHED, pk=run.pk).exists()
            if is_to_do:
                report.begin_anew(run=run, now=now)
            yield is_to_do
    except (StaleDelivery, StalePlan) as refusal:
        if again and isinstance(refusal, StalePlan):
            raise
        report.failed(run=run, code=refusal.code, message=str(refusal), now=now)
    except BaseException as error:
        if not (again and isinstance(error, DISTURBANCES)):
            # Whatever broke, nothing was applied: the trace says so before the error goes on.
            report.failed(run=run, code="crashed", message=type(error).__name__, now=now)
        raise
    finally:
        gc.enable()
