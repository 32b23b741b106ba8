"""
How widely people are listed: as narrowly as the narrowest of those says who have a say.

A feed may protect somebody it knows to be at risk. That it no longer says so may be an
export without the column, so a delivery narrows alone. It is people who list somebody more
widely again: the official, as far as nobody holds them to less, and never a protected one.
"""

from uuid import UUID

from django.db import connection

# The listings from the widest to the narrowest; what is seen by less than a whole organisation
# is listed for nobody.
_NARROWEST = """
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
    ), narrowest AS (
        SELECT DISTINCT ON (stated.subject_id) stated.subject_id, said.listing, said.degree
          FROM stated JOIN narrower said USING (listing)
         ORDER BY stated.subject_id, said.degree DESC
    )
"""

_RAISE = f"""{_NARROWEST}
    UPDATE directory_person person
       SET listing = narrowest.listing, updated_at = now()
      FROM narrowest, narrower held
     WHERE person.id = narrowest.subject_id AND held.listing = person.listing
       AND narrowest.degree > held.degree
"""

_SETTLE = f"""{_NARROWEST}
    UPDATE directory_person person
       SET listing = settled.listing, updated_at = now()
      FROM (SELECT coalesce((SELECT listing FROM narrowest), 'government') AS listing) settled
     WHERE person.id = %(person)s AND person.listing <> 'protected'
       AND person.listing <> settled.listing
"""

_PLANNED = """
    SELECT subject_id, statement FROM change WHERE kind = 'person' AND action <> 'depart'
"""

# Of the feed that is undone its mark alone: what it says of an audience, somebody may have widened.
_HELD = """
    SELECT held.subject_id, held.statement
      FROM {people} meant
      JOIN directory_sourcerecord held
        ON held.subject_id = meant.id AND held.kind = 'person'
       AND held.origin = 'feed' AND held.state = 'current'
       AND (held.feed_id IS DISTINCT FROM %(feed)s::uuid OR held.statement->>'protected' = 'true')
    UNION ALL
    SELECT chosen.person_id, jsonb_build_object('audience', chosen.audience)
      FROM {people} meant
      JOIN directory_fieldaudience chosen
        ON chosen.person_id = meant.id AND chosen.field = 'listing'
    UNION ALL
    SELECT hold.person_id,
           jsonb_build_object(
               'protected', CASE WHEN hold.listing = 'protected' THEN 'true' END,
               'audience', CASE hold.listing WHEN 'organisation' THEN 'organisation'
                                             ELSE 'self' END)
      FROM {people} meant
      JOIN directory_listinghold hold ON hold.person_id = meant.id
"""

_ONE_PERSON = "(SELECT %(person)s::uuid AS id)"


def raise_listings() -> None:
    """List those whom the plan in `change` protects or narrows as narrowly as it says."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE.format(statements=_PLANNED))


def raise_held_listings(*, people: str, feed_id: UUID) -> None:
    """
    The same for what is said of them now: by any feed to protect, by everybody else whose audience.

    people: a table of ours with a column `id`; never a name from outside.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RAISE.format(statements=_HELD.format(people=people)), {"feed": feed_id})


def settle_listing(*, person_id: UUID) -> None:
    """
    List somebody as narrowly as the narrowest of all who have a say, and no more narrowly.

    Whoever is protected stays so.
    """
    with connection.cursor() as cursor:
        statement = _SETTLE.format(statements=_HELD.format(people=_ONE_PERSON))
        cursor.execute(statement, {"person": person_id, "feed": None})
