"""Posts and reporting lines return, and the run's own posts go."""

from typing import Any

from django.db import connection

from directory.changes.reporting import draw_stated
from directory.changes.undoing.made import final
from directory.changes.undoing.nouns import POST
from directory.changes.undoing.writing import assignments, delete_going
from directory.models import Appointment, FeedRun

#: Keys of a post that may lead to what went with the undo of another run.
_PLACES = ("team", "location", "grade", "profession")

_PLACE_GONE = """
    UPDATE wanted_post wanted
       SET {place}_id = standing.{place}_id,
           overtaken = wanted.overtaken || '{{its {place} is gone}}'::text[]
      FROM directory_post standing
     WHERE standing.id = wanted.id AND wanted.{place}_id IS NOT NULL
       AND wanted.{place}_id IS DISTINCT FROM standing.{place}_id
       AND NOT EXISTS (SELECT FROM directory_{place} place WHERE place.id = wanted.{place}_id)
"""

# What the run made and somebody stands on stays, closed unless somebody holds it: its feed does
# not state it any more, and may give its reference to another.
_CLOSE_STAYING = """
    INSERT INTO wanted_post (id, {columns}, overtaken)
    SELECT standing.id, {values}, '{{}}'
      FROM (SELECT DISTINCT id FROM staying_post) staying
      JOIN directory_post standing ON standing.id = staying.id
     WHERE standing.status = 'live'
       AND NOT EXISTS (SELECT FROM ({held}) held WHERE held.leads_to = standing.id)
"""

_REFERENCE_TAKEN = """
    UPDATE wanted_post wanted
       SET status = standing.status, closed_on = standing.closed_on, reports_to_id = NULL,
           overtaken = wanted.overtaken || '{another post has its reference}'::text[]
      FROM directory_post standing
     WHERE standing.id = wanted.id AND standing.status = 'closed' AND wanted.status = 'live'
       AND wanted.reference <> ''
       AND EXISTS (SELECT FROM directory_post other
                    WHERE other.feed_id = wanted.feed_id AND other.reference = wanted.reference
                      AND other.status = 'live' AND other.id <> wanted.id
                      AND NOT EXISTS (SELECT FROM going_post WHERE going_post.id = other.id)
                      AND NOT EXISTS (SELECT FROM wanted_post closing
                                       WHERE closing.id = other.id AND closing.status = 'closed'))
"""

_CUT_LINES = """
    UPDATE directory_post standing SET reports_to_id = NULL, updated_at = now()
     WHERE EXISTS (SELECT FROM going_post WHERE going_post.id = standing.reports_to_id)
       AND NOT EXISTS (SELECT FROM going_post WHERE going_post.id = standing.id)
"""

_RETURN = f"""
    UPDATE directory_post standing SET {assignments(noun=POST, but=frozenset({"reports_to_id"}))}
      FROM wanted_post wanted WHERE standing.id = wanted.id AND wanted.status = %(status)s
"""

# Lines lead to live posts alone; one whose post did not return cannot be drawn again.
_LINES = """
    UPDATE wanted_post wanted
       SET reports_to_id = NULL,
           overtaken = wanted.overtaken || '{the post it reported to is gone}'::text[]
     WHERE wanted.reports_to_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM directory_post above
                        WHERE above.id = wanted.reports_to_id AND above.status = 'live');
    DROP TABLE IF EXISTS stated_line;
    CREATE TEMP TABLE stated_line ON COMMIT DROP AS
    SELECT wanted.id AS post_id, wanted.reports_to_id AS above_id
      FROM wanted_post wanted JOIN directory_post standing ON standing.id = wanted.id
     WHERE standing.reports_to_id IS DISTINCT FROM wanted.reports_to_id
    UNION ALL
    SELECT post.id, NULL
      FROM wanted_post closed JOIN directory_post post ON post.reports_to_id = closed.id
     WHERE closed.status = 'closed'
       AND NOT EXISTS (SELECT FROM wanted_post wanted WHERE wanted.id = post.id)
"""

# An implied post is its holder's; one whose holder could not return stays closed.
_CLOSE_UNHELD = """
    UPDATE wanted_post wanted
       SET status = standing.status, closed_on = standing.closed_on, reports_to_id = NULL,
           overtaken = wanted.overtaken || '{{nobody holds it any more}}'::text[]
      FROM directory_post standing
     WHERE standing.id = wanted.id AND standing.status = 'closed' AND wanted.status = 'live'
       AND wanted.implied
       AND NOT EXISTS (SELECT FROM ({held}) held WHERE held.leads_to = wanted.id)
"""

#: Appointments that will be open once the undo is done: whose `leads_to` is their post.
_HELD = (
    f"SELECT held.id, held.leads_to FROM ({final(model=Appointment, column='post_id')}) held"
    f" JOIN ({final(model=Appointment, column='ends_on')}) ending"
    " ON ending.id = held.id AND ending.leads_to IS NULL"
)


def settle_posts(*, run: FeedRun) -> None:
    """Decide which posts stand afterwards, as far as that depends on what was made since."""
    closing = {"status": "'closed'", "closed_on": "%(as_of)s", "reports_to_id": "NULL"}
    named: dict[str, Any] = {"as_of": run.as_of}
    with connection.cursor() as cursor:
        for place in _PLACES:
            cursor.execute(_PLACE_GONE.format(place=place))
        cursor.execute(
            _CLOSE_STAYING.format(
                columns=", ".join(POST.columns),
                values=", ".join(closing.get(c, f"standing.{c}") for c in POST.columns),
                held=_HELD,
            ),
            named,
        )
        cursor.execute(_REFERENCE_TAKEN)


def settle_implied_posts() -> None:
    """The same for implied posts, once it is known which appointments open again."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_UNHELD.format(held=_HELD))


def delete_posts() -> None:
    """Delete the run's own posts that go, and the lines that lead to them."""
    with connection.cursor() as cursor:
        cursor.execute(_CUT_LINES)
    delete_going(noun=POST)


def return_posts() -> None:
    """Write what the posts that the run changed have to hold, and then their lines."""
    with connection.cursor() as cursor:
        # Who gives up a reference goes before who takes it up again.
        for status in ("closed", "live"):
            cursor.execute(_RETURN, {"status": status})
        cursor.execute(_LINES)
    draw_stated()
