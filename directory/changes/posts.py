"""Posts and reporting lines, as a run's plan states them."""

from typing import Any

from django.db import connection

from directory.changes.planner import are_few, looked_up
from directory.changes.reporting import prepare_lines
from directory.changes.words import GRADE_WORDS, PROFESSION_WORDS
from directory.models import FeedRun
from directory.records import DeliveryKind

_LOCATIONS = """
    INSERT INTO directory_location (name, city, region, status)
    SELECT DISTINCT ON (lower(said.name)) said.name, '', '', 'proposed'
      FROM (SELECT left(statement->>'location', 200) AS name FROM change
             WHERE statement->>'location' <> '' AND action <> 'depart') said
     WHERE NOT EXISTS (SELECT FROM directory_location WHERE lower(name) = lower(said.name))
     ORDER BY lower(said.name), said.name
    ON CONFLICT DO NOTHING
"""

_WORDS = f"""
    CREATE TEMP TABLE grade_word ON COMMIT DROP AS {GRADE_WORDS};
    CREATE TEMP TABLE profession_word ON COMMIT DROP AS {PROFESSION_WORDS}
"""

# Of the rows of a job share the first describes the post. A post that its holder implies stands
# while they hold it.
_STATED_IN = """
    CREATE TEMP TABLE stated_post ON COMMIT DROP AS
    SELECT DISTINCT ON (said.reference)
           coalesce(held.id, gen_random_uuid()) AS id, said.reference, said.manager_key,
           team.id AS team_id, said.title, said.responsibilities,
           grade_word.grade_id, said.grade_stated, profession_word.profession_id,
           said.profession_stated, location.id AS location_id,
           said.contact_email, said.contact_phone, said.posts_fte, said.holder,
           starts_with(said.reference, E'person\\n') AS implied
      FROM (
          SELECT position, reference,
                 coalesce(statement->>'manager_key', '') AS manager_key,
                 coalesce(statement->>'unit_code', '') AS unit_code,
                 CASE WHEN statement ? 'unit_name' THEN
                     coalesce(nullif(left(replace(fold_text(
                         coalesce(nullif(left(statement->>'unit_name', 300), ''),
                                  %(organisation_name)s)), ' ', '-'), 200), ''), 'team')
                 END AS unit_slug,
                 left(coalesce(statement->>'job_title', ''), 300) AS title,
                 coalesce(statement->>'responsibilities', '') AS responsibilities,
                 left(coalesce(statement->>'grade', ''), 100) AS grade_stated,
                 left(coalesce(statement->>'profession', ''), 150) AS profession_stated,
                 left(coalesce(statement->>'location', ''), 200) AS location_name,
                 coalesce(statement->>'contact_email', '') AS contact_email,
                 left(coalesce(statement->>'contact_phone', ''), 100) AS contact_phone,
                 nullif(statement->>'posts_fte', '')::numeric AS posts_fte,
                 coalesce(statement->>'holder', '') AS holder
            FROM change
           WHERE reference <> '' AND action <> 'depart'
             AND (standing = 'held' OR NOT starts_with(reference, E'person\\n'))
      ) said
      JOIN directory_team team ON {placed}
      LEFT JOIN (SELECT value AS stated, fold_text(value) AS word
                   FROM (SELECT DISTINCT left(statement->>'grade', 100) AS value
                           FROM change) v) grade_said ON grade_said.stated = said.grade_stated
      LEFT JOIN grade_word ON grade_word.word = grade_said.word
      LEFT JOIN (SELECT value AS stated, fold_text(value) AS word
                   FROM (SELECT DISTINCT left(statement->>'profession', 150) AS value
                           FROM change) v) profession_said
        ON profession_said.stated = said.profession_stated
      LEFT JOIN profession_word ON profession_word.word = profession_said.word
      LEFT JOIN directory_location location
        ON said.location_name <> '' AND lower(location.name) = lower(said.location_name)
      LEFT JOIN LATERAL (
          SELECT id FROM directory_post
           WHERE feed_id = %(feed)s AND reference = said.reference AND reference <> ''
             AND status = 'live' {each}) held ON true
     ORDER BY said.reference, said.position;
    ANALYZE stated_post (id, reference)
"""

# Returns name units; other feeds give the codes of teams they delivered.
_BY_CODE = "team.feed_id = %(feed)s AND team.code = said.unit_code"
_BY_UNIT = (
    "team.organisation_id = %(organisation)s AND team.parent_id IS NULL"
    " AND lower(team.slug) = said.unit_slug"
)

# A team that closed while the plan waited for its approval opens again with those who come to it,
# and so does what stands above it.
_REOPEN = """
    UPDATE directory_team above
       SET status = 'live', updated_at = now()
      FROM (SELECT DISTINCT team.path FROM stated_post
              JOIN directory_team team ON team.id = stated_post.team_id) placed
     WHERE above.status = 'closed' AND above.path @> placed.path
"""

_CLOSE_LEFT = """
    UPDATE directory_post post
       SET status = 'closed', reports_to_id = NULL, updated_at = now(),
           closed_on = CASE WHEN change.standing = 'ended' THEN change.last_day + 1
                            ELSE %(as_of)s END
      FROM change
     WHERE change.kind = 'person'
       AND (change.new_post OR change.standing IN ('departed', 'ended', 'expected'))
       AND post.feed_id = %(feed)s AND post.status = 'live' AND post.implied
       AND post.reference = E'person\\n' || change.source_key
"""

_WRITE = """
    INSERT INTO directory_post AS post (
        id, team_id, title, responsibilities, grade_id, grade_stated, profession_id,
        profession_stated, location_id, contact_email, contact_phone, posts_fte,
        holder_undisclosed, implied, feed_id, reference, status, reports_to_id
    )
    SELECT id, team_id, title, responsibilities, grade_id, grade_stated,
           profession_id, profession_stated, location_id, contact_email, contact_phone, posts_fte,
           holder = 'undisclosed', implied, %(feed)s, reference, 'live', stated_line.above_id
      FROM stated_post LEFT JOIN stated_line ON stated_line.post_id = stated_post.id
    ON CONFLICT (feed_id, reference) WHERE status = 'live' AND reference <> ''
    DO UPDATE SET team_id = excluded.team_id, title = excluded.title,
        responsibilities = excluded.responsibilities, grade_id = excluded.grade_id,
        grade_stated = excluded.grade_stated, profession_id = excluded.profession_id,
        profession_stated = excluded.profession_stated, location_id = excluded.location_id,
        contact_email = excluded.contact_email, contact_phone = excluded.contact_phone,
        posts_fte = excluded.posts_fte, holder_undisclosed = excluded.holder_undisclosed,
        updated_at = now()
    WHERE (post.team_id, post.title, post.responsibilities, post.grade_id, post.grade_stated,
           post.profession_id, post.profession_stated, post.location_id, post.contact_email,
           post.contact_phone, post.posts_fte, post.holder_undisclosed)
          IS DISTINCT FROM
          (excluded.team_id, excluded.title, excluded.responsibilities, excluded.grade_id,
           excluded.grade_stated, excluded.profession_id, excluded.profession_stated,
           excluded.location_id, excluded.contact_email, excluded.contact_phone,
           excluded.posts_fte, excluded.holder_undisclosed)
"""

# Search finds a holder by their post, so whoever shares a post with a changed row is written too.
_TOUCH_HOLDERS = """
    INSERT INTO touched_person
    SELECT appointment.person_id
      FROM stated_post stated
      JOIN directory_appointment appointment
        ON appointment.post_id = stated.id AND appointment.ends_on IS NULL
     WHERE NOT stated.implied
"""

# A return lists every post, so one it no longer lists is abolished; a feed that names people
# says nothing about the post somebody left, which stays, vacant.
_CLOSE_UNLISTED = """
    UPDATE directory_post post
       SET status = 'closed', closed_on = %(as_of)s, reports_to_id = NULL, updated_at = now()
      FROM change
     WHERE change.action = 'depart' AND change.reference <> ''
       AND post.feed_id = %(feed)s AND post.status = 'live' AND NOT post.implied
       AND post.reference = change.reference
       AND NOT EXISTS (SELECT FROM directory_sourcerecord held
                        WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
                          AND held.state = 'current'
                          AND held.statement->>'post_key' = change.reference)
"""

_UNDISCLOSED = """
    UPDATE directory_post post
       SET holder_undisclosed = NOT post.holder_undisclosed, updated_at = now()
      FROM (
          SELECT post.id, EXISTS (
                     SELECT FROM directory_sourcerecord held
                      WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
                        AND held.state = 'current'
                        AND held.statement->>'post_key' = post.reference
                        AND held.statement->>'holder' = 'undisclosed') AS undisclosed
            FROM (SELECT DISTINCT reference FROM change WHERE reference <> '') touched
            JOIN directory_post post
              ON post.feed_id = %(feed)s AND post.status = 'live'
             AND post.reference = touched.reference
      ) said
     WHERE said.id = post.id AND said.undisclosed <> post.holder_undisclosed
"""


def write_posts(*, run: FeedRun) -> None:
    """Write the posts the plan states, and close those whose only holder left or moved."""
    organisation = run.feed.organisation
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "organisation": organisation.pk,
        "organisation_name": organisation.name,
        "as_of": run.as_of,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCATIONS)
        cursor.execute(_WORDS, named)
        placed = _BY_CODE if run.kind == DeliveryKind.PEOPLE else _BY_UNIT
        cursor.execute(_CLOSE_LEFT, named)
        few = are_few(cursor=cursor, table="change")
        stated_in = looked_up(statement=_STATED_IN, few=few)
        cursor.execute(stated_in.replace("{placed}", placed), named)
    prepare_lines(run=run)
    with connection.cursor() as cursor:
        cursor.execute(_REOPEN)
        cursor.execute(_WRITE, named)
        cursor.execute(_TOUCH_HOLDERS)


def close_unlisted_posts(*, run: FeedRun) -> None:
    """Close the posts a return no longer lists, and see which are still held undisclosed."""
    named: dict[str, Any] = {"feed": run.feed_id, "kind": run.kind, "as_of": run.as_of}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_UNLISTED, named)
        cursor.execute(_UNDISCLOSED, named)
