"""Teams as feeds state them: delivered with their codes, or named by a return's rows."""

from typing import Any

from django.db import connection

from directory.models import FeedRun

# depth: 1 for a team whose parent is not part of this delivery, so that parents come first and
# a team only ever moves below one that already stands where it belongs.
_STATED = """
    CREATE TEMP TABLE stated_team ON COMMIT DROP AS
    WITH RECURSIVE said AS (
        SELECT source_key AS code, subject_id AS id, statement->>'name' AS name,
               coalesce(statement->>'parent_code', '') AS parent_code
          FROM change WHERE kind = 'team' AND action <> 'depart'
    ), placed AS (
        SELECT code, 1 AS depth FROM said
         WHERE NOT EXISTS (SELECT FROM said above WHERE above.code = said.parent_code)
        UNION ALL
        SELECT said.code, placed.depth + 1 FROM placed JOIN said ON said.parent_code = placed.code
    )
    SELECT said.*, placed.depth,
           coalesce(nullif(left(replace(fold_text(said.name), ' ', '-'), 150), ''), 'team') AS slug
      FROM said JOIN placed USING (code);
    ANALYZE stated_team
"""

# Siblings of one name are told apart in their address by their code, unique in the feed.
_INSERT = """
    INSERT INTO directory_team (
        id, organisation_id, parent_id, name, slug, code, feed_id, description, status
    )
    SELECT stated.id, %(organisation)s, above.id, stated.name,
           CASE WHEN row_number() OVER (PARTITION BY above.id, stated.slug ORDER BY stated.code) > 1
                  OR sibling.id IS NOT NULL
                THEN stated.slug || '-' || left(md5(stated.id::text), 6)
                ELSE stated.slug END,
           stated.code, %(feed)s, '', 'live'
      FROM stated_team stated
      LEFT JOIN directory_team above
        ON above.feed_id = %(feed)s AND above.code = stated.parent_code
       AND stated.parent_code <> ''
      LEFT JOIN (SELECT coalesce(parent_id::text, '') AS parent, lower(slug) AS slug, id
                   FROM directory_team WHERE organisation_id = %(organisation)s) sibling
        ON sibling.parent = coalesce(above.id::text, '') AND sibling.slug = stated.slug
     WHERE stated.depth = %(depth)s
       AND NOT EXISTS (SELECT FROM directory_team team WHERE team.id = stated.id)
"""

# A team keeps its address when it is renamed, so links to it stay good; where it moves beside
# one of the same address, or together with one, a digest of its id tells the two apart.
_UPDATE = """
    UPDATE directory_team team
       SET name = stated.name, status = 'live', parent_id = above.id, updated_at = now(),
           slug = CASE WHEN team.parent_id IS DISTINCT FROM above.id
                        AND (EXISTS (SELECT FROM directory_team sibling
                                      WHERE sibling.organisation_id = team.organisation_id
                                        AND sibling.parent_id IS NOT DISTINCT FROM above.id
                                        AND sibling.slug = team.slug AND sibling.id <> team.id)
                             OR EXISTS (SELECT FROM stated_team beside
                                          JOIN directory_team coming ON coming.id = beside.id
                                         WHERE beside.parent_code = stated.parent_code
                                           AND coming.slug = team.slug AND coming.id <> team.id))
                       THEN stated.slug || '-' || left(md5(stated.id::text), 6)
                       ELSE team.slug END
      FROM stated_team stated
      LEFT JOIN directory_team above
        ON above.feed_id = %(feed)s AND above.code = stated.parent_code
       AND stated.parent_code <> ''
     WHERE team.id = stated.id AND stated.depth = %(depth)s
       AND (team.name, team.status, team.parent_id)
           IS DISTINCT FROM (stated.name, 'live', above.id)
"""

# A team that is no longer named closes once nothing lives in it; until then it stays in sight. Few
# are not named, and each is looked into by itself.
_CLOSE = """
    WITH unnamed AS MATERIALIZED (
        SELECT id FROM directory_team team
         WHERE feed_id = %(feed)s AND status = 'live' AND code <> ''
           AND NOT EXISTS (SELECT FROM directory_sourcerecord held
                            WHERE held.feed_id = %(feed)s AND held.delivery_kind = 'teams'
                              AND held.state = 'current' AND held.source_key = team.code OFFSET 0)
    )
    UPDATE directory_team team
       SET status = 'closed', updated_at = now()
      FROM unnamed
     WHERE team.id = unnamed.id
       AND NOT EXISTS (SELECT FROM directory_team child
                        WHERE child.parent_id = unnamed.id AND child.status = 'live' OFFSET 0)
       AND NOT EXISTS (SELECT FROM directory_post post
                        WHERE post.team_id = unnamed.id AND post.status = 'live' OFFSET 0)
"""

# A return names units and gives them no codes: units of one folded name are one team.
_UNITS = """
    INSERT INTO directory_team (
        id, organisation_id, parent_id, name, slug, code, feed_id, description, status
    )
    SELECT DISTINCT ON (unit.slug)
           gen_random_uuid(), %(organisation)s, NULL::uuid, unit.name, unit.slug, '',
           %(feed)s::uuid, '', 'live'
      FROM (SELECT position, said.name,
                   coalesce(nullif(left(replace(fold_text(said.name), ' ', '-'), 200), ''),
                            'team') AS slug
              FROM change
              CROSS JOIN LATERAL (
                  SELECT coalesce(nullif(left(statement->>'unit_name', 300), ''),
                                  %(organisation_name)s) AS name
              ) said
             WHERE statement ? 'unit_name' AND reference <> '' AND action <> 'depart') unit
     WHERE NOT EXISTS (SELECT FROM directory_team team
                        WHERE team.organisation_id = %(organisation)s
                          AND team.parent_id IS NULL AND lower(team.slug) = unit.slug)
     ORDER BY unit.slug, unit.position
"""

_TOUCH_MEMBERS = """
    INSERT INTO touched_person
    SELECT DISTINCT appointment.person_id
      FROM stated_team stated
      JOIN directory_post post ON post.team_id = stated.id
      JOIN directory_appointment appointment
        ON appointment.post_id = post.id AND appointment.ends_on IS NULL
"""


def write_teams(*, run: FeedRun) -> None:
    """Write the teams of a teams delivery, parents first, and close those left empty."""
    named: dict[str, Any] = {"feed": run.feed_id, "organisation": run.feed.organisation_id}
    with connection.cursor() as cursor:
        cursor.execute(_STATED)
        cursor.execute("SELECT coalesce(max(depth), 0) FROM stated_team")
        (deepest,) = cursor.fetchone()
        for depth in range(1, deepest + 1):
            cursor.execute(_INSERT, {**named, "depth": depth})
            cursor.execute(_UPDATE, {**named, "depth": depth})
        cursor.execute(_TOUCH_MEMBERS)


def write_units(*, run: FeedRun) -> None:
    """Make the teams that the rows of a return name and the organisation does not have yet."""
    organisation = run.feed.organisation
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "organisation": organisation.pk,
        "organisation_name": organisation.name,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, named)


def close_empty_teams(*, run: FeedRun, deepest: int = 40) -> None:
    """Close the feed's teams that it no longer names, from the leaves up."""
    with connection.cursor() as cursor:
        for _ in range(deepest):
            cursor.execute(_CLOSE, {"feed": run.feed_id})
            if not cursor.rowcount:
                return
