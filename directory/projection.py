"""
Writes the search entries: the only room that does, always inside the caller's transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection


def project_people(*, person_ids: Sequence[UUID]) -> None:
    """Write the search entries of these people afresh (`sql/project_people.2.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT project_people(%s::uuid[])", [list(person_ids)])


def project_touched() -> None:
    """The same for everybody in the transaction's temporary table `touched_person`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT project_people(coalesce(array_agg(DISTINCT id), '{}')) FROM touched_person"
        )
