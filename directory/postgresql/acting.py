"""
For whom the database answers just now: what its row-level security asks (`sql/private_rows.1.sql`).

The backstop behind the code: a query that forgot its filter finds only what its asker may have.
Commands and workers act for everybody. A web server acts for nobody until it knows who asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import DatabaseError, connection

EVERYBODY: Final = "everybody"
NOBODY: Final = "nobody"

#: What each new connection of this process begins with.
_begins_with = EVERYBODY
_acting: ContextVar[str | None] = ContextVar("acting", default=None)


def serve_requests_only() -> None:
    """Let this process act for nobody but those whose requests it answers."""
    global _begins_with
    _begins_with = NOBODY


def acts_now() -> str:
    """For whom a new connection of this context is to act."""
    return _acting.get() or _begins_with


def act_for(who: str) -> None:
    """
    Let the database answer for somebody, by the id of their account, until `acting_for` ends it.

    Outside of that nothing would end it, so nothing is told.
    """
    if _acting.get() is not None:
        _acting.set(who)
        _tell(who)


@contextmanager
def acting_for(who: str) -> Iterator[None]:
    """Let the database answer for somebody, by the id of their account, and then as before."""
    before = acts_now()
    token = _acting.set(who)
    if who != before:
        _tell(who)
    try:
        yield
    finally:
        last = acts_now()
        _acting.reset(token)
        if last != before:
            _tell_or_part(before)


def _tell_or_part(who: str) -> None:
    """A database that died meanwhile is told nothing; nor may its connection be used again."""
    try:
        _tell(who)
    except DatabaseError:
        connection.close()


def _tell(who: str) -> None:
    # A connection that is not open yet is told when it is; one whose transaction is broken goes
    # back to what it was told before by itself.
    if connection.connection is None or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('directory.acting_for', %s, false)", [who])
