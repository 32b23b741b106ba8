"""Whether every person is the merge of what their sources say."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from directory.changes.people import COMPUTED, computed_row, read_sources
from directory.profile import Source

# Whoever was merged into another person has given their sources away.
_HELD = f"""
    SELECT id, merged_into_id IS NOT NULL, {", ".join(COMPUTED)}
      FROM directory_person ORDER BY id
"""

#: Where `provenance` stands among the columns of `COMPUTED`.
_PROVENANCE = COMPUTED.index("provenance")


def differing_people(*, today: date, page_size: int = 5_000) -> Iterator[UUID]:
    """
    Ids of the people whose profile is not the merge of their sources, as of `today`.

    What changes with the day itself takes effect in its course, so yesterday's is right as well.
    Two cursors on the server are walked side by side, so memory stays flat.
    """
    stated = read_sources(people="directory_person", today=today, page_size=page_size)
    person_id, sources = next(stated, (None, []))
    for held_id, merged_away, held in _people(page_size):
        if held_id == person_id:
            said: list[Source] = sources
            person_id, sources = next(stated, (None, []))
        else:
            said = []
        if merged_away and not said:
            continue
        days = (today, today - timedelta(days=1))
        if not said or all(held != _expected(said, day) for day in days):
            yield held_id


def _expected(sources: list[Source], today: date) -> list[Any]:
    expected = list(computed_row(sources=sources, today=today))
    expected[_PROVENANCE] = {field: list(by) for field, by in expected[_PROVENANCE].items()}
    return expected


def _people(page_size: int) -> Iterator[tuple[UUID, bool, list[Any]]]:
    server_side = connection.chunked_cursor()
    with server_side as cursor:
        cursor.execute(_HELD)
        while rows := cursor.fetchmany(page_size):
            for held_id, merged_away, *held in rows:
                held[_PROVENANCE] = json.loads(held[_PROVENANCE])
                yield held_id, merged_away, held
