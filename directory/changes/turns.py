"""Whoever writes what an organisation's feeds say does so one after the other."""

from uuid import UUID

from django.db import connection

#: One lock namespace for feeds among PostgreSQL's advisory locks.
_FEED_LOCKS = 0x0C1F


def wait_for_turn(*, organisation_id: UUID) -> None:
    """
    Wait for others who write for this organisation's feeds; other organisations are not held up.

    The turn ends with the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [_FEED_LOCKS, str(organisation_id)],
        )
