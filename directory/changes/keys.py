"""
Gives the people of a feed new keys, as a new HR system numbers them: all at once or not at all.

`key_change` is a temporary table of pairs, old and new; it goes with the transaction. Keys may
be swapped and handed on, so whoever stands where another is to come is parked first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from directory.changes.planner import plan_for_whole_tables

_CREATE = """
    DROP TABLE IF EXISTS key_change;
    CREATE TEMP TABLE key_change (
        row_number int NOT NULL, old_key text NOT NULL, new_key text NOT NULL
    ) ON COMMIT DROP
"""

# Everything any record of this feed ever called a person, leavers included: a key is for life.
_PROBLEMS = """
    WITH known AS (
        SELECT DISTINCT source_key FROM directory_sourcerecord
         WHERE feed_id = %(feed)s AND delivery_kind = 'people' AND origin = 'feed'
    )
    SELECT row_number, 'unknown_old_key' FROM key_change
     WHERE NOT EXISTS (SELECT FROM known WHERE known.source_key = old_key)
    UNION ALL
    SELECT row_number, 'new_key_in_use' FROM key_change
      JOIN known ON known.source_key = new_key
     WHERE NOT EXISTS (SELECT FROM key_change given WHERE given.old_key = known.source_key)
    UNION ALL
    SELECT row_number, 'old_key_twice' FROM key_change
     WHERE old_key IN (SELECT old_key FROM key_change GROUP BY old_key HAVING count(*) > 1)
    UNION ALL
    SELECT row_number, 'new_key_twice' FROM key_change
     WHERE new_key IN (SELECT new_key FROM key_change GROUP BY new_key HAVING count(*) > 1)
    ORDER BY 1, 2 LIMIT %(limit)s
"""

_COUNTS = """
    WITH record AS (
        SELECT held.state, held.source_key, held.statement->>'manager_key' AS manager_key
          FROM directory_sourcerecord held
         WHERE held.feed_id = %(feed)s AND held.delivery_kind = 'people' AND held.origin = 'feed'
    ), given AS (SELECT old_key FROM key_change WHERE old_key <> new_key)
    SELECT count(*) FILTER (WHERE state = 'current' AND source_key IN (SELECT old_key FROM given)),
           count(*) FILTER (WHERE state = 'departed' AND source_key IN (SELECT old_key FROM given)),
           count(*) FILTER (WHERE state = 'current'
                              AND source_key NOT IN (SELECT old_key FROM given)),
           count(*) FILTER (WHERE state = 'current' AND manager_key IN (SELECT old_key FROM given))
      FROM record
"""

_EXAMPLES = """
    SELECT change.old_key, change.new_key, person.display_name
      FROM key_change change
      JOIN directory_sourcerecord held
        ON held.feed_id = %(feed)s AND held.delivery_kind = 'people' AND held.origin = 'feed'
       AND held.state = 'current' AND held.source_key = change.old_key
      JOIN directory_person person ON person.id = held.subject_id
     WHERE change.old_key <> change.new_key
     ORDER BY change.row_number LIMIT %(limit)s
"""

#: A key never holds a line break, so none is mistaken for a parked one.
_PARK_RECORDS = """
    UPDATE directory_sourcerecord held
       SET source_key = E'\\n' || change.new_key
      FROM key_change change
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = 'people' AND held.origin = 'feed'
       AND held.source_key = change.old_key AND change.old_key <> change.new_key
       AND EXISTS (SELECT FROM key_change other WHERE other.new_key = change.old_key)
"""

_MOVE_RECORDS = """
    UPDATE directory_sourcerecord held
       SET source_key = change.new_key, raw_digest = '', updated_at = now()
      FROM key_change change
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = 'people' AND held.origin = 'feed'
       AND held.source_key = change.old_key AND change.old_key <> change.new_key
       AND NOT EXISTS (SELECT FROM key_change other WHERE other.new_key = change.old_key)
"""

_UNPARK_RECORDS = """
    UPDATE directory_sourcerecord held
       SET source_key = substr(held.source_key, 2), raw_digest = '', updated_at = now()
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = 'people' AND held.origin = 'feed'
       AND starts_with(held.source_key, E'\\n')
"""

# What a record says of oneself and of one's manager.
_SAY = """
    UPDATE directory_sourcerecord said
       SET statement = said.statement
               || CASE WHEN own.new_key IS NULL THEN '{}'
                       ELSE jsonb_build_object('source_key', own.new_key) END
               || CASE WHEN manager.new_key IS NULL THEN '{}'
                       ELSE jsonb_build_object('manager_key', manager.new_key) END,
           raw_digest = ''
      FROM directory_sourcerecord before
      LEFT JOIN key_change own ON own.old_key = before.statement->>'source_key'
      LEFT JOIN key_change manager ON manager.old_key = before.statement->>'manager_key'
     WHERE before.id = said.id
       AND said.feed_id = %(feed)s AND said.delivery_kind = 'people' AND said.origin = 'feed'
       AND (own.old_key <> own.new_key OR manager.old_key <> manager.new_key)
"""

_PARK_POSTS = """
    UPDATE directory_post post
       SET reference = E'\\nperson\\n' || change.new_key
      FROM key_change change
     WHERE post.feed_id = %(feed)s AND post.implied
       AND post.reference = E'person\\n' || change.old_key AND change.old_key <> change.new_key
       AND EXISTS (SELECT FROM key_change other WHERE other.new_key = change.old_key)
"""

_MOVE_POSTS = """
    UPDATE directory_post post
       SET reference = E'person\\n' || change.new_key, updated_at = now()
      FROM key_change change
     WHERE post.feed_id = %(feed)s AND post.implied
       AND post.reference = E'person\\n' || change.old_key AND change.old_key <> change.new_key
       AND NOT EXISTS (SELECT FROM key_change other WHERE other.new_key = change.old_key)
"""

_UNPARK_POSTS = """
    UPDATE directory_post post
       SET reference = substr(post.reference, 2), updated_at = now()
     WHERE post.feed_id = %(feed)s AND post.implied AND starts_with(post.reference, E'\\nperson\\n')
"""

_CASES = """
    UPDATE directory_case held
       SET source_key = change.new_key
      FROM key_change change
     WHERE held.feed_id = %(feed)s AND held.source_key = change.old_key
       AND change.old_key <> change.new_key
       AND EXISTS (SELECT FROM directory_sourcerecord record
                    WHERE record.feed_id = %(feed)s AND record.delivery_kind = 'people'
                      AND record.source_key = change.new_key)
"""


@dataclass(frozen=True, slots=True)
class KeyCounts:
    """
    What new keys come to.

    people: in post and given a new key; leavers: departed and given one, should they return.
    untouched: in post and not named. lines: people whose manager is named by a new key.
    """

    people: int
    leavers: int
    untouched: int
    lines: int


def load_keys(*, pairs: Iterable[tuple[int, str, str]]) -> None:
    """Make `key_change` of rows: number, old key, new key; inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy("COPY key_change (row_number, old_key, new_key) FROM STDIN") as copy:
            for pair in pairs:
                copy.write_row(pair)
        cursor.execute("ANALYZE key_change")
        plan_for_whole_tables(cursor=cursor)


def key_problems(*, feed_id: UUID, limit: int) -> list[tuple[int, str]]:
    """Row and code of what speaks against `key_change`, at most so many; empty if nothing."""
    return _asked(_PROBLEMS, {"feed": feed_id, "limit": limit})


def count_keys(*, feed_id: UUID) -> KeyCounts:
    """What `key_change` would come to."""
    ((people, leavers, untouched, lines),) = _asked(_COUNTS, {"feed": feed_id})
    return KeyCounts(people, leavers, untouched, lines)


def key_examples(*, feed_id: UUID, limit: int) -> list[tuple[str, str, str]]:
    """Old key, new key and whose it is, of the first so many."""
    return _asked(_EXAMPLES, {"feed": feed_id, "limit": limit})


def write_keys(*, feed_id: UUID) -> None:
    """
    Give everybody in `key_change` their new key, in everything the feed said of them.

    Digests of rows go, so that the next delivery reads every one of these rows again.
    """
    with connection.cursor() as cursor:
        for statement in (
            _PARK_RECORDS,
            _MOVE_RECORDS,
            _UNPARK_RECORDS,
            _SAY,
            _PARK_POSTS,
            _MOVE_POSTS,
            _UNPARK_POSTS,
            _CASES,
        ):
            cursor.execute(statement, {"feed": feed_id})


def _asked(statement: str, named: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, named)
        rows: list[Any] = cursor.fetchall()
    return rows
