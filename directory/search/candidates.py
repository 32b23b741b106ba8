"""
Candidates in SQL: the best of those who match, ordered and cut into pages there.

Few are looked at one by one. Of very many, those are who fit the words exactly and those who
drew a lot: a fair sample, in which everything the ranking prefers stands at the top as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory.search import ranking
from directory.search.counting import Count, count, lot_for
from directory.search.cursors import read_cursor, write_cursor
from directory.search.expansion import Expansion, Fit
from directory.search.listing import by_grade, by_name
from directory.search.matching import LOT_SHARE, Matching
from directory.search.nearness import NOWHERE, Nearness
from directory.search.query import Query
from directory.search.ranking import Explanation
from directory.search.scoring import score_of

_LISTING: Final = "people"
_BY_NAME: Final = "people by name"
_BY_GRADE: Final = "people by grade"
#: Up to so many people who match are ranked one by one.
RANKED: Final = 1_500
#: And so many who match loosely: with most of the words misspelt, only the whole name tells.
RANKED_LOOSELY: Final = 6_000
#: What ranking costs is each person's comparison with every token of the question: a question of
#: so many words that people times tokens are more than this ranks fewer.
COMPARED: Final = 1_500_000
#: Of more, about so many are drawn by lot, and as many at most taken who fit exactly.
DRAWN: Final = 300

#: Fits of a word that stands in the vocabulary just as it was typed.
_EXACT: Final = frozenset(
    {"name", "title", "tag expert", "tag named", "tag word", "team word"}
    | {"organisation", "grade", "profession", "location"}
)
#: So many tokens of a word are looked for among very many people, those that earn most.
_EXACT_TOKENS: Final = 24


class Sort(StrEnum):
    """How people found are ordered; where filters alone find them, by name instead of relevance."""

    RELEVANCE = "relevance"
    NAME = "name"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    One page of people, best first; how many match in all; where the next page begins.

    explained: what earned each of them their place, if that was asked and they were ranked.
    """

    person_ids: tuple[UUID, ...]
    count: Count
    next_cursor: str
    explained: Mapping[UUID, Explanation] = field(default_factory=dict)


def candidates(
    *,
    matching: Matching,
    expansion: Expansion,
    size: int,
    cursor: str,
    many: Count | None,
    sort: Sort,
    near: Nearness = NOWHERE,
    explain: bool = False,
) -> Candidates:
    """
    The best people who match, a page of them, or the first by name or grade.

    The order is score or grade, name, id: total, so that no page repeats or loses anybody.

    many: how many match, when they are more than `most_ranked`.
    near: whoever asks; those near to them come before others who fit as well.
    explain: say of each on the page what earned them their place.

    :raises BadCursor: if the cursor is not one of ours.
    """
    if not is_ranked(query=matching.query, sort=sort):
        return _listed(matching, sort, size, cursor, many)
    after = read_cursor(listing=_LISTING, cursor=cursor)
    if matching.finds_nobody():
        return Candidates(person_ids=(), count=Count(0), next_cursor="")
    score = score_of(matching=matching, expansion=expansion, near=near)
    values = {**score.values, "size": size}
    lot = lot_for(people=many.people, wanted=DRAWN) if many else 0
    if not lot:
        chosen = _entries(matching.where(), score.total())
    else:
        drawn = matching.with_lot(lot)
        values |= drawn.values()
        chosen = _entries(drawn.where(), score.total())
        if exact := _exactly(matching, expansion):
            values |= exact.values()
            beside = f"{exact.where()} AND entry.lot < {lot:d}"
            chosen += f" UNION ALL ({_entries(beside, score.total())} LIMIT {DRAWN})"
    people, page = _page(f"WITH {score.lookups} matched AS MATERIALIZED ({chosen})", values, after)
    person_ids = tuple(row[0] for row in page[:size])
    explained: Mapping[UUID, Explanation] = {}
    if explain and person_ids:
        explained = score.explained(seen=matching.seen, person_ids=person_ids)
    return Candidates(
        person_ids=person_ids,
        count=many or Count(people),
        next_cursor=_cursor(_LISTING, page[size - 1]) if len(page) > size else "",
        explained=explained,
    )


def is_ranked(*, query: Query, sort: Sort) -> bool:
    """Whether people come in the order of their points, and not of their names or grades."""
    return sort is Sort.RELEVANCE and query.has_text


def _page(
    matched: str, values: dict[str, Any], after: list[Any] | None
) -> tuple[int, list[tuple[UUID, int, str]]]:
    """How many matched, and the page after a key with one more: id, score, name of each."""
    if after:
        values |= dict(zip(("after_score", "after_name", "after_id"), after, strict=True))
    with connection.cursor() as db:
        db.execute(
            f"""
            {matched}, page AS (
                SELECT * FROM matched
                 WHERE {_AFTER if after else "true"}
                 ORDER BY score DESC, sort_name, person_id
                 LIMIT %(size)s + 1
            )
            SELECT total.people, page.person_id, page.score, page.sort_name
              FROM (SELECT count(*) AS people FROM matched) total LEFT JOIN page ON true
             ORDER BY page.score DESC, page.sort_name, page.person_id
            """,
            values,
        )
        rows = db.fetchall()
    return rows[0][0], [row[1:] for row in rows if row[1]]


def most_ranked(*, matching: Matching, expansion: Expansion) -> int:
    """Up to so many people who match are ranked one by one."""
    tokens = sum(len(fit.tokens) for fits in expansion.fits for fit in fits)
    most = RANKED_LOOSELY if matching.loosely else RANKED
    return min(most, COMPARED // max(1, tokens))


def best(
    *, matching: Matching, expansion: Expansion, size: int, near: Nearness
) -> tuple[UUID, ...]:
    """The best people who match, without their number; of very many, of as many as are ranked."""
    if matching.finds_nobody():
        return ()
    score = score_of(matching=matching, expansion=expansion, near=near)
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH {score.lookups}
                 chosen AS ({_entries(matching.where(), score.total())} LIMIT {RANKED})
            SELECT person_id FROM chosen
             ORDER BY score DESC, sort_name, person_id LIMIT %(size)s
            """,
            {**score.values, "size": size},
        )
        return tuple(row[0] for row in db.fetchall())


_AFTER: Final = """
    (-score, sort_name, person_id) > (-%(after_score)s, %(after_name)s, %(after_id)s::uuid)"""


def _listed(
    matching: Matching, sort: Sort, size: int, cursor: str, many: Count | None
) -> Candidates:
    """A page of those who match, by grade or by name."""
    listing, walk = (_BY_GRADE, by_grade) if sort is Sort.GRADE else (_BY_NAME, by_name)
    after = read_cursor(listing=listing, cursor=cursor)
    if matching.finds_nobody():
        return Candidates(person_ids=(), count=Count(0), next_cursor="")
    page = walk(matching=matching, size=size, after=after)
    return Candidates(
        person_ids=tuple(row[0] for row in page[:size]),
        count=many or Count(count(matching=matching)),
        next_cursor=_cursor(listing, page[size - 1]) if len(page) > size else "",
    )


def _entries(where: str, score: str) -> str:
    return f"""
        SELECT entry.person_id, entry.sort_name, {score} AS score
          FROM directory_searchentry entry
         WHERE {where}"""


def _exactly(matching: Matching, expansion: Expansion) -> Matching | None:
    """The same with each word taken as it stands; None if a word means nothing so."""
    exact = {place: _best_tokens(expansion.fits[place]) for place in matching.groups}
    if matching.loosely or not all(exact.values()):
        return None
    precise = replace(matching, groups=exact, group="exact")
    # Where these are many too, some of them will do, and be found the sooner.
    sample = precise.with_lot(2)
    return precise.with_lot(1) if count(matching=sample) >= DRAWN // LOT_SHARE else precise


def _best_tokens(fits: Iterable[Fit]) -> tuple[int, ...]:
    best = sorted((fit for fit in fits if fit.kind in _EXACT), key=_points, reverse=True)
    return tuple(token for fit in best for token in fit.tokens)[:_EXACT_TOKENS]


def _points(fit: Fit) -> int:
    return ranking.POINTS[fit.kind]


def _cursor(listing: str, last: tuple[UUID, int, str]) -> str:
    person_id, score, sort_name = last
    return write_cursor(listing=listing, key=[score, sort_name, str(person_id)])
