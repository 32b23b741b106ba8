"""
Raises who is listed less widely than before, where a feed says so; lowers nobody, ever.

A feed may protect somebody it knows to be at risk. That it no longer says so may be an
export without the column, so only people, who are asked why, list somebody more widely again.
"""

from django.db import connection

# The listings from the widest to the narrowest; what is seen by less than a whole organisation
# is listed for nobody.
_RAISE = """
    WITH narrower (listing, degree) AS (
        VALUES ('government', 0), ('organisation', 1), ('unlisted', 2), ('protected', 3)
    ), stated AS (
        SELECT change.subject_id,
               CASE WHEN change.statement->>'protected' = 'true' THEN 'protected'
                    WHEN change.statement->>'audience' = 'organisation' THEN 'organisation'
                    ELSE 'unlisted' END AS listing
          FROM change
         WHERE change.kind = 'person' AND change.action <> 'depart'
           AND (change.statement->>'protected' = 'true'
                OR change.statement->>'audience' IN ('organisation', 'team', 'curators', 'self'))
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


def raise_listings() -> None:
    """List those whom the plan in `change` protects or narrows as narrowly as it says."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE)
