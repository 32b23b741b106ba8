"""
People as the merge of their sources: the only writer of `Person`.

Reads every statement about the touched people, merges them by `profile.merge` and
writes what differs, in chunks, so that memory stays flat.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.db import connection

from directory.profile import FIELD_POLICY, Source, merge

_COLUMNS = (*FIELD_POLICY, "display_name")

_SOURCES = """
    SELECT held.subject_id, held.id, held.origin, held.state = 'current', held.stated_on,
           held.until, held.statement
      FROM (SELECT DISTINCT id FROM touched_person) touched
      JOIN directory_sourcerecord held ON held.subject_id = touched.id
     WHERE held.kind = 'person'
     ORDER BY held.subject_id
"""

_CREATE = f"""
    CREATE TEMP TABLE merged_person (
        id uuid, {", ".join(f"{column} text" for column in _COLUMNS)},
        provenance jsonb, status text, left_on date
    ) ON COMMIT DROP
"""

_COPY = f"COPY merged_person (id, {', '.join(_COLUMNS)}, provenance, status, left_on) FROM STDIN"

_TARGETS = ", ".join((*_COLUMNS, "provenance", "status", "left_on"))
_HELD = ", ".join(f"person.{name}" for name in (*_COLUMNS, "provenance", "status", "left_on"))
_SAID = ", ".join(f"excluded.{name}" for name in (*_COLUMNS, "provenance", "status", "left_on"))

_WRITE = f"""
    INSERT INTO directory_person AS person (id, listing, {_TARGETS})
    SELECT id, 'government', {_TARGETS} FROM merged_person
    ON CONFLICT (id) DO UPDATE SET ({_TARGETS}, updated_at) = ({_SAID}, now())
    WHERE ({_HELD}) IS DISTINCT FROM ({_SAID})
"""


def write_people(*, today: date) -> None:
    """
    Merge and write everybody in `touched_person`.

    today: the day by which a curator's override has to last to count.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE touched_person")
        cursor.execute(_CREATE)
        for page in _pages(_sources()):
            with cursor.copy(_COPY) as copy:
                for person_id, sources in page:
                    copy.write_row(_merged_row(person_id, sources, today))
        cursor.execute(_WRITE)


def _merged_row(person_id: UUID, sources: Sequence[Source], today: date) -> Sequence[Any]:
    merged = merge(sources=sources, today=today)
    in_post = any(s.current and s.statement.get("status") != "left" for s in sources)
    left_on = None if in_post else max(s.stated_on for s in sources)
    return (
        person_id,
        *(merged.values.get(field, "") for field in FIELD_POLICY),
        merged.display_name,
        json.dumps(merged.provenance),
        "active" if in_post else "left",
        left_on,
    )


def _sources(page_size: int = 5_000) -> Iterator[tuple[UUID, list[Source]]]:
    """Each touched person with their sources, from a cursor on the server."""
    server_side = connection.chunked_cursor()
    with server_side as cursor:
        cursor.execute(_SOURCES)
        rows = _fetched(cursor, page_size)
        for person_id, group in groupby(rows, key=lambda row: cast(UUID, row[0])):
            yield (
                person_id,
                [
                    Source(
                        id=row[1],
                        origin=row[2],
                        current=row[3],
                        stated_on=row[4],
                        until=row[5],
                        statement=json.loads(row[6]),
                    )
                    for row in group
                ],
            )


def _fetched(cursor: Any, page_size: int) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(page_size):
        yield from rows


def _pages(
    people: Iterator[tuple[UUID, list[Source]]], size: int = 5_000
) -> Iterator[list[tuple[UUID, list[Source]]]]:
    """Whole pages, because the server's cursor cannot be read while a COPY is under way."""
    page: list[tuple[UUID, list[Source]]] = []
    for person in people:
        page.append(person)
        if len(page) >= size:
            yield page
            page = []
    if page:
        yield page
