"""
Counts beside the filters: how many people each value would find.

The values of a filter are counted with all other filters applied, so that
people can widen a search as well as narrow it. Counts are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from directory.search.candidates import CONDITIONS, WANTED, found, parameters, within_time
from directory.search.query import Query
from directory.visibility import Viewer

#: Most values shown for one filter, those chosen always among them.
MAX_VALUES: Final = 50

#: The filters that are counted, in the order a page shows them.
COUNTED: Final = ("organisation", "grade", "profession", "location")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """
    One value of a filter.

    value: what the filter takes (slug, code or id as text). label: what people read.
    count: people this value finds, an organisation's with those of the bodies below it.
    """

    value: str
    label: str
    count: int
    selected: bool


def count_values(*, viewer: Viewer, query: Query) -> Mapping[str, tuple[FacetValue, ...]]:
    """
    The values of each of `COUNTED`, in one statement; grades by rank, others by count.

    :raises SearchTooSlow: above `TIMEOUT_SECONDS`.
    """
    flags = ", ".join(f"{condition} AS by_{name}" for name, condition in CONDITIONS.items())
    with within_time(), connection.cursor() as db:
        db.execute(
            f"""
            WITH RECURSIVE {WANTED}, within_organisation(id, above_id) AS (
                SELECT id, id FROM directory_organisation
                UNION
                SELECT within_organisation.id, link.parent_id
                  FROM within_organisation
                  JOIN directory_organisationparent link
                    ON link.child_id = within_organisation.above_id
            ), matched AS MATERIALIZED (
                SELECT entry.person_id, entry.organisation_ids, entry.grade_ids,
                       entry.profession_ids, entry.location_ids, {flags}
                  FROM directory_searchentry entry CROSS JOIN wanted
                 WHERE {found(query=query)}
            ), counted AS ({_COUNTS})
            SELECT filter, value, label, people, is_chosen
              FROM (
                  SELECT *, row_number() OVER (
                             PARTITION BY filter ORDER BY is_chosen DESC, people DESC, label
                         ) AS place
                    FROM counted WHERE people > 0 OR is_chosen
              ) ordered
             WHERE place <= %(max_values)s
             ORDER BY filter, seniority DESC, people DESC, label, value
            """,
            parameters(viewer=viewer, query=query) | {"max_values": MAX_VALUES},
        )
        rows = db.fetchall()
    return {name: tuple(_value(row) for row in rows if row[0] == name) for name in COUNTED}


def _value(row: tuple[Any, ...]) -> FacetValue:
    _, value, label, people, is_chosen = row
    return FacetValue(value=value, label=label, count=people, selected=is_chosen)


def _others(name: str) -> str:
    """The condition that a matched entry passes every filter but this one."""
    return " AND ".join(f"by_{other}" for other in CONDITIONS if other != name)


#: For each filter: name, value, label, chosen, seniority, people.
_COUNTS: Final = f"""
    SELECT 'organisation' AS filter, body.slug AS value, body.name AS label,
           lower(body.slug) = ANY(%(organisations)s) AS is_chosen, 0 AS seniority,
           count(DISTINCT person_id) AS people
      FROM directory_organisation body
      LEFT JOIN (
          SELECT matched.person_id, within_organisation.above_id
            FROM matched
            CROSS JOIN unnest(matched.organisation_ids) AS held(id)
            JOIN within_organisation ON within_organisation.id = held.id
           WHERE {_others("organisation")}
      ) held ON held.above_id = body.id
     GROUP BY body.id
    UNION ALL
    SELECT 'grade', grade.code, grade.name, lower(grade.code) = ANY(%(grades)s), grade.rank,
           count(held.person_id)
      FROM directory_grade grade
      LEFT JOIN (SELECT person_id, unnest(grade_ids) AS id FROM matched
                  WHERE {_others("grade")}) held ON held.id = grade.id
     GROUP BY grade.id
    UNION ALL
    SELECT 'profession', profession.slug, profession.name,
           lower(profession.slug) = ANY(%(professions)s), 0, count(held.person_id)
      FROM directory_profession profession
      LEFT JOIN (SELECT person_id, unnest(profession_ids) AS id FROM matched
                  WHERE {_others("profession")}) held ON held.id = profession.id
     GROUP BY profession.id
    UNION ALL
    SELECT 'location', location.id::text, location.name,
           location.id = ANY(%(locations)s::bigint[]), 0, count(held.person_id)
      FROM directory_location location
      LEFT JOIN (SELECT person_id, unnest(location_ids) AS id FROM matched
                  WHERE {_others("location")}) held ON held.id = location.id
     GROUP BY location.id"""
