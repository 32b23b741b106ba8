"""Keeps each source's last statement whole."""

from datetime import datetime
from typing import Any

from django.db import connection

from directory.changes.planner import HELD_UNDER_KEY
from directory.models import FeedRun

# Somebody who comes back states their record anew: what it held when they left is no other
# source, and must not fill what the feed now leaves blank.
_RETURNING = """
    DROP TABLE IF EXISTS returning_record;
    CREATE TEMP TABLE returning_record ON COMMIT DROP AS
    SELECT DISTINCT ON (change.source_key) departed.id
      FROM change
      JOIN directory_sourcerecord departed
        ON departed.feed_id = %(feed)s AND departed.delivery_kind = %(kind)s
       AND departed.state = 'departed' AND departed.origin = 'feed'
       AND departed.source_key = change.source_key
       AND departed.subject_id = change.subject_id
     WHERE change.action = 'create'
     ORDER BY change.source_key, departed.id DESC
"""

# The records that are about to change: what an undo has to put back. A record of the run that
# replaces nothing is the run's own.
_REPLACED = f"""
    INSERT INTO directory_replacedrecord (
        run_id, record_id, statement, raw_digest, state, stated_on, stated_by_run
    )
    SELECT %(run)s, held.id, held.statement, held.raw_digest, held.state, held.stated_on,
           held.run_id
      FROM change
      {HELD_UNDER_KEY.format(held="held")}
    UNION ALL
    SELECT %(run)s, held.id, held.statement, held.raw_digest, held.state, held.stated_on,
           held.run_id
      FROM returning_record
      CROSS JOIN LATERAL (
          SELECT * FROM directory_sourcerecord WHERE id = returning_record.id OFFSET 0) held
"""

_RETURN = """
    UPDATE directory_sourcerecord held
       SET state = 'current', stated_on = %(as_of)s
      FROM returning_record WHERE held.id = returning_record.id
"""

# The key is unique among the feed's current records: an update replaces the statement in place.
# Somebody else under a key that was another's before gets a record beside the departed one.
_STATE = """
    INSERT INTO directory_sourcerecord AS held (
        origin, feed_id, delivery_kind, kind, source_key, subject_id, statement, raw_digest,
        state, stated_on, run_id, reason, updated_at
    )
    SELECT 'feed', %(feed)s, %(kind)s, kind, source_key, subject_id, statement, raw_digest,
           'current', %(as_of)s, %(run)s, '', now()
      FROM change
     WHERE action <> 'depart'
    ON CONFLICT (feed_id, delivery_kind, source_key) WHERE state = 'current' AND origin = 'feed'
    DO UPDATE SET statement = excluded.statement, raw_digest = excluded.raw_digest,
        stated_on = CASE WHEN held.statement = excluded.statement THEN held.stated_on
                         ELSE excluded.stated_on END,
        run_id = excluded.run_id, updated_at = now()
"""

_DEPART = """
    UPDATE directory_sourcerecord held
       SET state = 'departed', statement = change.statement, stated_on = %(as_of)s,
           run_id = %(run)s, updated_at = now()
      FROM change
     WHERE change.action = 'depart'
       AND held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed'
       AND held.source_key = change.source_key
"""


_FORGET = """
    DELETE FROM directory_replacedrecord replaced
     USING directory_feedrun run
     WHERE run.feed_id = %(feed)s AND run.finished_at < %(before)s AND replaced.run_id = run.id
"""


def forget_replaced(*, run: FeedRun, before: datetime) -> None:
    """Forget what the feed's runs replaced that were applied before this time."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"feed": run.feed_id, "before": before})


def keep_statements(*, run: FeedRun) -> None:
    """Write what the run's plan states into its feed's records, and keep what it replaces."""
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "kind": run.kind,
        "as_of": run.as_of,
        "run": run.pk,
    }
    with connection.cursor() as cursor:
        for statement in (_RETURNING, _REPLACED, _RETURN, _STATE, _DEPART):
            cursor.execute(statement, named)
