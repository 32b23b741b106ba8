"""Who may work on a feed: locks that the database holds, and drops when their holder is gone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import Error, connection

from directory.postgresql.advisory_locks import Namespace, wait_for

_CARRIED_OUT = Namespace.CARRIED_OUT.value
_ALONE = Namespace.ALONE.value


@contextmanager
def feed_to_ourselves(*, feed_id: UUID) -> Iterator[None]:
    """
    Carry out runs of a feed while nobody else does; wait for whoever is at it.

    The lock belongs to the connection: of a process that was killed nothing is left to wait
    for. It may be taken again by its holder.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [_CARRIED_OUT, str(feed_id)])
    try:
        yield
    finally:
        # Without a connection the lock is gone by itself, and that error is the one to be told.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_unlock(%s, hashtext(%s))", [_CARRIED_OUT, str(feed_id)]
            )


@contextmanager
def alone(*, name: str) -> Iterator[bool]:
    """Whether we are the only one in a block of this name; nobody waits for another here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_ALONE, name])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [_ALONE, name])


def is_carried_out(*, feed_id: UUID) -> bool:
    """Whether somebody else carries out a run of the feed at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_CARRIED_OUT, str(feed_id)]
        )
        (is_free,) = cursor.fetchone()
        if is_free:
            cursor.execute(
                "SELECT pg_advisory_unlock(%s, hashtext(%s))", [_CARRIED_OUT, str(feed_id)]
            )
    return not is_free


def submit_one_by_one(*, feed_id: UUID) -> None:
    """Until the transaction ends, nobody else submits to the feed."""
    wait_for(namespace=Namespace.SUBMITTED, name=str(feed_id))


def leave_kept_file(*, name: str) -> None:
    """Until the transaction ends, nobody else keeps or forgets the file of this name."""
    wait_for(namespace=Namespace.KEPT, name=name)
