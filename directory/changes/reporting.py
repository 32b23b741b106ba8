"""Reporting lines between posts, drawn once all posts of a run stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from directory.changes.planner import are_few, looked_up
from directory.models import FeedRun

# A new post is written together with its line, so that it need not be written twice. Its manager
# is known by key, and so by the reference of the manager's post, which may be new as well.
_OF_NEW_POSTS = """
    CREATE TEMP TABLE stated_line ON COMMIT DROP AS
    SELECT stated.id AS post_id, coalesce(new.id, held.id) AS above_id
      FROM stated_post stated
      CROSS JOIN LATERAL (
          SELECT coalesce(nullif(statement->>'post_key', ''),
                          E'person\\n' || source_key) AS reference
            FROM directory_sourcerecord
           WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
             AND state = 'current' AND origin = 'feed'
             AND source_key = stated.manager_key AND source_key <> '' {each}) manager
      LEFT JOIN stated_post new ON new.reference = manager.reference
      LEFT JOIN LATERAL (
          SELECT id FROM directory_post
           WHERE feed_id = %(feed)s AND status = 'live' AND reference <> ''
             AND reference = manager.reference {each}) held ON true
     WHERE coalesce(new.id, held.id) <> stated.id
"""

# Lines by people: from the post of each changed row to the post its manager holds. A manager
# who left took an implied post along, and the lines to it; another post stays, vacant. What is
# stated of a next post says nothing about the line of the present one.
_WANTED = """
    CREATE TEMP TABLE wanted_key ON COMMIT DROP AS
    WITH moved AS MATERIALIZED (
        SELECT source_key FROM change
         WHERE action = 'create' OR new_post OR reopened
            OR (standing IN ('departed', 'ended', 'expected')
                AND starts_with(reference, E'person\\n'))
    )
    SELECT source_key FROM change
    UNION
    SELECT source_key
      FROM directory_sourcerecord
     WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
       AND state = 'current' AND origin = 'feed'
       AND statement->>'manager_key' IN (SELECT source_key FROM moved)
       AND EXISTS (SELECT FROM moved);
    ANALYZE wanted_key
"""

# Of several posts the newest is meant.
_POST_HELD = """
    SELECT DISTINCT ON (record.source_key) record.source_key, appointment.post_id,
           record.statement->>'manager_key' AS manager_key
      FROM {keys} meant
      CROSS JOIN LATERAL (
          SELECT * FROM directory_sourcerecord
           WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
             AND source_key = meant.source_key AND state = 'current' AND origin = 'feed'
          {{each}}) record
      CROSS JOIN LATERAL (
          SELECT * FROM directory_appointment WHERE source_id = record.id {{each}}) appointment
     WHERE appointment.ends_on IS NULL AND {condition}
     ORDER BY record.source_key, appointment.first_stated_on DESC, appointment.id
"""

_WANTED_POSTS = f"""
    CREATE TEMP TABLE wanted_post ON COMMIT DROP AS {
    _POST_HELD.format(
        keys="wanted_key",
        condition="coalesce(record.statement->>'start_date', '') <= %(today)s",
    )
};
    ANALYZE wanted_post
"""

_MANAGERS_POSTS = f"""
    CREATE TEMP TABLE manager_post ON COMMIT DROP AS {
    _POST_HELD.format(
        keys="(SELECT DISTINCT manager_key AS source_key FROM wanted_post)", condition="true"
    )
};
    ANALYZE manager_post (source_key)
"""

_BY_MANAGER = """
    DROP TABLE stated_line;
    CREATE TEMP TABLE stated_line ON COMMIT DROP AS
    SELECT wanted.post_id, above.post_id AS above_id
      FROM wanted_post wanted LEFT JOIN manager_post above ON above.source_key = wanted.manager_key
"""

# Lines by reference, over every return of the organisation: a junior return may arrive before
# the senior one whose posts it names.
_BY_REFERENCE = """
    DROP TABLE stated_line;
    CREATE TEMP TABLE stated_line ON COMMIT DROP AS
    WITH senior AS (
        SELECT post.reference, (array_agg(post.id))[1] AS id
          FROM directory_post post
          JOIN directory_feed feed ON feed.id = post.feed_id
         WHERE feed.organisation_id = %(organisation)s AND post.status = 'live'
           AND NOT post.implied AND post.posts_fte IS NULL
         GROUP BY post.reference HAVING count(*) = 1
    ), said AS (
        SELECT DISTINCT ON (record.feed_id, record.statement->>'post_key')
               record.feed_id, record.statement->>'post_key' AS reference,
               record.statement->>'reports_to_post' AS above
          FROM directory_sourcerecord record
          JOIN directory_feed feed ON feed.id = record.feed_id
         WHERE feed.organisation_id = %(organisation)s AND record.state = 'current'
           AND record.delivery_kind IN ('senior', 'junior')
           AND record.statement->>'post_key' <> ''
         ORDER BY record.feed_id, record.statement->>'post_key', record.id
    )
    SELECT post.id AS post_id, senior.id AS above_id
      FROM said
      JOIN directory_post post
        ON post.feed_id = said.feed_id AND post.reference = said.reference
       AND post.status = 'live'
      LEFT JOIN senior ON senior.reference = said.above AND senior.id <> post.id
     WHERE post.reports_to_id IS DISTINCT FROM senior.id
"""

# Lines of several deliveries may close a loop that none of them showed alone: no line of it is
# drawn, and check_directory names what is left open.
_LOOPING = """
    WITH RECURSIVE line AS (
        SELECT DISTINCT above_id AS start, above_id AS reached
          FROM stated_line WHERE above_id IS NOT NULL
        UNION
        SELECT line.start, coalesce(stated.above_id, post.reports_to_id)
          FROM line
          LEFT JOIN stated_line stated ON stated.post_id = line.reached
          LEFT JOIN LATERAL (
              SELECT reports_to_id FROM directory_post
               WHERE id = line.reached AND stated.post_id IS NULL OFFSET 0) post ON true
         WHERE CASE WHEN stated.post_id IS NULL THEN post.reports_to_id
                    ELSE stated.above_id END IS NOT NULL
    )
    UPDATE stated_line SET above_id = NULL
     WHERE EXISTS (SELECT FROM line
                    WHERE line.start = stated_line.above_id AND line.reached = stated_line.post_id)
"""

_DIFFERS = """
    SELECT EXISTS (SELECT FROM stated_line stated
                     JOIN directory_post post ON post.id = stated.post_id
                    WHERE post.reports_to_id IS DISTINCT FROM stated.above_id)
"""

_DRAW = """
    UPDATE directory_post post
       SET reports_to_id = stated.above_id, updated_at = now()
      FROM stated_line stated
     WHERE post.id = stated.post_id AND post.id IS DISTINCT FROM stated.above_id
       AND post.reports_to_id IS DISTINCT FROM stated.above_id
"""


def prepare_lines(*, run: FeedRun) -> None:
    """Find the lines of the posts that `stated_post` names, into the table `stated_line`."""
    with connection.cursor() as cursor:
        few = are_few(cursor=cursor, table="stated_post")
        statement = looked_up(statement=_OF_NEW_POSTS, few=few)
        cursor.execute(statement, {"feed": run.feed_id, "kind": run.kind})
        cursor.execute("ANALYZE stated_line")
        cursor.execute(_LOOPING)


def draw_lines(*, run: FeedRun, today: date) -> None:
    """
    Draw the lines that this run changed and that did not come with a new post.

    today: rows that begin later have their lines drawn then.
    """
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "kind": run.kind,
        "organisation": run.feed.organisation_id,
        "today": today.isoformat(),
    }
    with connection.cursor() as cursor:
        if run.kind == "people":
            _find_managers(cursor, named)
        else:
            cursor.execute(_BY_REFERENCE, named)
    draw_stated()


def _find_managers(cursor: CursorWrapper, named: Mapping[str, Any]) -> None:
    cursor.execute(_WANTED, named)
    few = are_few(cursor=cursor, table="wanted_key")
    cursor.execute(looked_up(statement=_WANTED_POSTS, few=few), named)
    cursor.execute(looked_up(statement=_MANAGERS_POSTS, few=few), named)
    cursor.execute(_BY_MANAGER)


def draw_stated() -> None:
    """Draw the lines of the table `stated_line`, of a loop none."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stated_line")
        cursor.execute(_DIFFERS)
        # Lines that stand already close no loop; on a first load those are all of them.
        if cursor.fetchone()[0]:
            cursor.execute(_LOOPING)
            cursor.execute(_DRAW)
