"""
Candidates in SQL: the best of those who match, ordered and cut into pages there.

Few are looked at one by one. Of very many, those are who fit the words exactly and those who
drew a lot: a fair sample, in which everything the ranking prefers stands at the top as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory.search import ranking
from directory.search.counting import Count, count, lot_for
from directory.search.cursors import read_cursor, write_cursor
from directory.search.expansion import Expansion, Fit
from directory.search.matching import LOT_SHARE, OVERLAPS, Matching
from directory.search.query import Query

_LISTING: Final = "people"
_BY_NAME: Final = "people by name"
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
    """How people found are ordered; filters alone find them by name anyway."""

    RELEVANCE = "relevance"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    One page of people, best first; how many match in all; where the next page begins.

    points: for each of them, the parts of their score in the order of `explained`.
    """

    person_ids: tuple[UUID, ...]
    count: Count
    next_cursor: str
    points: tuple[tuple[int, ...], ...] = ()
    explained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the score: what it is for, and the expression that computes it."""

    name: str
    points: str


def candidates(
    *,
    matching: Matching,
    expansion: Expansion,
    size: int,
    cursor: str,
    many: Count | None,
    sort: Sort,
) -> Candidates:
    """
    The best people who match, a page of them, or the first by name.

    The order is score, name, id: total, so that no page repeats or loses anybody.

    many: how many match, when they are more than `most_ranked`.

    :raises BadCursor: if the cursor is not one of ours.
    """
    query = matching.query
    by_name = sort is Sort.NAME or not query.has_text
    after = read_cursor(listing=_BY_NAME if by_name else _LISTING, cursor=cursor)
    if matching.finds_nobody():
        return Candidates(person_ids=(), count=Count(0), next_cursor="")
    if by_name:
        return _by_name(matching=matching, size=size, after=after, many=many)
    values = matching.values()
    parts = _parts(query, expansion, values)
    lot = lot_for(people=many.people, wanted=DRAWN) if many else 0
    if not lot:
        chosen = _entries(matching.where(), parts)
    else:
        drawn = matching.with_lot(lot)
        values |= drawn.values()
        chosen = _entries(drawn.where(), parts)
        if exact := _exactly(matching, expansion):
            values |= exact.values()
            beside = f"{exact.where()} AND entry.lot < {lot:d}"
            chosen += f" UNION ALL ({_entries(beside, parts)} LIMIT {DRAWN})"
    score = " + ".join(f"part_{number}" for number in range(len(parts)))
    points = ", ".join(f"part_{number}" for number in range(len(parts)))
    if after:
        values |= dict(zip(("after_score", "after_name", "after_id"), after, strict=True))
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH chosen AS ({chosen}), matched AS (
                SELECT person_id, sort_name, {score} AS score, ARRAY[{points}] AS points FROM chosen
            ), page AS (
                SELECT * FROM matched
                 WHERE {_AFTER if after else "true"}
                 ORDER BY score DESC, sort_name, person_id
                 LIMIT %(size)s + 1
            )
            SELECT total.people, page.person_id, page.score, page.sort_name, page.points
              FROM (SELECT count(*) AS people FROM matched) total LEFT JOIN page ON true
             ORDER BY page.score DESC, page.sort_name, page.person_id
            """,
            values | {"size": size},
        )
        rows = db.fetchall()
    page = [row[1:] for row in rows if row[1]]
    return Candidates(
        person_ids=tuple(row[0] for row in page[:size]),
        count=many or Count(rows[0][0]),
        next_cursor=_cursor(_LISTING, page[size - 1][:3]) if len(page) > size else "",
        points=tuple(tuple(row[3]) for row in page[:size]),
        explained=tuple(part.name for part in parts),
    )


def most_ranked(*, matching: Matching, expansion: Expansion) -> int:
    """Up to so many people who match are ranked one by one."""
    tokens = sum(len(fit.tokens) for fits in expansion.fits for fit in fits)
    most = RANKED_LOOSELY if matching.loosely else RANKED
    return min(most, COMPARED // max(1, tokens))


def best(*, matching: Matching, expansion: Expansion, size: int) -> tuple[UUID, ...]:
    """The best people who match, without their number; of very many, of as many as are ranked."""
    if matching.finds_nobody():
        return ()
    values = matching.values()
    parts = _parts(matching.query, expansion, values)
    score = " + ".join(f"part_{number}" for number in range(len(parts)))
    with connection.cursor() as db:
        db.execute(
            f"""
            SELECT person_id
              FROM ({_entries(matching.where(), parts)} LIMIT {RANKED}) chosen
             ORDER BY {score} DESC, sort_name, person_id LIMIT %(size)s
            """,
            values | {"size": size},
        )
        return tuple(row[0] for row in db.fetchall())


_AFTER: Final = """
    (-score, sort_name, person_id) > (-%(after_score)s, %(after_name)s, %(after_id)s::uuid)"""


def _by_name(
    *, matching: Matching, size: int, after: list[Any] | None, many: Count | None
) -> Candidates:
    """A page of those who match filters alone, in the order of their names."""
    values = matching.values() | {"size": size}
    later = ""
    if after:
        values |= dict(zip(("after_score", "after_name", "after_id"), after, strict=True))
        later = "AND (entry.sort_name, entry.person_id) > (%(after_name)s, %(after_id)s::uuid)"
    with connection.cursor() as db:
        # Along the index of names, unless few match.
        db.execute("SET LOCAL enable_indexscan = on")
        db.execute(
            f"""
            SELECT entry.person_id, 0, entry.sort_name FROM directory_searchentry entry
             WHERE {matching.where()} {later}
             ORDER BY entry.sort_name, entry.person_id LIMIT %(size)s + 1
            """,
            values,
        )
        page = db.fetchall()
    return Candidates(
        person_ids=tuple(row[0] for row in page[:size]),
        count=many or Count(count(matching=matching)),
        next_cursor=_cursor(_BY_NAME, page[size - 1]) if len(page) > size else "",
    )


def _entries(where: str, parts: list[_Part]) -> str:
    points = ", ".join(f"{part.points} AS part_{number}" for number, part in enumerate(parts))
    return f"""
        SELECT entry.person_id, entry.sort_name, part.*
          FROM directory_searchentry entry CROSS JOIN LATERAL (SELECT {points} OFFSET 0) part
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


def _parts(query: Query, expansion: Expansion, values: dict[str, Any]) -> list[_Part]:
    """The sum of the points that `ranking` gives, its values added to `values`."""
    parts = [
        _Part(word, _word_points(place, word, expansion, values))
        for place, word in enumerate(query.words)
    ]
    if query.words:
        values["words"] = list(query.words)
        values["family_names"] = ranking.family_names(words=query.words)
        parts.append(
            _Part(
                "name",
                "CASE WHEN entry.sort_name <> ''"
                " AND string_to_array(entry.sort_name, ' ') <@ %(words)s::text[]"
                f" THEN {ranking.WHOLE_NAME:d}"
                " WHEN entry.sort_name ^@ ANY(%(family_names)s::text[])"
                f" THEN {ranking.FAMILY_NAME:d} ELSE 0 END",
            )
        )
    if any(fit.kind.startswith("name misspelt") for fits in expansion.fits for fit in fits):
        parts.append(_Part("closeness", _closeness(query, values)))
    for number, email in enumerate(query.emails):
        values[f"address_{number}"] = email
        parts.append(
            _Part(
                email,
                f"CASE WHEN entry.email = %(address_{number})s THEN {ranking.WHOLE_EMAIL:d}"
                f" ELSE {ranking.BEGUN_EMAIL:d} END",
            )
        )
    if query.phones:
        parts.append(
            _Part(
                "telephone",
                f"CASE WHEN entry.phones LIKE %(phone)s THEN {ranking.PHONE:d} ELSE 0 END",
            )
        )
    return [*parts, _Part("fullness", "entry.fullness / 2")]


def _word_points(place: int, word: str, expansion: Expansion, values: dict[str, Any]) -> str:
    cases = []
    fits = sorted(expansion.fits[place], key=_points, reverse=True)
    for number, fit in enumerate(fits):
        name = f"fit_{place}_{number}"
        points = _points(fit)
        if fit.kind in ("name", "name begun"):
            # Most of them can be told by the name itself, which is quicker than by tokens.
            values[f"said_{place}_{number}"] = f" {word}" + " " * (fit.kind == "name")
            cases.append(
                f"WHEN strpos(' ' || entry.sort_name || ' ', %(said_{place}_{number})s) > 0"
                f" THEN {points:d}"
            )
        values[name] = list(fit.tokens)
        cases.append(f"WHEN {_has(fit, name)} THEN {points:d}")
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"


def _has(fit: Fit, name: str) -> str:
    """That an entry has one of the tokens, looked for where they are fewest."""
    kind = fit.kind.split(" ")[0]
    if fit.kind in ("tag named", "tag narrower"):
        return f"entry.tags {OVERLAPS} %({name})s::int[]"
    if kind in ("organisation", "grade", "profession", "location"):
        return f"(entry.{kind} = ANY(%({name})s::int[]) OR entry.more {OVERLAPS} %({name})s::int[])"
    return f"entry.tokens {OVERLAPS} %({name})s::int[]"


def _closeness(query: Query, values: dict[str, Any]) -> str:
    """How near the whole name comes to the words, in whichever order they were typed."""
    turns = ranking.whole_names(words=query.words[:3])
    distances = []
    for number, turn in enumerate(turns):
        values[f"turn_{number}"] = turn[:60]
        distances.append(f"levenshtein_less_equal(left(entry.sort_name, 60), %(turn_{number})s, 6)")
    return (
        f"greatest(0, {ranking.CLOSE_NAME:d} - {ranking.POINTS_AN_EDIT:d}"
        f" * least({', '.join(distances)}))"
    )


def _cursor(listing: str, last: tuple[UUID, int, str]) -> str:
    person_id, score, sort_name = last
    return write_cursor(listing=listing, key=[score, sort_name, str(person_id)])
