"""
What the trail says of a run: which rows it touched, and what those it changed held before.

A changed row returns column by column. One that still holds what the run wrote gets back what
it held before; one that was changed again since stays as it is, and is listed.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from directory.changes.trail import Act
from directory.changes.undoing.nouns import CHANGING, CLAIM, NOUNS, Noun

_CREATE_KEPT = """
    DROP TABLE IF EXISTS kept_row;
    CREATE TEMP TABLE kept_row (
        word text NOT NULL, id text NOT NULL, reason text NOT NULL
    ) ON COMMIT DROP
"""

# A new row's first event is its insertion; one that the run deleted ends with its deletion.
_TRAIL = """
    DROP TABLE IF EXISTS trail_{word};
    CREATE TEMP TABLE trail_{word} ON COMMIT DROP AS
    SELECT pgh_obj_id AS id, min(pgh_id) AS first_event, max(pgh_id) AS last_event,
           (array_agg(pgh_label ORDER BY pgh_id))[1] = 'insert' AS made,
           (array_agg(pgh_label ORDER BY pgh_id DESC))[1] = 'delete' AS deleted
      FROM {events}
     WHERE pgh_created_at = %(written_at)s AND pgh_context_id = %(context)s
     GROUP BY pgh_obj_id;
    ANALYZE trail_{word}
"""

_IMAGES = """
    DROP TABLE IF EXISTS before_{word}, after_{word};
    CREATE TEMP TABLE before_{word} ON COMMIT DROP AS
    SELECT DISTINCT ON (trail.id) event.*
      FROM trail_{word} trail
      JOIN {events} event ON event.pgh_obj_id = trail.id AND event.pgh_id < trail.first_event
     WHERE NOT trail.made
     ORDER BY trail.id, event.pgh_id DESC;
    CREATE TEMP TABLE after_{word} ON COMMIT DROP AS
    SELECT event.*
      FROM trail_{word} trail JOIN {events} event ON event.pgh_id = trail.last_event
     WHERE NOT trail.made;
    ANALYZE before_{word};
    ANALYZE after_{word}
"""

_WANTED = """
    DROP TABLE IF EXISTS wanted_{word};
    CREATE TEMP TABLE wanted_{word} ON COMMIT DROP AS
    SELECT standing.id, {values}, array_remove(ARRAY[{overtaken}]::text[], NULL) AS overtaken
      FROM {table} standing
      JOIN before_{word} before ON before.pgh_obj_id = standing.id
      JOIN after_{word} after ON after.pgh_obj_id = standing.id
"""

_LOST = """
    INSERT INTO kept_row
    SELECT '{word}', trail.id, CASE WHEN standing.id IS NULL THEN 'deleted since'
                                    ELSE 'the trail does not say what it held before' END
      FROM trail_{word} trail LEFT JOIN {table} standing ON standing.id = trail.id
     WHERE NOT trail.made AND NOT trail.deleted
       AND (standing.id IS NULL OR NOT EXISTS (SELECT FROM before_{word} before
                                                WHERE before.pgh_obj_id = trail.id))
"""

_OVERTAKEN = """
    INSERT INTO kept_row
    SELECT '{word}', id, 'changed since: ' || array_to_string(overtaken, ', ')
      FROM wanted_{word} WHERE cardinality(overtaken) > 0
"""

_KEPT = """
    SELECT kept_row.word, kept_row.id, coalesce({name}, ''),
           string_agg(DISTINCT reason, '; ' ORDER BY reason)
      FROM kept_row LEFT JOIN {table} standing ON standing.id::text = kept_row.id
     WHERE kept_row.word = %s
     GROUP BY 1, 2, 3 ORDER BY 3, 2
"""


def read_trail(*, act: Act) -> None:
    """Find the rows that `act` touched, and decide what those it changed have to hold."""
    named: dict[str, Any] = {"context": act.context, "written_at": act.written_at}
    with connection.cursor() as cursor:
        cursor.execute(_CREATE_KEPT)
        for noun in NOUNS:
            cursor.execute(_TRAIL.format(word=noun.word, events=noun.events), named)
        for noun in (*CHANGING, CLAIM):
            cursor.execute(_IMAGES.format(word=noun.word, events=noun.events))
        for noun in CHANGING:
            cursor.execute(_wanted(noun))
            cursor.execute(_LOST.format(word=noun.word, table=noun.table))


def list_overtaken() -> None:
    """List the rows of which a column could not return."""
    with connection.cursor() as cursor:
        for noun in CHANGING:
            cursor.execute(_OVERTAKEN.format(word=noun.word))


def read_kept() -> list[tuple[str, str, str, str]]:
    """What stayed: word, id, name and reason of each row, once."""
    kept: list[tuple[str, str, str, str]] = []
    with connection.cursor() as cursor:
        for noun in NOUNS:
            cursor.execute(_KEPT.format(name=noun.name, table=noun.table), [noun.word])
            kept.extend(cursor.fetchall())
    return kept


def words(columns: Sequence[str]) -> str:
    """Columns as people read them."""
    return " and ".join(column.removesuffix("_id").replace("_", " ") for column in columns)


def _wanted(noun: Noun) -> str:
    values, overtaken = [], []
    for group in noun.groups:
        before, after, standing = (_row(alias, group) for alias in ("before", "after", "standing"))
        firm = noun.firm.issuperset(group)
        returns = (
            f"{after} IS DISTINCT FROM {before}"
            if firm
            else f"{standing} IS NOT DISTINCT FROM {after}"
        )
        values += [
            f"CASE WHEN {returns} THEN before.{c} ELSE standing.{c} END AS {c}" for c in group
        ]
        if not firm:
            overtaken.append(
                f"CASE WHEN {after} IS DISTINCT FROM {before}"
                f" AND {standing} IS DISTINCT FROM {after}"
                f" AND {standing} IS DISTINCT FROM {before} THEN '{words(group)}' END"
            )
    return _WANTED.format(
        word=noun.word,
        table=noun.table,
        values=", ".join(values),
        overtaken=", ".join(overtaken),
    )


def _row(alias: str, columns: Sequence[str]) -> str:
    return f"({', '.join(f'{alias}.{column}' for column in columns)})"
