"""
Facts about one row among all others, found set-based: each statement adds rows to `finding`.

A finding is a row number, a name and a value. Tables read: `delivery_row` and
`absent_record` (staging), `reading` (readings), and what we hold. Names of findings
are those of `plans.Facts`. Those about reporting lines are in `lines`.
"""

from typing import Any

from django.db import connection, transaction

from directory.changes.planner import are_few, looked_up, plan_for_whole_tables
from directory.models import FeedRun
from directory.sync.lines import ABOVE_FIELDS, line_statements

_CREATE = """
    DROP TABLE IF EXISTS known, finding;
    CREATE TEMP TABLE finding (row_number int NOT NULL, name text NOT NULL, value text NOT NULL)
"""

# A key may have been current, departed, and current again: what stands now comes first.
_KNOWN = """
    CREATE TEMP TABLE known AS
    SELECT DISTINCT ON (reading.row_number) reading.row_number, held.id AS record_id
      FROM reading
      CROSS JOIN LATERAL (
          SELECT id, state FROM directory_sourcerecord
           WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s AND origin = 'feed'
             AND source_key = reading.source_key {each}) held
     ORDER BY reading.row_number, held.state = 'current' DESC, held.id DESC
"""

_REPEATED_KEYS = """
    INSERT INTO finding
    WITH repeated AS (
        SELECT source_key, min(row_number) AS first_row, count(DISTINCT digest) AS versions
          FROM delivery_row WHERE source_key <> ''
         GROUP BY source_key HAVING count(*) > 1
    )
    SELECT reading.row_number, 'same_key_row', staged.row_number::text
      FROM repeated
      JOIN reading USING (source_key)
      JOIN delivery_row staged
        ON staged.source_key = repeated.source_key AND staged.row_number <> reading.row_number
     WHERE versions > 1
    UNION ALL
    SELECT reading.row_number, 'repeats', ''
      FROM repeated JOIN reading USING (source_key)
     WHERE versions = 1 AND reading.row_number <> first_row
"""

_SHARED_EMAILS = """
    INSERT INTO finding
    WITH shared AS (
        SELECT email FROM reading WHERE email <> '' AND kind = 'person'
         GROUP BY email HAVING count(DISTINCT source_key) > 1
    )
    SELECT reading.row_number, 'email_row', other.row_number::text
      FROM shared
      JOIN reading USING (email)
      JOIN reading other
        ON other.email = shared.email AND other.source_key <> reading.source_key
"""

# Looked up row by row, whatever the planner knows of the tables: it costs what changed, and not
# a walk through everybody.
_TAKEN_EMAILS = """
    INSERT INTO finding
    SELECT DISTINCT reading.row_number, 'email_taken', ''
      FROM reading
      CROSS JOIN LATERAL (
          SELECT id FROM directory_person
           WHERE lower(email) = reading.email AND status <> 'left' OFFSET 0) person
      CROSS JOIN LATERAL (
          SELECT id, feed_id, source_key FROM directory_sourcerecord
           WHERE subject_id = person.id AND state = 'current' AND origin = 'feed'
             AND feed_id = ANY(ARRAY(SELECT id FROM directory_feed
                                      WHERE organisation_id = %(organisation)s)) OFFSET 0) held
     WHERE reading.email <> '' AND reading.kind = 'person'
       AND NOT (held.feed_id = %(feed)s AND held.source_key = reading.source_key)
       AND NOT EXISTS (SELECT FROM absent_record absent WHERE absent.id = held.id)
       AND NOT EXISTS (
           SELECT FROM directory_sourcerecord own
            WHERE own.subject_id = person.id AND own.feed_id = %(feed)s
              AND own.state = 'current' AND own.source_key = reading.source_key OFFSET 0)
"""

_UNKNOWN_UNITS = """
    INSERT INTO finding
    SELECT reading.row_number, 'unresolved', 'unit_code'
      FROM reading
     WHERE reading.unit <> ''
       AND NOT EXISTS (SELECT FROM directory_team team
                        WHERE team.feed_id = %(feed)s AND team.code = reading.unit
                          AND team.status = 'live')
"""

_JOB_SHARES = """
    INSERT INTO finding
    SELECT reading.row_number, 'differs_from_row', first_row::text
      FROM reading
      JOIN (SELECT node, min(row_number) AS first_row, min(post) AS said
              FROM reading WHERE post <> ''
             GROUP BY node HAVING count(DISTINCT post) > 1) shared USING (node)
     WHERE reading.row_number <> shared.first_row
       AND reading.post <> (SELECT post FROM reading other
                             WHERE other.row_number = shared.first_row)
"""

# Only a name that most rows do not bear, and that means one body unrelated to both this feed's
# and the one most rows name, tells that a row strayed in from another body's return.
_OTHER_ORGANISATIONS = """
    INSERT INTO finding
    WITH RECURSIVE spelling AS (
        SELECT id, fold_text(name) AS folded FROM directory_organisation
        UNION SELECT id, fold_text(acronym) FROM directory_organisation WHERE acronym <> ''
        UNION SELECT organisation_id, fold_text(name) FROM directory_organisationname
    ), stated AS (
        SELECT fold_text(organisation) AS folded, count(*) AS rows
          FROM reading WHERE organisation <> '' GROUP BY 1
    ), held AS (
        SELECT fold_text(statement->>'stated_organisation') AS folded, count(*) AS rows
          FROM directory_sourcerecord
         WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s AND state = 'current'
         GROUP BY 1
    ), main AS (
        SELECT folded FROM (SELECT * FROM stated UNION ALL SELECT * FROM held) AS both_sides
         WHERE folded IS NOT NULL
         GROUP BY folded ORDER BY sum(rows) DESC, folded LIMIT 1
    ), meant AS (
        SELECT stated.folded, (array_agg(DISTINCT spelling.id))[1] AS id
          FROM stated JOIN spelling USING (folded)
         GROUP BY stated.folded HAVING count(DISTINCT spelling.id) = 1
    ), home AS (
        SELECT %(organisation)s::uuid AS id UNION SELECT id FROM meant JOIN main USING (folded)
    ), above AS (
        SELECT id FROM home
        UNION SELECT link.parent_id FROM above
        JOIN directory_organisationparent link ON link.child_id = above.id
    ), below AS (
        SELECT id FROM home
        UNION SELECT link.child_id FROM below
        JOIN directory_organisationparent link ON link.parent_id = below.id
    )
    SELECT reading.row_number, 'other_organisation', organisation.name
      FROM meant
      JOIN reading ON fold_text(reading.organisation) = meant.folded
      JOIN directory_organisation organisation ON organisation.id = meant.id
     WHERE meant.folded NOT IN (SELECT folded FROM main)
       AND meant.id NOT IN (SELECT id FROM above UNION SELECT id FROM below)
"""

# For each candidate, and not for each row of the delivery.
_WITHOUT_KEY = """
    NOT EXISTS (SELECT FROM directory_sourcerecord held
                 WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
                   AND held.state = 'current' AND held.source_key = candidate.source_key OFFSET 0)
"""

_NAMESAKES_WHO_LEFT = f"""
    INSERT INTO finding
    SELECT DISTINCT row_number, 'candidate', id::text || '|same name, '
           || CASE WHEN status = 'left' THEN 'left on ' || left_on
                   ELSE 'leaves another post in this delivery' END
      FROM (
          SELECT reading.row_number, reading.source_key, person.id, person.status, person.left_on
            FROM (SELECT id FROM directory_person WHERE left_on > %(as_of)s::date - 400
                  UNION SELECT subject_id FROM absent_record WHERE kind = 'person') leaving
            CROSS JOIN LATERAL (
                SELECT * FROM directory_person WHERE id = leaving.id OFFSET 0) person
            JOIN reading
              ON reading.name = fold_text(person.given_name || ' ' || person.family_name)
           WHERE reading.kind = 'person' AND reading.name <> '' AND person.merged_into_id IS NULL
          OFFSET 0) candidate
     WHERE {_WITHOUT_KEY}
"""

_SAME_EMAIL_ELSEWHERE = f"""
    INSERT INTO finding
    SELECT DISTINCT row_number, 'candidate', id::text || '|same e-mail'
      FROM (
          SELECT reading.row_number, reading.source_key, person.id
            FROM reading
            CROSS JOIN LATERAL (
                SELECT id FROM directory_person
                 WHERE lower(email) = reading.email AND merged_into_id IS NULL OFFSET 0) person
           WHERE reading.kind = 'person' AND reading.email <> ''
          OFFSET 0) candidate
     WHERE {_WITHOUT_KEY}
"""


def find_facts(*, run: FeedRun) -> None:
    """Fill the temporary table `finding` for the readings of this run."""
    kind = run.kind
    statements = [_CREATE, _KNOWN, _REPEATED_KEYS]
    if kind == "people":
        statements += [_SHARED_EMAILS, _TAKEN_EMAILS, _UNKNOWN_UNITS]
    elif kind != "teams":
        statements += [_JOB_SHARES, _OTHER_ORGANISATIONS]
    statements += line_statements(kind=kind)
    if kind in ("people", "senior"):
        statements += [_NAMESAKES_WHO_LEFT, _SAME_EMAIL_ELSEWHERE]
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "organisation": run.feed.organisation_id,
        "kind": kind,
        "as_of": run.as_of,
        "above_field": ABOVE_FIELDS.get(kind, ""),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
        few = are_few(cursor=cursor, table="reading")
        for statement in statements:
            cursor.execute(looked_up(statement=statement, few=few), named)
        cursor.execute("ANALYZE known, finding")
