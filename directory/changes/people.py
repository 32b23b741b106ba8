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

from directory.changes.planner import are_few, looked_up
from directory.profile import FIELD_POLICY, NAMELESS, Source, merge, status_of

_COLUMNS = (*FIELD_POLICY, "display_name")

_SOURCES = """
    SELECT held.subject_id, held.id, held.origin, held.state = 'current', held.stated_on,
           held.until, held.statement,
           held.state = 'current'
               AND (held.statement->>'start_date' >= %(today)s
                    OR (held.statement->>'end_date' <> ''
                        AND held.statement->>'end_date' < %(today)s))
               AND EXISTS (SELECT FROM directory_appointment appointment
                            WHERE appointment.source_id = held.id
                              AND appointment.ends_on IS NULL)
      FROM (SELECT DISTINCT id FROM {people}) meant
      JOIN directory_sourcerecord held ON held.subject_id = meant.id
     WHERE held.kind = 'person'
     ORDER BY held.subject_id
"""

_CREATE = f"""
    CREATE TEMP TABLE merged_person (
        id uuid, {", ".join(f"{column} text" for column in _COLUMNS)},
        provenance jsonb, status text, left_on date
    ) ON COMMIT DROP
"""

#: The columns of a person that nobody writes by hand, in the order of `computed_row`.
COMPUTED = (*_COLUMNS, "provenance", "status", "left_on")

_TARGETS = ", ".join(COMPUTED)
_HELD = ", ".join(f"person.{name}" for name in COMPUTED)
_SAID = ", ".join(f"excluded.{name}" for name in COMPUTED)

# With one source, in its time, there is nothing to merge, and the database can copy its words by
# itself: on a first load that is everybody. check_directory holds each result against the merge.
_ONE_SOURCE = """
    CREATE TEMP TABLE one_source ON COMMIT DROP AS
    SELECT held.subject_id, min(held.id) AS record_id
      FROM (SELECT DISTINCT id FROM touched_person) touched
      CROSS JOIN LATERAL (
          SELECT * FROM directory_sourcerecord
           WHERE subject_id = touched.id AND kind = 'person' {each}) held
     GROUP BY held.subject_id
    HAVING count(*) = 1
       AND bool_and(held.origin = 'feed' AND held.state = 'current'
                    AND held.statement->>'status' IS DISTINCT FROM 'left'
                    AND coalesce(held.statement->>'start_date', '') <= %(today)s
                    AND coalesce(nullif(held.statement->>'end_date', ''), 'none') >= %(today)s);
    ANALYZE one_source
"""

_COPY_ONE_SOURCE = f"""
    INSERT INTO merged_person
    SELECT one_source.subject_id,
           {", ".join(f"coalesce(held.statement->>'{field}', '')" for field in FIELD_POLICY)},
           coalesce(
               nullif(btrim(
                   coalesce(nullif(held.statement->>'preferred_name', ''),
                            held.statement->>'given_name', '')
                   || ' ' || coalesce(held.statement->>'family_name', '')), ''),
               nullif(held.statement->>'display_name', ''), '{NAMELESS}'),
           jsonb_strip_nulls(jsonb_build_object({
    ", ".join(
        f"'{field}', CASE WHEN held.statement->>'{field}' <> '' THEN said.whence END"
        for field in FIELD_POLICY
    )
})),
           'active', NULL
      FROM one_source
      CROSS JOIN LATERAL (
          SELECT * FROM directory_sourcerecord WHERE id = one_source.record_id {{each}}) held
      CROSS JOIN LATERAL (
          SELECT jsonb_build_array(held.id, held.stated_on::text) AS whence OFFSET 0
      ) said
"""

_SEVERAL_SOURCES = """
    CREATE TEMP TABLE several_sources ON COMMIT DROP AS
    SELECT DISTINCT touched.id FROM touched_person touched
     WHERE NOT EXISTS (SELECT FROM one_source WHERE one_source.subject_id = touched.id)
"""

_COPY = f"COPY merged_person (id, {_TARGETS}) FROM STDIN"

# In the order of ids, as what refers to people is written too: an index of random ids then grows
# from one end to the other, and not everywhere at once.
_WRITE = f"""
    INSERT INTO directory_person AS person (id, listing, {_TARGETS})
    SELECT id, 'government', {_TARGETS} FROM merged_person ORDER BY id
    ON CONFLICT (id) DO UPDATE SET ({_TARGETS}, updated_at) = ({_SAID}, now())
    WHERE ({_HELD}) IS DISTINCT FROM ({_SAID})
"""


def write_people(*, today: date) -> None:
    """
    Merge and write everybody in `touched_person`.

    today: the day whose posts they hold, and to which a curator's override has to last.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE touched_person")
        cursor.execute(_CREATE)
        few = are_few(cursor=cursor, table="touched_person")
        cursor.execute(looked_up(statement=_ONE_SOURCE, few=few), {"today": today.isoformat()})
        cursor.execute(looked_up(statement=_COPY_ONE_SOURCE, few=few))
        cursor.execute(_SEVERAL_SOURCES)
        for page in _pages(read_sources(people="several_sources", today=today)):
            with cursor.copy(_COPY) as copy:
                for person_id, sources in page:
                    row = computed_row(sources=sources, today=today)
                    copy.write_row((person_id, *row[:-3], json.dumps(row[-3]), *row[-2:]))
        cursor.execute(_WRITE)


def computed_row(*, sources: Sequence[Source], today: date) -> tuple[Any, ...]:
    """What the columns `COMPUTED` of a person have to hold, given all their sources."""
    merged = merge(sources=sources, today=today)
    status, left_on = status_of(sources=sources, today=today)
    return (
        *(merged.values.get(field, "") for field in FIELD_POLICY),
        merged.display_name,
        merged.provenance,
        status,
        left_on,
    )


def read_sources(
    *, people: str, today: date, page_size: int = 5_000
) -> Iterator[tuple[UUID, list[Source]]]:
    """
    Each person who has sources, with all of them, by id, from a cursor on the server.

    people: a table of ours with a column `id`; never a name from outside.
    """
    server_side = connection.chunked_cursor()
    with server_side as cursor:
        cursor.execute(_SOURCES.replace("{people}", people), {"today": today.isoformat()})
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
                        holds=row[7],
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
