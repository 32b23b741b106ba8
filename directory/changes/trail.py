"""Which entries of the trail one act of ours writes, so that they can be found again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import pghistory
from django.db import connection

#: What the context of a change says when no person made it by hand; its value is which one.
MACHINE_KEYS: Final = ("run", "undo", "effective", "keys")

# The library sets its context for the rest of the transaction and leaves it there, so that
# whatever follows in the same transaction would be taken for part of the act.
_FORGET = """
    SELECT set_config('pghistory.context_id', '', true),
           set_config('pghistory.context_metadata', '', true)
"""


@dataclass(frozen=True, slots=True)
class Act:
    """
    An act as the trail knows it.

    context: of its events. written_at: when its transaction began, which its events bear; a web
    request may apply several runs under one context, each in a transaction of its own.
    """

    context: UUID
    written_at: datetime


@contextmanager
def one_act(**words: str) -> Iterator[Act]:
    """
    Let the trail say of every change made inside what it is part of; inside a transaction.

    words: what the context says, by one of `MACHINE_KEYS` which run, undo, day or feed it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (began_at,) = cursor.fetchone()
    with pghistory.context(**words) as said:
        yield Act(context=said.id, written_at=began_at)
    # After an error the transaction is rolled back, and the context with it.
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
