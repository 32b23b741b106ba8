"""Everybody a search finds, by id alone: for those who compare, not for those who read."""

from typing import Final
from uuid import UUID

from django.db import connection

from directory.search.matching import Matching
from directory.search.query import Query
from directory.search.widening import readings
from directory.search.within_time import within_time
from directory.visibility import Viewer, visible_people

_NOBODY: Final[frozenset[UUID]] = frozenset()


def everybody(*, viewer: Viewer, query: Query, most: int) -> frozenset[UUID] | None:
    """
    The ids of the people `find_people` finds who fit all the words; None if they are more than
    `most`.

    One statement that looks at no more than `most` entries, and one that asks who of them exists
    for the viewer.

    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    if not (query.has_text or query.has_filters):
        return _NOBODY
    ids: list[UUID] = []
    with within_time():
        for reading in readings(viewer=viewer, query=query, closest=False):
            ids = _matching(reading.matching, most + 1)
            if len(ids) >= reading.enough:
                break
    if len(ids) > most:
        return None
    return frozenset(visible_people(viewer=viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _matching(matching: Matching, most: int) -> list[UUID]:
    if matching.finds_nobody():
        return []
    with connection.cursor() as db:
        db.execute(
            "SELECT entry.person_id FROM directory_searchentry entry"
            f" WHERE {matching.where()} LIMIT %(most)s",
            matching.values() | {"most": most},
        )
        return [row[0] for row in db.fetchall()]
