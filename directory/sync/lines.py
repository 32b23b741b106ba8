"""
Facts about the line from each row to the one above: where it leads, and whether back to itself.

Statements for `findings`, which runs them; what they add are findings like its own.
Tables read: `delivery_row` and `absent_record` (staging), `reading` and `ended_post`
(readings), and what we hold.
"""

from django.db import connection

from directory.models import FeedRun

#: In which field of a statement the reporting or parent line leads on.
ABOVE_FIELDS = {"people": "manager_key", "teams": "parent_code", "senior": "reports_to_post"}

_CLEAR = """
    DROP TABLE IF EXISTS reference, ended, edge
"""

_UNKNOWN_PARENTS = """
    INSERT INTO finding
    SELECT reading.row_number, 'unresolved', 'parent_code'
      FROM reading
     WHERE reading.kind = 'team' AND reading.above <> ''
       AND NOT EXISTS (SELECT FROM reading other WHERE other.source_key = reading.above)
       AND NOT EXISTS (SELECT FROM directory_team team
                        WHERE team.feed_id = %(feed)s AND team.code = reading.above
                          AND team.status = 'live'
                          AND NOT EXISTS (SELECT FROM absent_record absent
                                           WHERE absent.source_key = team.code))
"""

_UNKNOWN_MANAGERS = """
    INSERT INTO finding
    SELECT reading.row_number, 'unresolved', 'manager_key'
      FROM reading
     WHERE reading.above <> ''
       AND NOT EXISTS (SELECT FROM delivery_row staged WHERE staged.source_key = reading.above)
       AND NOT EXISTS (
           SELECT FROM directory_sourcerecord held
            WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
              AND held.state = 'current' AND held.source_key = reading.above
              AND NOT EXISTS (SELECT FROM absent_record absent WHERE absent.id = held.id))
"""

# The references of all senior posts of this organisation, as they will stand after the run.
_REFERENCES = """
    CREATE TEMP TABLE reference AS
    SELECT DISTINCT node AS reference, lower(ltrim(node, '0')) AS bare
      FROM reading WHERE node <> '' AND %(kind)s = 'senior'
    UNION
    SELECT post_key, lower(ltrim(post_key, '0'))
      FROM (SELECT held.id, held.statement->>'post_key' AS post_key
              FROM directory_sourcerecord held
              JOIN directory_feed feed ON feed.id = held.feed_id
             WHERE feed.organisation_id = %(organisation)s AND held.delivery_kind = 'senior'
               AND held.state = 'current' AND held.origin = 'feed') held
     WHERE post_key <> ''
       AND NOT EXISTS (SELECT FROM absent_record absent WHERE absent.id = held.id)
"""

# Senior posts that stood and do no more: rows that say so, and what departed or is about to.
_ENDED = """
    CREATE TEMP TABLE ended AS
    SELECT reference FROM ended_post
    UNION
    SELECT statement->>'post_key' FROM absent_record WHERE %(kind)s = 'senior'
    UNION
    SELECT held.statement->>'post_key'
      FROM directory_sourcerecord held
      JOIN directory_feed feed ON feed.id = held.feed_id
     WHERE feed.organisation_id = %(organisation)s AND held.delivery_kind = 'senior'
       AND held.state = 'departed' AND held.origin = 'feed'
"""

_UNKNOWN_REFERENCES = """
    INSERT INTO finding
    WITH dangling AS (
        SELECT reading.row_number, reading.above
          FROM reading
         WHERE reading.above <> ''
           AND NOT EXISTS (SELECT FROM reference WHERE reference.reference = reading.above)
    ), meant AS (
        SELECT dangling.row_number, count(reference.reference) AS candidates,
               min(reference.reference) AS spelling
          FROM dangling
          LEFT JOIN reference ON reference.bare = lower(ltrim(dangling.above, '0'))
         WHERE NOT EXISTS (SELECT FROM ended WHERE ended.reference = dangling.above)
         GROUP BY dangling.row_number
    )
    SELECT row_number,
           CASE WHEN candidates = 1 THEN 'repaired' ELSE 'unresolved' END,
           CASE WHEN candidates = 1 THEN spelling ELSE 'reports_to_post' END
      FROM meant
    UNION ALL
    SELECT row_number, 'ended', 'reports_to_post'
      FROM dangling WHERE EXISTS (SELECT FROM ended WHERE ended.reference = dangling.above)
"""

# What the delivery says; what it does not touch is looked up on the way, so that the lines above
# few changed rows cost little however many we hold.
_SAID = """
    CREATE TEMP TABLE edge AS SELECT DISTINCT node, above FROM reading
"""

_LOOPS_BY_KEY = """
    INSERT INTO finding
    WITH RECURSIVE line AS (
        SELECT DISTINCT above AS start, above AS reached FROM edge WHERE above <> ''
        UNION
        SELECT line.start, coalesce(edge.above, held.above)
          FROM line
          LEFT JOIN edge ON edge.node = line.reached
          LEFT JOIN LATERAL (
              SELECT statement->>%(above_field)s AS above
                FROM directory_sourcerecord
               WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
                 AND source_key = line.reached AND state = 'current' AND origin = 'feed'
                 AND edge.node IS NULL AND id NOT IN (SELECT id FROM absent_record)
              OFFSET 0) held ON true
         WHERE coalesce(edge.above, held.above) <> ''
    )
    SELECT DISTINCT reading.row_number, 'looping', ''
      FROM reading JOIN line ON line.start = reading.above AND line.reached = reading.node
"""

# Posts of a senior return have no key to look them up by. The lines as they would stand: what the
# delivery says over what we hold and it does not touch.
_EDGES = """
    CREATE TEMP TABLE edge AS
    SELECT node, coalesce(repaired.value, above) AS above
      FROM reading
      LEFT JOIN finding repaired
        ON repaired.row_number = reading.row_number AND repaired.name = 'repaired'
     WHERE above <> ''
    UNION
    SELECT held.statement->>'post_key', held.statement->>%(above_field)s
      FROM directory_sourcerecord held
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed'
       AND held.statement->>%(above_field)s <> ''
       AND NOT EXISTS (SELECT FROM reading WHERE reading.source_key = held.source_key)
       AND NOT EXISTS (SELECT FROM absent_record absent WHERE absent.id = held.id)
"""

_LOOPS = """
    INSERT INTO finding
    WITH RECURSIVE changed AS (
        SELECT reading.row_number, reading.node, coalesce(repaired.value, reading.above) AS above
          FROM reading
          LEFT JOIN finding repaired
            ON repaired.row_number = reading.row_number AND repaired.name = 'repaired'
         WHERE reading.above <> ''
    ), line AS (
        SELECT DISTINCT above AS start, above AS reached FROM changed
        UNION
        SELECT line.start, edge.above FROM line JOIN edge ON edge.node = line.reached
    )
    SELECT DISTINCT changed.row_number, 'looping', ''
      FROM changed JOIN line ON line.start = changed.above AND line.reached = changed.node
"""

_TOP_POST = """
    SELECT EXISTS (SELECT FROM reading WHERE top)
        OR EXISTS (SELECT FROM directory_sourcerecord held
                    WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
                      AND held.state = 'current' AND held.origin = 'feed'
                      AND held.statement->>'top_post' <> ''
                      AND NOT EXISTS (SELECT FROM reading
                                       WHERE reading.source_key = held.source_key)
                      AND NOT EXISTS (SELECT FROM absent_record absent
                                       WHERE absent.id = held.id))
"""


def line_statements(*, kind: str) -> list[str]:
    """
    The statements that find facts about the lines of a delivery of this kind, in order.

    They take the named values `feed`, `organisation`, `kind` and `above_field`.
    """
    if kind == "people":
        unknown = [_UNKNOWN_MANAGERS]
    elif kind == "teams":
        unknown = [_UNKNOWN_PARENTS]
    else:
        unknown = [_REFERENCES, _ENDED, _UNKNOWN_REFERENCES]
    if kind == "junior":
        return [_CLEAR, *unknown]
    loops = [_EDGES, _LOOPS] if kind == "senior" else [_SAID, _LOOPS_BY_KEY]
    return [_CLEAR, *unknown, *loops]


def has_top_post(*, run: FeedRun) -> bool:
    """Whether some post of a senior return is marked as the top, as the head of a body is."""
    with connection.cursor() as cursor:
        cursor.execute(_TOP_POST, {"feed": run.feed_id, "kind": run.kind})
        (found,) = cursor.fetchone()
    return bool(found)
