"""
Writes the search entries: the only room that does, inside the caller's transaction.

Words the vocabulary has not seen are committed before, by a short transaction on a connection
of their own. An entry can so refer to them, and two runs with the same new word do not wait for
each other's end; a word that nobody holds in the end finds nobody.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction


def project_people(*, person_ids: Sequence[UUID]) -> None:
    """Write the search entries of these people afresh (`sql/project_gathered.8.sql`)."""
    _project("%s::uuid[]", [list(person_ids)])


def project_touched() -> None:
    """The same for everybody in the transaction's temporary table `touched_person`."""
    _project("(SELECT coalesce(array_agg(DISTINCT id), '{}') FROM touched_person)", [])


def fold_tallies() -> None:
    """Bring the vocabulary's counts and the indexes up to date with what was committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_search_tallies(), file_new_entries()")


def _project(people: str, values: Sequence[list[UUID]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT prepare_projection()")
        cursor.execute(f"SELECT space, term FROM gather_people({people})", values)
        if missing := cursor.fetchall():
            _learn(missing)
        cursor.execute(f"SELECT project_gathered({people})", values)
    transaction.on_commit(fold_tallies, robust=True)


def _learn(missing: Sequence[tuple[str, str]]) -> None:
    """Commit the terms at once, in one order for everybody, so that nobody waits in a circle."""
    spaces, terms = zip(*sorted(missing), strict=True)
    apart = connection.copy()
    try:
        with apart.cursor() as cursor:
            cursor.execute(
                "INSERT INTO directory_searchterm (space, term)"
                " SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING",
                [list(spaces), list(terms)],
            )
    finally:
        apart.close()
