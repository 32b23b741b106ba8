"""
How much of something somebody may do in a span of time, counted once for all processes.

Django REST framework's throttles and cache-backed limits read, then write: twelve processes at once
get through a limit. Here one statement adds and refuses, so that a budget is never exceeded
within its span. Spans follow the clock: whoever spends all of one may spend all of the next.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import connection
from django.dispatch import Signal

from accounts.models import Spending

#: A span that ended so long ago counts for nothing any more; longer than any budget's.
KEPT: Final = timedelta(days=2)

_SPEND = """
    INSERT INTO accounts_spending AS spending (key, began_at, spent)
    VALUES (%(key)s, %(began_at)s, 1)
    ON CONFLICT (key, began_at) DO UPDATE SET spent = spending.spent + 1
     WHERE spending.spent < %(limit)s
    RETURNING spent
"""


#: Somebody who is known asked for more than there is. Arguments: user, budget.
overspent = Signal()


class Overspent(Exception):
    """
    The budget of this span is used up.

    wait_seconds: until the next span begins, at least 1.
    """

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"nothing is left for {wait_seconds} seconds")


@dataclass(frozen=True, slots=True)
class Budget:
    """
    name: what is counted; budgets of different names are counted apart.
    limit: how often, at least once. seconds: in a span of how long.
    """

    name: str
    limit: int
    seconds: int


def spend(*, who: str, budget: Budget, now: datetime) -> None:
    """
    Take one from what `who` has left; it is kept even if the request then fails.

    who: kept as a digest, since it may be an address.

    :raises Overspent: if nothing is left, and then nothing is counted.
    """
    span = int(now.timestamp()) // budget.seconds * budget.seconds
    with connection.cursor() as cursor:
        cursor.execute(
            _SPEND,
            {
                "key": sha256(f"{budget.name} {budget.seconds} {who}".encode()).hexdigest(),
                "began_at": datetime.fromtimestamp(span, tz=UTC),
                "limit": budget.limit,
            },
        )
        if cursor.fetchone() is None:
            raise Overspent(wait_seconds=max(1, span + budget.seconds - int(now.timestamp())))


def forget_spent(*, now: datetime) -> int:
    """Delete what was counted in spans that are over; returns how many."""
    deleted, _ = Spending.objects.filter(began_at__lt=now - KEPT).delete()
    return deleted
