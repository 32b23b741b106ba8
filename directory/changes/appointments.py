"""Who holds which post, from when to when, as a run's plan states it."""

from typing import Any

from django.db import connection

from directory.changes.planner import are_few, looked_up
from directory.models import FeedRun

# The post each changed row names, by its reference among the feed's live posts.
_STATED = """
    CREATE TEMP TABLE stated_appointment ON COMMIT DROP AS
    SELECT record.id AS source_id, change.subject_id AS person_id, post.id AS post_id,
           change.action, change.new_post AND NOT change.dated AS undated, change.standing,
           nullif(change.statement->>'start_date', '')::date AS starts_on,
           change.last_day AS expected_end_on,
           CASE WHEN change.standing = 'ended' THEN change.last_day + 1
                WHEN change.standing = 'departed' THEN least(%(as_of)s, change.last_day + 1)
                WHEN change.dated THEN (change.statement->>'start_date')::date
                ELSE %(as_of)s END AS ends_on,
           nullif(change.statement->>'fte', '')::numeric AS fte,
           coalesce(nullif(change.statement->>'appointment_kind', ''), 'substantive') AS kind
      FROM change
      CROSS JOIN LATERAL (
          SELECT id FROM directory_sourcerecord
           WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
             AND source_key = change.source_key AND subject_id = change.subject_id
             AND origin = 'feed'
             AND state = CASE WHEN change.action = 'depart' THEN 'departed' ELSE 'current' END
             AND (change.action <> 'depart' OR run_id = %(run)s) {each}) record
      LEFT JOIN LATERAL (
          SELECT id FROM directory_post
           WHERE feed_id = %(feed)s AND status = 'live' AND reference = change.reference
             AND reference <> '' {each}) post
        ON change.reference <> '' AND change.standing = 'held'
     WHERE change.kind = 'person' AND change.standing <> 'announced';
    ANALYZE stated_appointment (source_id, person_id, post_id)
"""

# What is ended or changed is looked up by its key once more: joined, all there are would be read.
_END = """
    WITH ending AS MATERIALIZED (
        SELECT held.id, stated.standing, stated.ends_on, stated.expected_end_on
          FROM stated_appointment stated
          CROSS JOIN LATERAL (
              SELECT id, post_id, ends_on FROM directory_appointment
               WHERE source_id = stated.source_id {each}) held
         WHERE held.ends_on IS NULL AND held.post_id IS DISTINCT FROM stated.post_id
    )
    UPDATE directory_appointment appointment
       SET ends_on = greatest(
               CASE WHEN ending.standing = 'ended' THEN ending.ends_on
                    ELSE least(ending.ends_on, appointment.expected_end_on + 1) END,
               appointment.starts_on),
           expected_end_on = CASE WHEN ending.standing = 'ended' THEN ending.expected_end_on
                                  ELSE appointment.expected_end_on END,
           updated_at = now()
      FROM ending
     WHERE appointment.id = ending.id AND appointment.id = ANY(ARRAY(SELECT id FROM ending))
"""

_UPDATE = """
    WITH going_on AS MATERIALIZED (
        SELECT held.id, stated.source_id, stated.starts_on, stated.expected_end_on, stated.fte,
               stated.kind
          FROM stated_appointment stated
          CROSS JOIN LATERAL (
              SELECT id, post_id, ends_on, starts_on, expected_end_on, fte, kind
                FROM directory_appointment WHERE person_id = stated.person_id {each}) held
         WHERE held.post_id = stated.post_id AND held.ends_on IS NULL
           AND stated.action <> 'create'
           AND ((held.expected_end_on, held.fte, held.kind)
                IS DISTINCT FROM (stated.expected_end_on, stated.fte, stated.kind)
                OR held.starts_on <> stated.starts_on)
    )
    UPDATE directory_appointment appointment
       SET starts_on = CASE WHEN appointment.starts_on IS NULL
                              AND EXISTS (SELECT FROM directory_appointment before
                                           WHERE before.source_id = going_on.source_id
                                             AND before.id <> appointment.id)
                            THEN NULL ELSE going_on.starts_on END,
           expected_end_on = going_on.expected_end_on, fte = going_on.fte,
           kind = going_on.kind, updated_at = now()
      FROM going_on
     WHERE appointment.id = going_on.id AND appointment.id = ANY(ARRAY(SELECT id FROM going_on))
"""

# The start date is that of the first post a source names; when the holder moves on unannounced,
# the day of the move is only known to lie before the delivery that shows it.
_OPEN = """
    INSERT INTO directory_appointment (
        id, person_id, post_id, source_id, kind, fte, starts_on, first_stated_on, expected_end_on
    )
    SELECT gen_random_uuid(), person_id, post_id, source_id, kind, fte,
           CASE WHEN undated THEN NULL ELSE starts_on END, %(as_of)s, expected_end_on
      FROM stated_appointment
     WHERE post_id IS NOT NULL
     ORDER BY person_id
    ON CONFLICT (person_id, post_id) WHERE ends_on IS NULL DO NOTHING
"""


def end_appointments(*, run: FeedRun) -> None:
    """End what the plan or its day ends, once the posts stand; history is never rewritten."""
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "kind": run.kind,
        "as_of": run.as_of,
        "run": run.pk,
    }
    with connection.cursor() as cursor:
        few = are_few(cursor=cursor, table="change")
        cursor.execute(looked_up(statement=_STATED, few=few), named)
        cursor.execute(looked_up(statement=_END, few=few))


def open_appointments(*, run: FeedRun) -> int:
    """Open what the plan or its day opens, once the people stand; how many were opened."""
    with connection.cursor() as cursor:
        few = are_few(cursor=cursor, table="stated_appointment")
        cursor.execute(looked_up(statement=_UPDATE, few=few))
        cursor.execute(_OPEN, {"as_of": run.as_of})
        return int(cursor.rowcount)
