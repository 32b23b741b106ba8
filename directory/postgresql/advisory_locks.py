"""Advisory locks of the database: every namespace of ours, so that no two are the same number."""

from enum import IntEnum, unique

from django.db import connection


@unique
class Namespace(IntEnum):
    """What a lock is about; a key says which one of them."""

    TURN = 0x0C1F
    CARRIED_OUT = 0x0C20
    SUBMITTED = 0x0C21
    KEPT = 0x0C22
    ALONE = 0x0C23
    SEARCH_DIGEST = 0x0C24
    NOTICE_DIGEST = 0x0C25


def wait_for(*, namespace: Namespace, name: str) -> None:
    """Wait for whoever has the lock of this name, and have it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [namespace.value, name])


def is_ours(*, namespace: Namespace, number: int) -> bool:
    """Have the lock of this number until the transaction ends, unless somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [namespace.value, number])
        return bool(cursor.fetchone()[0])
