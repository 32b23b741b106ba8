"""Appointments, claims of expertise and cases return, and the run's own go."""

from typing import Any

from django.db import connection

from directory.changes.undoing.nouns import APPOINTMENT, CLAIM
from directory.changes.undoing.writing import assignments
from directory.models import FeedRun

# An appointment that the run made and somebody changed since stays as history: what vouched for
# it is taken back.
_END_STAYING = """
    INSERT INTO wanted_appointment (id, {columns}, overtaken)
    SELECT standing.id, {values}, '{{}}'
      FROM (SELECT DISTINCT id FROM staying_appointment) staying
      JOIN directory_appointment standing ON standing.id = staying.id
     WHERE standing.ends_on IS NULL
"""

_CANNOT_OPEN = """
    UPDATE wanted_appointment wanted
       SET starts_on = standing.starts_on, ends_on = standing.ends_on,
           overtaken = wanted.overtaken || '{cannot open again}'::text[]
      FROM directory_appointment standing
     WHERE standing.id = wanted.id AND standing.ends_on IS NOT NULL AND wanted.ends_on IS NULL
       AND (NOT EXISTS (SELECT FROM directory_post post
                          LEFT JOIN wanted_post afterwards ON afterwards.id = post.id
                         WHERE post.id = wanted.post_id
                           AND coalesce(afterwards.status, post.status) = 'live')
            OR EXISTS (SELECT FROM directory_appointment other
                        WHERE other.person_id = wanted.person_id AND other.post_id = wanted.post_id
                          AND other.ends_on IS NULL AND other.id <> wanted.id
                          AND NOT EXISTS (SELECT FROM going_appointment going
                                           WHERE going.id = other.id)))
"""

_RETURN = f"""
    UPDATE directory_appointment standing SET {assignments(noun=APPOINTMENT)}
      FROM wanted_appointment wanted WHERE standing.id = wanted.id
"""

_CLAIM_COLUMNS = ", ".join(("id", *CLAIM.columns))

# A claim that was withdrawn and made anew since is the newer one's.
_CLAIM_AGAIN = f"""
    INSERT INTO directory_expertise ({_CLAIM_COLUMNS})
    SELECT {", ".join(f"before.{column}" for column in ("id", *CLAIM.columns))}
      FROM trail_claim trail
      JOIN before_claim before ON before.pgh_obj_id = trail.id
      JOIN directory_expertisetag tag ON tag.id = before.tag_id
      JOIN directory_person person ON person.id = before.person_id
     WHERE trail.deleted AND NOT trail.made
    ON CONFLICT DO NOTHING;
    INSERT INTO kept_row
    SELECT 'claim', trail.id, 'claimed otherwise since, or its tag is gone'
      FROM trail_claim trail
     WHERE trail.deleted AND NOT trail.made
       AND NOT EXISTS (SELECT FROM directory_expertise claim WHERE claim.id = trail.id)
"""

_CLOSE_CASES = "DELETE FROM directory_case WHERE run_id = %s AND state = 'open'"


def end_staying_appointments(*, run: FeedRun) -> None:
    """Decide that what stays of the run's own appointments ends."""
    values = ", ".join(
        "greatest(%(as_of)s, standing.starts_on)" if column == "ends_on" else f"standing.{column}"
        for column in APPOINTMENT.columns
    )
    named: dict[str, Any] = {"as_of": run.as_of}
    with connection.cursor() as cursor:
        cursor.execute(
            _END_STAYING.format(columns=", ".join(APPOINTMENT.columns), values=values), named
        )


def settle_openings() -> None:
    """Leave ended what cannot open again: its post is closed, or it was opened otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(_CANNOT_OPEN)


def return_appointments() -> None:
    """Write what the appointments that the run changed have to hold."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURN)


def return_claims() -> None:
    """Make the claims again that the run withdrew, under the ids they had."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_AGAIN)


def withdraw_cases(*, run: FeedRun) -> None:
    """Nobody has to judge any more what the run alone brought up; what was judged stays."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_CASES, [run.pk])
