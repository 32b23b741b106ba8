"""
Dates in what feeds state: who is expected, who holds a post, whose time in it has ended.

How a row's post stands to the day is never kept: it follows from the statement and the day.
A delivery's rows are set to the day they are applied on; later days take effect through
`changes.due`, which states the rows whose day has come as if they were delivered again.

Standings of a row in `change`: `held`; `ended` and `expected`, which hold no post; `announced`,
the next post of somebody who holds another one until then; `departed`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection

from directory.changes.planner import HELD_UNDER_KEY, are_few, looked_up
from directory.models import FeedRun

#: How long a day may have passed before it takes effect, should nobody have seen to it.
_RECENT = timedelta(days=366)

STANDING = """
    CASE WHEN {said}.statement->>'end_date' <> ''
          AND {said}.statement->>'end_date' < %(today)s THEN 'ended'
         WHEN {said}.statement->>'start_date' > %(today)s THEN 'expected'
         ELSE 'held' END
"""

RECENTLY = "coalesce({said}.statement->>'start_date', '') > %(recently)s"

#: Columns of `change` for a line of a plan; the words of `named_days` have to be bound.
#: recent: it begins, or began not long ago. redated: a date is another than the last stated.
#: dated: the start is that of this very post. last_day: the last in post, as far as stated.
DATED_COLUMNS = f"""
    CASE WHEN planned.kind <> 'person' THEN 'held'
         WHEN planned.action = 'depart' THEN 'departed'
         ELSE {STANDING.format(said="planned")} END AS standing,
    planned.kind = 'person' AND {RECENTLY.format(said="planned")} AS recent,
    planned.changed ?| ARRAY['start_date', 'end_date'] AS redated,
    false AS dated, false AS reopened,
    nullif(planned.statement->>'end_date', '')::date AS last_day
"""

# A post that its holder implies is another one once its place or its title differs.
ELSEWHERE = """
    CASE WHEN post.implied
         THEN (team.code, post.title, post.grade_stated) IS DISTINCT FROM
              (coalesce({said}.statement->>'unit_code', ''),
               left(coalesce({said}.statement->>'job_title', ''), 300),
               left(coalesce({said}.statement->>'grade', ''), 100))
              OR coalesce({said}.statement->>'post_key', '') <> ''
         ELSE post.reference <> coalesce({said}.statement->>'post_key', '') END
"""

# Before the statements are kept: the record says what was stated last, the post what was made
# of it. Where the two differ, the last statement waited for its day. Looked up row by row: few
# rows of most deliveries have dates of these days.
_PLACED_BEFORE = f"""
    CREATE TEMP TABLE placed_before ON COMMIT DROP AS
    SELECT change.source_key,
           {ELSEWHERE.format(said="change")} AS moves,
           {ELSEWHERE.format(said="record")} AS waited
      FROM change
      {HELD_UNDER_KEY.format(held="record")}
      CROSS JOIN LATERAL (
          SELECT post_id, ends_on FROM directory_appointment
           WHERE source_id = record.id OFFSET 0) appointment
      CROSS JOIN LATERAL (
          SELECT * FROM directory_post WHERE id = appointment.post_id OFFSET 0) post
      CROSS JOIN LATERAL (SELECT code FROM directory_team WHERE id = post.team_id OFFSET 0) team
     WHERE change.kind = 'person' AND change.action IN ('update', 'keep')
       AND (change.recent OR change.redated) AND appointment.ends_on IS NULL
"""

_ANNOUNCE = """
    UPDATE change SET standing = 'announced', new_post = false
      FROM placed_before before
     WHERE before.source_key = change.source_key AND change.kind = 'person'
       AND change.standing = 'expected' AND before.moves
"""

_MOVE = """
    UPDATE change SET new_post = before.moves, dated = before.moves AND change.recent
      FROM placed_before before
     WHERE before.source_key = change.source_key AND change.kind = 'person'
       AND change.standing = 'held' AND before.waited
"""

# The feed extends what had ended by its own date: they never stopped, so the very appointment
# goes on, and the post it implied. An undo, which marks its rows as reopened, took the date along.
_EXTENDED = """
    DROP TABLE IF EXISTS extended;
    CREATE TEMP TABLE extended ON COMMIT DROP AS
    SELECT source_key, id, post_id
      FROM (
          SELECT DISTINCT ON (record.id) change.source_key, appointment.id, appointment.post_id,
                 (appointment.ends_on = appointment.expected_end_on + 1 OR change.reopened)
                     AND coalesce(change.statement->>'start_date', '')
                         <= appointment.ends_on::text AS goes_on
            FROM change
            CROSS JOIN LATERAL (
                SELECT id FROM directory_sourcerecord
                 WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
                   AND source_key = change.source_key AND state = 'current' AND origin = 'feed'
                {each}) record
            CROSS JOIN LATERAL (
                SELECT * FROM directory_appointment WHERE source_id = record.id {each}) appointment
           WHERE change.kind = 'person' AND change.action = 'update' AND change.redated
             AND change.standing = 'held' AND NOT change.new_post
             AND NOT EXISTS (SELECT FROM directory_appointment open
                              WHERE open.person_id = appointment.person_id
                                AND open.post_id = appointment.post_id AND open.ends_on IS NULL
                                AND open.id <> appointment.id {each})
           ORDER BY record.id, appointment.ends_on DESC NULLS FIRST, appointment.id) last
     WHERE goes_on
"""

_REOPEN = """
    WITH post AS (
        UPDATE directory_post post SET status = 'live', closed_on = NULL, updated_at = now()
          FROM extended
         WHERE post.id = extended.post_id AND post.status = 'closed' AND post.implied
    )
    UPDATE directory_appointment appointment SET ends_on = NULL, updated_at = now()
      FROM extended
     WHERE appointment.id = extended.id
"""

_MARK_REOPENED = """
    UPDATE change SET reopened = true FROM extended
     WHERE change.source_key = extended.source_key AND change.kind = 'person'
"""


def named_days(*, today: date) -> dict[str, str]:
    """The days that the SQL of this module names, as statements write them."""
    return {"today": today.isoformat(), "recently": (today - _RECENT).isoformat()}


def settle_dates(*, run: FeedRun) -> None:
    """
    Tell moves that are announced from those that are made, and let what was extended go on.

    To be called before the run's statements replace those of the feed.
    """
    named: dict[str, Any] = {"feed": run.feed_id, "kind": run.kind}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM change WHERE kind = 'person'"
            " AND action IN ('update', 'keep') AND (recent OR redated))"
        )
        if not cursor.fetchone()[0]:
            return
        cursor.execute(_PLACED_BEFORE, named)
        cursor.execute(_ANNOUNCE)
        cursor.execute(_MOVE)
        reopen_extended(named=named)


def reopen_extended(*, named: Mapping[str, Any]) -> None:
    """Let what the rows of `change` extend go on; named: `feed` and `kind`."""
    with connection.cursor() as cursor:
        few = are_few(cursor=cursor, table="change")
        cursor.execute(looked_up(statement=_EXTENDED, few=few), named)
        cursor.execute("SELECT EXISTS (SELECT FROM extended)")
        if cursor.fetchone()[0]:
            cursor.execute(_REOPEN)
            cursor.execute(_MARK_REOPENED)
