"""Source records return exactly to what they held before the run."""

from typing import Any

from django.db import connection

from directory.models import FeedRun

_MADE = """
    DROP TABLE IF EXISTS made_record;
    CREATE TEMP TABLE made_record ON COMMIT DROP AS
    SELECT held.id, held.subject_id, held.kind
      FROM directory_sourcerecord held
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s AND held.origin = 'feed'
       AND held.run_id = %(run)s
       AND NOT EXISTS (SELECT FROM directory_replacedrecord replaced
                        WHERE replaced.run_id = %(run)s AND replaced.record_id = held.id);
    ANALYZE made_record
"""

# What stays needs somebody who vouched for it, and a key by which its feed finds it again.
_DEPART = """
    UPDATE directory_sourcerecord held
       SET state = 'departed', updated_at = now()
      FROM made_record made
     WHERE made.id = held.id
       AND ((made.kind = 'person'
             AND made.subject_id IN (SELECT id FROM staying_person))
            OR (made.kind = 'team' AND made.subject_id IN (SELECT id FROM staying_team))
            OR EXISTS (SELECT FROM directory_appointment appointment
                        WHERE appointment.source_id = made.id)
            OR EXISTS (SELECT FROM directory_expertise claim WHERE claim.source_id = made.id))
"""

_DELETE = """
    DELETE FROM directory_sourcerecord held USING made_record made
     WHERE made.id = held.id AND held.state = 'current'
"""

_RETURN = """
    UPDATE directory_sourcerecord held
       SET statement = replaced.statement, raw_digest = replaced.raw_digest,
           state = replaced.state, stated_on = replaced.stated_on,
           run_id = replaced.stated_by_run, updated_at = now()
      FROM directory_replacedrecord replaced
     WHERE replaced.run_id = %(run)s AND held.id = replaced.record_id
"""

_FORGET = "DELETE FROM directory_replacedrecord WHERE run_id = %(run)s"


def find_made_records(*, run: FeedRun) -> None:
    """Put the records that the run made into `made_record`: those it replaced nothing for."""
    named: dict[str, Any] = {"feed": run.feed_id, "kind": run.kind, "run": run.pk}
    with connection.cursor() as cursor:
        cursor.execute(_MADE, named)


def return_statements(*, run: FeedRun) -> int:
    """Take the run's statements back; how many subjects that were."""
    named = {"run": run.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM made_record")
        (made,) = cursor.fetchone()
        cursor.execute(_DEPART)
        cursor.execute(_DELETE)
        cursor.execute(_RETURN, named)
        returned: int = made + cursor.rowcount
        cursor.execute(_FORGET, named)
    return returned
