"""
Rows of feeds whose day has come, stated in `change` as if they were delivered again.

A row is due while what it says for the day and what is held differ, so doing it late makes up
for every day that was missed, and doing it twice does nothing.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from directory.changes.dates import ELSEWHERE, RECENTLY, STANDING, named_days, reopen_extended
from directory.changes.planner import plan_for_whole_tables
from directory.changes.stated import clear_stated
from directory.models import FeedRun

# A start is due while the feed's word for the post they hold is not yet what they hold; an end,
# once the day passed up to which they were to hold what they do.
_DUE = f"""
    SELECT record.id AS record_id, {{restated}} AS restated, feed.id AS feed_id, record.subject_id,
           CASE WHEN begins.due THEN 'held' ELSE 'ended' END AS standing,
           appointment.id IS NOT NULL AS placed,
           CASE WHEN NOT begins.due AND appointment.id IS NOT NULL
                THEN appointment.expected_end_on
                ELSE nullif(record.statement->>'end_date', '')::date END AS last_day
      FROM directory_sourcerecord record
      JOIN directory_feed feed ON feed.id = record.feed_id
      JOIN directory_person person ON person.id = record.subject_id
      CROSS JOIN LATERAL (SELECT {STANDING.format(said="record")} AS standing) said
      LEFT JOIN directory_appointment appointment
        ON appointment.source_id = record.id AND appointment.ends_on IS NULL
      LEFT JOIN directory_post post ON post.id = appointment.post_id
      LEFT JOIN directory_team team ON team.id = post.team_id
      CROSS JOIN LATERAL (
          SELECT said.standing = 'held'
                 AND ({RECENTLY.format(said="record")} OR {{restated}})
                 AND (appointment.id IS NULL OR {ELSEWHERE.format(said="record")}) AS due
      ) begins
     WHERE record.delivery_kind = 'people' AND record.kind = 'person'
       AND record.state = 'current' AND record.origin = 'feed'
       AND (%(feed)s::uuid IS NULL OR record.feed_id = %(feed)s::uuid)
       AND (begins.due OR appointment.expected_end_on < %(today)s::date
            OR (said.standing = 'ended' AND appointment.id IS NULL
                AND person.status = 'expected'))
"""

_DUE_FEEDS = f"SELECT DISTINCT feed_id FROM ({_DUE.format(restated='false')}) due"

# After an undo people are stated as they were, however long ago they began.
_RESTATED = """(
    record.subject_id IN (SELECT id FROM restated_person)
    AND (appointment.id IS NOT NULL OR record.id IN (SELECT source_id FROM ended_by_day))
)"""

_DUE_CHANGE = f"""
    CREATE TEMP TABLE change ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY record.id) AS position, record.kind, record.source_key,
           CASE WHEN due.placed OR due.standing = 'ended' OR due.restated
                THEN 'update' ELSE 'create' END AS action,
           record.subject_id, due.placed AND due.standing = 'held' AS new_post,
           record.statement, record.raw_digest, '[]'::jsonb AS candidates,
           '[]'::jsonb AS evidence, due.standing, true AS recent, due.restated AS redated,
           {RECENTLY.format(said="record")} AS dated, due.restated AS reopened, due.last_day,
           coalesce(nullif(record.statement->>'post_key', ''), E'person\\n' || record.source_key)
               AS reference
      FROM ({_DUE}) due JOIN directory_sourcerecord record ON record.id = due.record_id;
    CREATE TEMP TABLE touched_person (id uuid NOT NULL) ON COMMIT DROP;
    INSERT INTO touched_person SELECT DISTINCT subject_id FROM change;
    ANALYZE change
"""


# They are read before the tables of the undo make way for those of the writers.
_KEEP_TOUCHED = """
    DROP TABLE IF EXISTS restated_person;
    CREATE TEMP TABLE restated_person ON COMMIT DROP AS SELECT DISTINCT id FROM touched_person
"""

# What somebody ended by hand stays ended; the trail tells whose hand it was. From the few acts to
# their events, since events are not found by their rows.
_ENDED_BY_DAY = """
    DROP TABLE IF EXISTS ended_by_day;
    CREATE TEMP TABLE ended_by_day ON COMMIT DROP AS
    SELECT DISTINCT appointment.source_id
      FROM pghistory_context act
      JOIN directory_appointmentevent event ON event.pgh_context_id = act.id
      JOIN directory_appointment appointment
        ON appointment.id = event.pgh_obj_id AND appointment.ends_on = event.ends_on
     WHERE act.metadata ? 'effective' AND act.metadata->>'feed' = %(slug)s
       AND appointment.source_id IS NOT NULL
"""

# What took effect of a run that was undone since: nobody states it any more.
_END_UNSTATED = """
    WITH ended AS (
        UPDATE directory_appointment appointment
           SET ends_on = greatest(%(today)s::date, appointment.starts_on), updated_at = now()
          FROM directory_sourcerecord record
         WHERE record.id = appointment.source_id AND appointment.ends_on IS NULL
           AND record.feed_id = %(feed)s AND record.state = 'departed'
        RETURNING appointment.person_id, appointment.post_id
    ), closing AS (
        SELECT post.id FROM ended JOIN directory_post post ON post.id = ended.post_id
         WHERE post.implied AND post.status = 'live'
    ), closed AS (
        UPDATE directory_post post
           SET status = CASE WHEN closing.id IS NULL THEN post.status ELSE 'closed' END,
               closed_on = CASE WHEN closing.id IS NULL THEN post.closed_on
                                ELSE %(today)s::date END,
               reports_to_id = NULL, updated_at = now()
          FROM directory_post said LEFT JOIN closing ON closing.id = said.id
         WHERE said.id = post.id
           AND (closing.id IS NOT NULL OR said.reports_to_id IN (SELECT id FROM closing))
    )
    INSERT INTO touched_person SELECT person_id FROM ended
"""


def due_feeds(*, today: date) -> list[UUID]:
    """Feeds with rows whose day has come and has not taken effect."""
    with transaction.atomic(), connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
        cursor.execute(_DUE_FEEDS, {"feed": None, **named_days(today=today)})
        return [feed_id for (feed_id,) in cursor.fetchall()]


def load_due(*, feed_id: UUID, today: date) -> int:
    """
    Make `change` and `touched_person` of the feed's rows that are due; how many of them end.

    To be called after `clear_stated`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _DUE_CHANGE.format(restated="false"), {"feed": feed_id, **named_days(today=today)}
        )
        cursor.execute("SELECT count(*) FROM change WHERE standing = 'ended'")
        (ended,) = cursor.fetchone()
        return int(ended)


def load_restated(*, run: FeedRun, today: date) -> None:
    """
    The same once a run is undone, of everybody in `touched_person`, however long ago they began.

    What had ended by a date that is no longer stated goes on.
    """
    named: dict[str, Any] = {"feed": run.feed_id, "kind": run.kind, **named_days(today=today)}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_TOUCHED)
        cursor.execute(_ENDED_BY_DAY, {"slug": run.feed.slug})
        clear_stated()
        cursor.execute(_DUE_CHANGE.format(restated=_RESTATED), named)
        reopen_extended(named=named)
        cursor.execute(_END_UNSTATED, named)
