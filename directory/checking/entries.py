"""Whether search entries are what projecting their people afresh would write."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

# A temporary table hides the real one of the same name, so `project_people` writes its entries
# beside the directory, not into it: nothing is locked and nobody waits.
SCRATCH = """
    CREATE TEMP TABLE directory_searchentry (
        LIKE public.directory_searchentry INCLUDING DEFAULTS INCLUDING IDENTITY
    ) ON COMMIT DROP;
    CREATE UNIQUE INDEX ON pg_temp.directory_searchentry (person_id, audience)
"""

# Said aloud, because a session that projected people before would go on using the real table.
_HIDE = "SET LOCAL search_path = pg_temp, public"

_PROJECT = "SELECT project_people(array_agg(id)) FROM directory_person"

_COMPARED = (
    "sort_name",
    "names",
    "organisation_ids",
    "team_ids",
    "grade_ids",
    "profession_ids",
    "location_ids",
)


def _words(document: str) -> str:
    """The words of a document by weight; titles, teams and tags stand in it in no order."""
    weights = (f"strip(ts_filter({document}, '{{{weight}}}'))" for weight in "abcd")
    return f"(strip({document}), {', '.join(weights)})"


# An entry too many or too few is another invariant's matter.
_DIFFERING = f"""
    SELECT held.person_id
      FROM public.directory_searchentry held
      JOIN pg_temp.directory_searchentry fresh USING (person_id, audience)
     WHERE ({", ".join(f"held.{column}" for column in _COMPARED)})
           IS DISTINCT FROM ({", ".join(f"fresh.{column}" for column in _COMPARED)})
        OR (held.document IS DISTINCT FROM fresh.document
            AND {_words("held.document")} IS DISTINCT FROM {_words("fresh.document")})
     ORDER BY held.person_id
"""


def outdated_entries() -> Iterator[UUID]:
    """Ids of the people whose search entry is not what a fresh projection gives; after SCRATCH."""
    with connection.cursor() as cursor:
        cursor.execute(_HIDE)
        cursor.execute(_PROJECT)
        cursor.execute(_DIFFERING)
        while rows := cursor.fetchmany(1_000):
            for (person_id,) in rows:
                yield person_id
