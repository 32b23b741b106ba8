"""Keeps each source's last statement whole."""

from typing import Any

from django.db import connection

from directory.models import FeedRun

# The key is unique among the feed's current records, so a returning subject gets a new record
# beside its departed one, and an update replaces the statement in place.
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


def keep_statements(*, run: FeedRun) -> None:
    """Write what the run's plan states into the source records of its feed."""
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "kind": run.kind,
        "as_of": run.as_of,
        "run": run.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATE, named)
        cursor.execute(_DEPART, named)
