"""
Raises who is listed less widely than before, where a feed says so; lowers nobody, ever.

A feed may protect somebody it knows to be at risk. That it no longer says so may be an
export without the column, so only people, who are asked why, list somebody more widely again.
"""

from uuid import UUID

from django.db import connection

# The listings from the widest to the narrowest; what is seen by less than a whole organisation
# is listed for nobody.
_RAISE = """
    WITH narrower (listing, degree) AS (
        VALUES ('government', 0), ('organisation', 1), ('unlisted', 2), ('protected', 3)
    ), stated AS (
        SELECT said_of.subject_id,
               CASE WHEN said_of.statement->>'protected' = 'true' THEN 'protected'
                    WHEN said_of.statement->>'audience' = 'organisation' THEN 'organisation'
                    ELSE 'unlisted' END AS listing
          FROM ({statements}) said_of
         WHERE (said_of.statement->>'protected' = 'true'
                OR said_of.statement->>'audience' IN ('organisation', 'team', 'curators', 'self'))
    ), raised AS (
        SELECT DISTINCT ON (stated.subject_id) stated.subject_id, said.listing, said.degree
          FROM stated JOIN narrower said USING (listing)
         ORDER BY stated.subject_id, said.degree DESC
    )
    UPDATE directory_person person
       SET listing = raised.listing, updated_at = now()
      FROM raised, narrower held
     WHERE person.id = raised.subject_id AND held.listing = person.listing
       AND raised.degree > held.degree
"""

_PLANNED = """
    SELECT subject_id, statement FROM change WHERE kind = 'person' AND action <> 'depart'
"""

# Of the feed itself its mark alone: what it says of an audience, a curator may have widened.
_HELD = """
    SELECT held.subject_id, held.statement
      FROM {people} meant
      JOIN directory_sourcerecord held
        ON held.subject_id = meant.id AND held.kind = 'person'
       AND held.origin = 'feed' AND held.state = 'current'
       AND (held.feed_id <> %(feed)s OR held.statement->>'protected' = 'true')
"""


def raise_listings() -> None:
    """List those whom the plan in `change` protects or narrows as narrowly as it says."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE.format(statements=_PLANNED))


def raise_held_listings(*, people: str, feed_id: UUID) -> None:
    """
    The same for what is said of them now: by any feed to protect, by others whose audience.

    people: a table of ours with a column `id`; never a name from outside.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RAISE.format(statements=_HELD.format(people=people)), {"feed": feed_id})
