"""Whether search entries are what projecting their people afresh would write."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

# Temporary tables hide the real ones of the same name, so the entries are projected beside the
# directory, not into it: nothing is locked and nobody waits.
SCRATCH = """
    CREATE TEMP TABLE directory_searchentry (
        LIKE public.directory_searchentry INCLUDING DEFAULTS INCLUDING IDENTITY
    ) ON COMMIT DROP;
    CREATE UNIQUE INDEX ON pg_temp.directory_searchentry (person_id, audience);
    CREATE TEMP TABLE directory_searchtally (
        LIKE public.directory_searchtally INCLUDING DEFAULTS INCLUDING IDENTITY
    ) ON COMMIT DROP;
    SELECT prepare_projection()
"""

# Said aloud, because a session that projected people before would go on using the real tables.
_HIDE = "SET LOCAL search_path = pg_temp, public"

# A term that the vocabulary lacks is none of an entry's, which then differs.
_GATHER = "SELECT count(*) FROM gather_people((SELECT array_agg(id) FROM directory_person))"
_PROJECT = "SELECT project_gathered((SELECT array_agg(id) FROM directory_person))"

_COMPARED = (
    "sort_name",
    "email",
    "phones",
    "fullness",
    "organisation",
    "grade",
    "profession",
    "location",
    "tokens",
    "more",
    "tags",
    "narrowed",
)

# An entry too many or too few is another invariant's matter.
_DIFFERING = f"""
    SELECT held.person_id
      FROM public.directory_searchentry held
      JOIN pg_temp.directory_searchentry fresh USING (person_id, audience)
     WHERE ({", ".join(f"held.{column}" for column in _COMPARED)})
           IS DISTINCT FROM ({", ".join(f"fresh.{column}" for column in _COMPARED)})
     ORDER BY held.person_id
"""


def outdated_entries() -> Iterator[UUID]:
    """Ids of the people whose search entry is not what a fresh projection gives; after SCRATCH."""
    with connection.cursor() as cursor:
        cursor.execute(_HIDE)
        cursor.execute(_GATHER)
        cursor.execute(_PROJECT)
        cursor.execute(_DIFFERING)
        while rows := cursor.fetchmany(1_000):
            for (person_id,) in rows:
                yield person_id
