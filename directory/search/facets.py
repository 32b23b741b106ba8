"""
Counts beside the filters: how many people each value would find.

The values of a filter are counted with all other filters applied, so that
people can widen a search as well as narrow it. Counts are exact up to some 10,000
people and come from a fair sample beyond.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from directory.search.counting import COUNTED as COUNTED_EXACTLY
from directory.search.counting import SAMPLED, Count, estimate, lot_for
from directory.search.matching import LOT_SHARE, Matching
from directory.search.related import HeldTag, HeldTags

#: Most values shown for one filter, those chosen always among them.
MAX_VALUES: Final = 50

#: The filters that are counted, in the order a page shows them.
COUNTED: Final = (
    "organisation", "grade", "profession", "location", "expertise", "employment", "working_day"
)  # fmt: skip


#: The range of grades, as a filter is named.
GRADE_RANGE: Final = "grade_range"


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


@dataclass(frozen=True, slots=True)
class Counted:
    """
    How many people match, and the values of each of `COUNTED` with theirs.

    held: the tags of those among whom was counted.
    """

    count: Count
    values: Mapping[str, tuple[FacetValue, ...]]
    held: HeldTags


def count_values(*, matching: Matching, about: int) -> Counted:
    """
    The values of each of `COUNTED`; grades by rank, others by count. Where a range of grades is in
    use, those of the whole scale as well, under `GRADE_RANGE`.

    about: how many match, as estimated. One statement, and one more for each filter in use, whose
    values are counted among those whom it leaves out.
    """
    in_use = [name for name in COUNTED if name in matching.filters]
    others = [name for name in COUNTED if name not in in_use]
    first = _count(_sample(matching, about), others, matching)
    counted = dict(first.values)
    for name in in_use:
        wider = matching.without(name)
        counted |= _count(_sample(wider, estimate(matching=wider)), [name], matching).values
    values = {name: counted[name] for name in COUNTED}
    if GRADE_RANGE in matching.filters:
        wider = matching.without(GRADE_RANGE).without("grade")
        scale = _count(_sample(wider, estimate(matching=wider)), ["grade"], matching)
        values[GRADE_RANGE] = scale.values["grade"]
    return replace(first, values=values)


def _sample(matching: Matching, about: int) -> Matching:
    """Those among whom is counted: everybody, or a sample of very many."""
    if about <= COUNTED_EXACTLY:
        return matching
    return matching.with_lot(lot_for(people=about, wanted=SAMPLED))


def _count(matching: Matching, names: list[str], asked: Matching) -> Counted:
    """How many match, and the values of the filters named, those `asked` for marked."""
    counts = " UNION ALL ".join(
        [_EVERYBODY, *(_COUNTS.get(name) or _plain(name) for name in names)]
    )
    chosen: dict[str, Any] = {"slugs": list(matching.query.organisations)}
    for name in names:
        tokens = asked.filters[name].tokens if name in asked.filters else ()
        chosen[f"chosen_{name}"] = list(tokens)
    chosen["chosen_expertise"] = list(asked.query.expertise)
    chosen["chosen_working_day"] = list(asked.query.working_days)
    chosen["chosen_employment"] = list(asked.query.employment)
    where = "false" if matching.finds_nobody() else matching.where()
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH RECURSIVE matched AS MATERIALIZED (
                SELECT entry.organisation, entry.grade, entry.profession, entry.location,
                       entry.more, entry.tags
                  FROM directory_searchentry entry
                 WHERE {where}
            ), further AS MATERIALIZED (
                SELECT term.space, term.term, term.id AS token, held.people
                  FROM (SELECT token, count(*)::integer AS people
                          FROM (SELECT unnest(more) AS token
                                  FROM matched WHERE more IS NOT NULL) each_one
                         GROUP BY token) held
                  JOIN directory_searchterm term ON term.id = held.token
            ), within_organisation(id, above_id) AS (
                SELECT id, id FROM directory_organisation
                UNION
                SELECT within_organisation.id, link.parent_id
                  FROM within_organisation
                  JOIN directory_organisationparent link
                    ON link.child_id = within_organisation.above_id
            ), counted AS ({counts})
            SELECT filter, value, label, people, is_chosen, coalesce(everywhere, 0)
              FROM counted
             ORDER BY filter, seniority DESC, people DESC, label, value
            """,
            matching.values() | chosen,
        )
        rows = db.fetchall()
    share = LOT_SHARE**matching.lot
    totals = {row[1]: row for row in rows if row[0] == ""}
    stating = totals["stating"]
    return Counted(
        count=Count(totals["everybody"][3] * share, is_about=share > 1),
        values={
            name: tuple(_value(row, share) for row in rows if row[0] == name) for name in names
        },
        held=HeldTags(
            tags=tuple(HeldTag(row[1], row[3], row[5]) for row in rows if row[0] == "expertise"),
            stating=stating[3],
            stating_everywhere=stating[5],
        ),
    )


def _value(row: tuple[Any, ...], share: int) -> FacetValue:
    _, value, label, people, is_chosen, _ = row
    return FacetValue(
        value=value, label=label, count=people * share, selected=is_chosen, is_about=share > 1
    )


#: Each part gives: name of the filter, value, label, chosen, seniority, people; of tags also how
#: many hold them everywhere. The first has no filter, but everybody, and who state any expertise.
_EVERYBODY: Final = """
    SELECT '' AS filter, total.value, '' AS label, false AS is_chosen, 0 AS seniority,
           total.people::integer AS people, total.everywhere
      FROM (SELECT count(*) AS everybody, count(tags) AS stating FROM matched) counted
      CROSS JOIN LATERAL (VALUES
          ('everybody', counted.everybody, 0),
          ('stating', counted.stating, (SELECT people FROM directory_searchterm
                                         WHERE space = 'trait' AND term = 'has expertise'))
      ) total (value, people, everywhere)"""

_ORGANISATIONS: Final = f"""
    SELECT * FROM (
        SELECT 'organisation', body.slug, body.name,
               lower(body.slug) = ANY(%(slugs)s) AS is_chosen, 0,
               coalesce(held.people, 0) AS people, 0
          FROM directory_organisation body
          LEFT JOIN (
              -- Somebody in two bodies below one counts once for it.
              SELECT above_id, sum(people)::integer AS people
                FROM (SELECT DISTINCT at.organisation, at.more, upward.above_id, at.people
                        FROM (SELECT organisation, more, count(*) AS people
                                FROM matched GROUP BY organisation, more) at
                        JOIN directory_searchterm term
                          ON term.space = 'organisation'
                         AND (term.id = at.organisation OR term.id = ANY(at.more))
                        JOIN within_organisation upward ON upward.id = term.term::uuid) once
               GROUP BY above_id
          ) held ON held.above_id = body.id
         WHERE held.people > 0 OR lower(body.slug) = ANY(%(slugs)s)
         ORDER BY is_chosen DESC, people DESC, body.name LIMIT {MAX_VALUES}) bodies"""


#: Of a merged tag those who have it count for the tag that it became.
_TAGS: Final = f"""
    SELECT * FROM (
        SELECT 'expertise', tag.slug, tag.preferred_label,
               lower(tag.slug) = ANY(%(chosen_expertise)s) AS is_chosen, 0,
               sum(held.people)::integer AS people,
               sum(term.people) FILTER (WHERE held.people > 0)::integer AS everywhere
          FROM (SELECT token, count(*) AS people
                  -- Unfolded in the list of columns, which takes a third of the time of a join.
                  FROM (SELECT unnest(tags) AS token FROM matched WHERE tags IS NOT NULL) stated
                 GROUP BY token
                UNION ALL
                SELECT term.id, 0 FROM directory_expertisetag chosen
                  JOIN directory_searchterm term
                    ON term.space = 'tag' AND term.term = chosen.id::text
                 WHERE lower(chosen.slug) = ANY(%(chosen_expertise)s)
                 ORDER BY people DESC, token LIMIT {2 * MAX_VALUES}) held
          JOIN directory_searchterm term ON term.id = held.token
          JOIN directory_expertisetag own ON own.id = term.term::uuid
          JOIN directory_expertisetag tag ON tag.id = coalesce(own.merged_into_id, own.id)
         GROUP BY tag.id
         ORDER BY is_chosen DESC, people DESC, tag.preferred_label LIMIT {MAX_VALUES}) tags"""


def _traits(name: str, begins: str) -> str:
    """The counts of what stands among the traits, and begins so; the rank is the order of days."""
    return f"""
    SELECT '{name}', trait.value, initcap(trait.value), trait.value = ANY(%(chosen_{name})s),
           strpos('sunday saturday friday thursday wednesday tuesday monday', trait.value),
           max(trait.people), 0
      FROM (SELECT substr(term, {len(begins) + 1}) AS value, people FROM further
             WHERE space = 'trait' AND starts_with(term, '{begins}')
            UNION ALL SELECT value, 0 FROM unnest(%(chosen_{name})s::text[]) AS value) trait
     GROUP BY trait.value"""


_COUNTS: Final[Mapping[str, str]] = {
    "organisation": _ORGANISATIONS,
    "expertise": _TAGS,
    "employment": _traits("employment", "holds "),
    "working_day": _traits("working_day", "works "),
}


def _plain(kind: str) -> str:
    """
    The counts of a filter whose values stand by themselves; the names only of those shown.

    Nearly everybody holds one post; what further posts add stands in `further`, for nobody twice.
    """
    value = {"grade": "thing.code", "profession": "thing.slug"}.get(kind, "thing.id::text")
    return f"""
    SELECT '{kind}', {value}, thing.name, held.is_chosen,
           {"thing.rank" if kind == "grade" else "0"}, held.people, 0
      FROM (
          SELECT token, sum(people)::integer AS people,
                 token = ANY(%(chosen_{kind})s::integer[]) AS is_chosen
            FROM (SELECT {kind} AS token, count(*) AS people FROM matched GROUP BY {kind}
                  UNION ALL
                  SELECT token, people FROM further WHERE space = '{kind}'
                  UNION ALL
                  SELECT token, 0 FROM unnest(%(chosen_{kind})s::integer[]) AS token) each_post
           WHERE token IS NOT NULL
           GROUP BY token ORDER BY is_chosen DESC, people DESC, token LIMIT {MAX_VALUES}
      ) held
      JOIN directory_searchterm term ON term.id = held.token
      JOIN directory_{kind} thing ON thing.id = term.term::bigint"""
