"""
People are merged anew from the sources they are left with; the run's own go.

Whom the run listed more narrowly is listed as before, unless a feed still says to protect them.
"""

from datetime import date

from django.db import connection

from directory.changes.listing import raise_held_listings
from directory.changes.people import write_people
from directory.changes.trail import Act
from directory.changes.undoing.nouns import PERSON
from directory.changes.undoing.writing import assignments
from directory.models import FeedRun

_CREATE = """
    DROP TABLE IF EXISTS touched_person, merged_person, one_source, several_sources;
    CREATE TEMP TABLE touched_person (id uuid NOT NULL) ON COMMIT DROP
"""

_TOUCH_STATED = """
    INSERT INTO touched_person
    SELECT held.subject_id
      FROM directory_sourcerecord held
      JOIN directory_replacedrecord replaced ON replaced.record_id = held.id
     WHERE replaced.run_id = %(run)s AND held.kind = 'person'
    UNION SELECT subject_id FROM made_record WHERE kind = 'person'
    UNION SELECT appointment.person_id FROM going_appointment going
      JOIN directory_appointment appointment ON appointment.id = going.id
    UNION SELECT claim.person_id FROM going_claim going
      JOIN directory_expertise claim ON claim.id = going.id
"""

# Search finds people by their posts and teams, so whoever holds one that returned is written too.
_TOUCH_HOLDERS = """
    INSERT INTO touched_person
    SELECT id FROM wanted_person
    UNION SELECT person_id FROM wanted_appointment
    UNION SELECT appointment.person_id
      FROM directory_post post
      JOIN directory_appointment appointment
        ON appointment.post_id = post.id AND appointment.ends_on IS NULL
     WHERE post.id IN (SELECT id FROM wanted_post)
        OR post.team_id IN (SELECT id FROM wanted_team)
    UNION SELECT claim.person_id FROM trail_claim trail
      JOIN directory_expertise claim ON claim.id = trail.id;
    DELETE FROM touched_person touched USING going_person going WHERE going.id = touched.id
"""

_RETURN = f"""
    UPDATE directory_person standing SET {assignments(noun=PERSON)}
      FROM wanted_person wanted
     WHERE standing.id = wanted.id AND standing.listing <> wanted.listing
"""

_DELETE = """
    DELETE FROM directory_searchentry entry USING going_person going
     WHERE entry.person_id = going.id;
    DELETE FROM directory_case open_case USING going_person going
     WHERE open_case.state = 'open' AND going.id = open_case.person_id;
    DELETE FROM directory_case open_case USING going_person going
     WHERE open_case.state = 'open' AND going.id = open_case.candidate_id;
    DELETE FROM directory_person standing USING going_person going WHERE going.id = standing.id
"""


# Roles that ended because the run had their holder leave: the trail has them.
_RETURN_GRANTS = """
    INSERT INTO directory_grant (id, user_id, role, organisation_id, team_id, feed_id, until,
                                 granted_by_id, granted_at)
    SELECT ended.id, ended.user_id, ended.role, ended.organisation_id, ended.team_id,
           ended.feed_id, ended.until, ended.granted_by_id, ended.granted_at
      FROM directory_grantevent ended
      JOIN directory_recordowner owner ON owner.user_id = ended.user_id
      JOIN directory_person own ON own.id = owner.person_id
      JOIN directory_person person
        ON person.id = coalesce(own.merged_into_id, own.id) AND person.status <> 'left'
     WHERE ended.pgh_created_at = %(written_at)s AND ended.pgh_context_id = %(context)s
       AND ended.pgh_label = 'delete'
    ON CONFLICT DO NOTHING
"""


def touch_people(*, run: FeedRun) -> None:
    """Note in `touched_person` whom the undo is about, while the run's rows still stand."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        cursor.execute(_TOUCH_STATED, {"run": run.pk})


def return_people(*, run: FeedRun, act: Act, today: date) -> None:
    """
    Merge everybody the undo is about from their sources, and delete who has none.

    Whoever had left by the run alone has the roles again that this ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH_HOLDERS)
    write_people(today=today)
    with connection.cursor() as cursor:
        cursor.execute(_RETURN)
        cursor.execute(_RETURN_GRANTS, {"context": act.context, "written_at": act.written_at})
    raise_held_listings(people="wanted_person", feed_id=run.feed_id)
    with connection.cursor() as cursor:
        cursor.execute(_DELETE)
