"""
Counts beside the filters: how many people each value would find.

The values of a filter are counted with all other filters applied, so that
people can widen a search as well as narrow it. Counts are exact up to some 10,000
people and come from a fair sample beyond.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from directory.search.counting import SAMPLED, Count, lot_for
from directory.search.matching import LOT_SHARE, Matching

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
    is_about: bool = False


def count_values(*, matching: Matching, count: Count) -> Mapping[str, tuple[FacetValue, ...]]:
    """
    The values of each of `COUNTED`; grades by rank, others by count.

    count: how many match. One statement, and one more for each filter in use, whose values are
    counted among those whom it leaves out.
    """
    lot = lot_for(people=count.people, wanted=SAMPLED) if count.is_about else 0
    sample = matching.with_lot(lot)
    in_use = [name for name in COUNTED if name in matching.filters]
    others = [name for name in COUNTED if name not in matching.filters]
    counted = _count(sample, "", others) if others else {}
    for name in in_use:
        counted |= _count(sample, name, [name])
    return {name: counted[name] for name in COUNTED}


def _count(matching: Matching, without: str, names: list[str]) -> dict[str, tuple[FacetValue, ...]]:
    counts = " UNION ALL ".join(_COUNTS[name] for name in names)
    chosen = {
        "organisation": list(matching.query.organisations),
        "grade": list(matching.query.grades),
        "profession": list(matching.query.professions),
        "location": list(matching.query.locations),
    }
    where = "false" if matching.finds_nobody(without=without) else matching.where(without=without)
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH RECURSIVE matched AS MATERIALIZED (
                SELECT entry.organisation, entry.grade, entry.profession, entry.location, entry.more
                  FROM directory_searchentry entry
                 WHERE {where}
            ), within_organisation(id, above_id) AS (
                SELECT id, id FROM directory_organisation
                UNION
                SELECT within_organisation.id, link.parent_id
                  FROM within_organisation
                  JOIN directory_organisationparent link
                    ON link.child_id = within_organisation.above_id
            ), counted AS ({counts})
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
            matching.values() | chosen | {"max_values": MAX_VALUES},
        )
        rows = db.fetchall()
    share = LOT_SHARE**matching.lot
    return {name: tuple(_value(row, share) for row in rows if row[0] == name) for name in names}


def _value(row: tuple[Any, ...], share: int) -> FacetValue:
    _, value, label, people, is_chosen = row
    return FacetValue(
        value=value, label=label, count=people * share, selected=is_chosen, is_about=share > 1
    )


def _plain(kind: str, value: str, chosen: str, seniority: str = "0") -> str:
    """
    The counts of a filter whose values stand by themselves.

    Nearly everybody holds one post; what further posts add stands in `more`, in which nothing
    is twice.
    """
    return f"""
    SELECT '{kind}' AS filter, {value} AS value, thing.name AS label, {chosen} AS is_chosen,
           {seniority} AS seniority, coalesce(held.people, 0) AS people
      FROM directory_{kind} thing
      JOIN directory_searchterm term ON term.space = '{kind}' AND term.term = thing.id::text
      LEFT JOIN (
          SELECT token, sum(people)::integer AS people
            FROM (SELECT {kind} AS token, count(*) AS people FROM matched GROUP BY {kind}
                  UNION ALL
                  SELECT token, count(*) FROM matched CROSS JOIN unnest(more) AS token
                   WHERE more IS NOT NULL GROUP BY token) each_post
           GROUP BY token
      ) held ON held.token = term.id"""


#: For each filter: name, value, label, chosen, seniority, people.
_COUNTS: Final = {
    "organisation": """
    SELECT 'organisation' AS filter, body.slug AS value, body.name AS label,
           lower(body.slug) = ANY(%(organisation)s) AS is_chosen, 0 AS seniority,
           coalesce(held.people, 0) AS people
      FROM directory_organisation body
      LEFT JOIN (
          -- Somebody in two bodies below one counts once for it.
          SELECT above_id, sum(people)::integer AS people
            FROM (SELECT DISTINCT at.organisation, at.more, within_organisation.above_id, at.people
                    FROM (SELECT organisation, more, count(*) AS people
                            FROM matched GROUP BY organisation, more) at
                    JOIN directory_searchterm term
                      ON term.space = 'organisation'
                     AND (term.id = at.organisation OR term.id = ANY(at.more))
                    JOIN within_organisation ON within_organisation.id = term.term::uuid) once
           GROUP BY above_id
      ) held ON held.above_id = body.id""",
    "grade": _plain("grade", "thing.code", "lower(thing.code) = ANY(%(grade)s)", "thing.rank"),
    "profession": _plain("profession", "thing.slug", "lower(thing.slug) = ANY(%(profession)s)"),
    "location": _plain("location", "thing.id::text", "thing.id = ANY(%(location)s::bigint[])"),
}
