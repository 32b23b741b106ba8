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
    chosen: dict[str, Any] = {
        "names": names,
        "most": MAX_VALUES,
        "organisations": list(asked.query.organisations),
        "tokens": [
            token
            for name in _TOKENS
            if name in asked.filters
            for token in asked.filters[name].tokens
        ],
        "tags": list(asked.query.expertise),
        "employments": list(asked.query.employment),
        "days": list(asked.query.working_days),
    }
    counts = " UNION ALL ".join([_ALWAYS, *(_COUNTS[name] for name in names if name in _COUNTS)])
    where = "false" if matching.finds_nobody() else matching.where()
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH matched AS MATERIALIZED (
                SELECT entry.organisation, entry.grade, entry.profession, entry.location,
                       entry.more, entry.tags
                  FROM directory_searchentry entry
                 WHERE {where}
            ), total AS (
                SELECT count(*) AS everybody, count(tags) AS stating FROM matched
            ), counted AS ({counts})
            SELECT '' AS filter, '' AS value, '' AS label, false AS is_chosen, 0 AS seniority,
                   total.everybody AS people, total.stating,
                   (SELECT people FROM directory_searchterm
                     WHERE space = 'trait' AND term = 'has expertise') AS everywhere
              FROM total
            UNION ALL
            SELECT named.filter, named.value, named.label, named.is_chosen, named.seniority,
                   named.people, 0, named.everywhere
              FROM named_values(
                       (SELECT array_agg((kind, token, more, people)::counted_token)
                          FROM counted),
                       %(names)s::text[], %(most)s, %(organisations)s::text[],
                       %(tokens)s::integer[], %(tags)s::text[], %(employments)s::text[],
                       %(days)s::text[]) named
             ORDER BY filter, seniority DESC, people DESC, label, value
            """,
            matching.values() | chosen,
        )
        (*_, everybody, stating, stating_everywhere), *rows = db.fetchall()
    share = LOT_SHARE**matching.lot
    return Counted(
        count=Count(everybody * share, is_about=share > 1),
        values={
            name: tuple(_value(row, share) for row in rows if row[0] == name) for name in names
        },
        held=HeldTags(
            tags=tuple(HeldTag(row[1], row[5], row[7]) for row in rows if row[0] == "expertise"),
            stating=stating,
            stating_everywhere=stating_everywhere or 0,
        ),
    )


def _value(row: tuple[Any, ...], share: int) -> FacetValue:
    _, value, label, is_chosen, _, people, *_ = row
    return FacetValue(
        value=value, label=label, count=people * share, selected=is_chosen, is_about=share > 1
    )


#: Filters whose values are chosen by their tokens.
_TOKENS: Final = ("grade", "profession", "location")

#: Each part gives what `counted_token` of `sql/named_values.1.sql` holds. What stands beside the
#: first post is a part of every other count.
_ALWAYS: Final = """
    SELECT 'further' AS kind, token, NULL::integer[] AS more, count(*)::integer AS people
      FROM (SELECT unnest(more) AS token FROM matched WHERE more IS NOT NULL) each_one
     GROUP BY token"""

_COUNTS: Final[Mapping[str, str]] = {
    "organisation": """
    SELECT 'organisation', organisation, more, count(*)::integer
      FROM matched GROUP BY organisation, more""",
    **{
        name: f"""
    SELECT '{name}', {name}, NULL, count(*)::integer FROM matched GROUP BY {name}"""
        for name in _TOKENS
    },
    "expertise": f"""
    (SELECT 'tag', token, NULL, count(*)::integer AS people
       -- Unfolded in the list of columns, which takes a third of the time of a join.
       FROM (SELECT unnest(tags) AS token FROM matched WHERE tags IS NOT NULL) stated
      GROUP BY token ORDER BY people DESC, token LIMIT {2 * MAX_VALUES})""",
}
