"""Teams return to their names and places, parents first, and the run's own go."""

from uuid import UUID

from django.db import connection

from directory.changes.undoing.made import final
from directory.changes.undoing.nouns import TEAM
from directory.changes.undoing.writing import assignments
from directory.models import Team

_PARENT_GONE = """
    UPDATE wanted_team wanted
       SET parent_id = standing.parent_id, slug = standing.slug,
           overtaken = wanted.overtaken || '{the team above is gone}'::text[]
      FROM directory_team standing
     WHERE standing.id = wanted.id AND wanted.parent_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM directory_team above WHERE above.id = wanted.parent_id)
"""

# A place that somebody else took meanwhile is theirs; the address is told apart as siblings' are.
_PLACE_TAKEN = """
    WITH final AS MATERIALIZED ({final})
    UPDATE wanted_team wanted
       SET slug = left(wanted.slug, 190) || '-' || left(md5(wanted.id::text), 6),
           overtaken = wanted.overtaken || '{{its address is taken}}'::text[]
     WHERE EXISTS (SELECT FROM final
                     JOIN directory_team other ON other.id = final.id
                     LEFT JOIN wanted_team moving ON moving.id = other.id
                    WHERE other.id <> wanted.id AND other.organisation_id = wanted.organisation_id
                      AND final.leads_to IS NOT DISTINCT FROM wanted.parent_id
                      AND lower(coalesce(moving.slug, other.slug)) = lower(wanted.slug)
                      AND NOT EXISTS (SELECT FROM going_team going WHERE going.id = other.id))
"""

# Rows change one by one within a statement, so who stands where another returns steps aside.
_STEP_ASIDE = """
    UPDATE directory_team standing
       SET slug = left(standing.slug, 160) || '-' || md5(standing.id::text)
     WHERE EXISTS (SELECT FROM wanted_team wanted
                    WHERE wanted.id <> standing.id
                      AND wanted.organisation_id = standing.organisation_id
                      AND wanted.parent_id IS NOT DISTINCT FROM standing.parent_id
                      AND lower(wanted.slug) = lower(standing.slug))
"""

_DEPTHS = """
    DROP TABLE IF EXISTS returning_team;
    CREATE TEMP TABLE returning_team ON COMMIT DROP AS
    WITH RECURSIVE placed AS (
        SELECT id, 1 AS depth FROM wanted_team wanted
         WHERE parent_id IS NULL
            OR NOT EXISTS (SELECT FROM wanted_team above WHERE above.id = wanted.parent_id)
        UNION ALL
        SELECT wanted.id, placed.depth + 1
          FROM placed JOIN wanted_team wanted ON wanted.parent_id = placed.id
    )
    SELECT wanted.id, coalesce(placed.depth, 0) AS depth
      FROM wanted_team wanted LEFT JOIN placed ON placed.id = wanted.id
"""

# What was moved by hand since may by now stand below the team that would return below it.
_BELOW_ITSELF = """
    UPDATE wanted_team wanted
       SET parent_id = standing.parent_id, slug = standing.slug,
           overtaken = wanted.overtaken || '{the team above stands below it by now}'::text[]
      FROM directory_team standing, directory_team above, returning_team placed
     WHERE standing.id = wanted.id AND above.id = wanted.parent_id AND placed.id = wanted.id
       AND placed.depth IN (0, %(depth)s) AND above.path <@ standing.path
"""

_RETURN = f"""
    UPDATE directory_team standing SET {assignments(noun=TEAM)}
      FROM wanted_team wanted JOIN returning_team placed ON placed.id = wanted.id
     WHERE standing.id = wanted.id AND placed.depth = %(depth)s
"""

# A team that would be closed again stays open while something lives in it, and so does what
# stands above it.
_REOPEN = """
    INSERT INTO kept_row
    SELECT 'team', above.id, 'somebody came to it since, so it stays open'
      FROM directory_team above
     WHERE above.status = 'closed' AND above.organisation_id = %(organisation)s
       AND EXISTS (SELECT FROM directory_team below
                    WHERE below.organisation_id = above.organisation_id
                      AND above.path @> below.path
                      AND ((below.status = 'live' AND below.id <> above.id)
                           OR EXISTS (SELECT FROM directory_post post
                                       WHERE post.team_id = below.id AND post.status = 'live')));
    UPDATE directory_team SET status = 'live', updated_at = now()
     WHERE status = 'closed' AND organisation_id = %(organisation)s
       AND id::text IN (SELECT id FROM kept_row WHERE word = 'team')
"""


def return_teams() -> None:
    """Write what the teams that the run changed have to hold."""
    with connection.cursor() as cursor:
        cursor.execute(_PARENT_GONE)
        cursor.execute(_PLACE_TAKEN.format(final=final(model=Team, column="parent_id")))
        cursor.execute(_STEP_ASIDE)
        cursor.execute(_DEPTHS)
        cursor.execute("SELECT coalesce(max(depth), -1) FROM returning_team")
        (deepest,) = cursor.fetchone()
        for depth in range(deepest + 1):
            cursor.execute(_BELOW_ITSELF, {"depth": depth})
            cursor.execute(_RETURN, {"depth": depth})


def reopen_inhabited(*, organisation_id: UUID) -> None:
    """Open each closed team of the organisation in which something lives."""
    with connection.cursor() as cursor:
        cursor.execute(_REOPEN, {"organisation": organisation_id})
