"""
A question as conditions on search entries, in SQL, visibility inside.

Every value reaches the database as a parameter; the SQL put together here consists of the fixed
pieces below and the names of parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from directory.search.expansion import Expansion
from directory.search.query import Query
from directory.search.values import FilterTokens
from directory.visibility import Viewer, audiences

#: Of so many people one holds a first lot, of those again one a second
#: (`drawn_lots` in `sql/project_people.4.sql`).
LOT_SHARE: Final = 8
LOTS: Final = 4

#: The index compares every person it finds for a condition with all of its tokens, so a condition
#: with many of them is taken as several.
TOKENS_A_CONDITION: Final = 100

# Written out, because the extension intarray has an operator of the same name that no index of
# this table serves.
OVERLAPS: Final = "OPERATOR(pg_catalog.&&)"


@dataclass(frozen=True, slots=True)
class Matching:
    """
    Who matches: everybody with a token of each group, or with a token of any if `loosely`.

    groups: for each word that has to fit, by its place, the tokens it may mean.
    filters: for each filter in use, the tokens of its values.
    lot: only people who drew this lot; 0 for everybody.
    """

    audiences: tuple[str, ...]
    query: Query
    groups: Mapping[int, tuple[int, ...]]
    filters: Mapping[str, tuple[int, ...]]
    loosely: bool = False
    lot: int = 0
    people: int = field(default=0)

    def with_lot(self, lot: int) -> "Matching":
        """The same among the holders of a lot."""
        return replace(self, lot=lot)

    def where(self, *, without: str = "") -> str:
        """The condition on `entry`; `without` names a filter to leave out."""
        conditions = ["entry.audience = ANY(%(audiences)s)"]
        text = [_any_of(f"group_{place}", tokens) for place, tokens in self.groups.items()]
        if text:
            joined = f"({' OR '.join(text)})" if self.loosely else " AND ".join(text)
            if self.query.phones and self.query.words:
                joined = f"(({joined}) OR entry.phones LIKE %(phone)s)"
            conditions.append(joined)
        elif self.query.phones:
            conditions.append("entry.phones LIKE %(phone)s")
        conditions += [f"entry.email LIKE %(email_{n})s" for n in range(len(self.query.emails))]
        conditions += [
            _any_of(f"filter_{name}", tokens)
            for name, tokens in self.filters.items()
            if name != without
        ]
        if self.lot:
            conditions.append(f"entry.tokens {OVERLAPS} %(lot)s::int[]")
        return " AND ".join(conditions)

    def values(self) -> dict[str, Any]:
        """The parameters of `where`."""
        return {
            "audiences": list(self.audiences),
            "lot": [-self.lot],
            "phone": f"%{self.query.phones[0]}%" if self.query.phones else "",
            **{k: v for p, tokens in self.groups.items() for k, v in _parts(f"group_{p}", tokens)},
            **{
                k: v for n, tokens in self.filters.items() for k, v in _parts(f"filter_{n}", tokens)
            },
            **{f"email_{n}": _begun(email) for n, email in enumerate(self.query.emails)},
        }

    def finds_nobody(self, *, without: str = "") -> bool:
        """A word, or the values of a filter, mean nothing here; `without` as in `where`."""
        empty = [not tokens for tokens in self.groups.values()]
        nothing = all(empty) if self.loosely else any(empty)
        if nothing and not self.query.phones:
            return True
        return any(not tokens for name, tokens in self.filters.items() if name != without)


def match(
    *, viewer: Viewer, query: Query, expansion: Expansion, filters: Mapping[str, FilterTokens]
) -> Matching:
    """Everybody who fits all the words of the question that count, and its filters."""
    groups = {
        place: expansion.tokens(place=place)
        for place in range(len(query.words))
        if place not in query.passing
    }
    bounds = [expansion.people(place=place) for place in groups]
    bounds += [chosen.people for chosen in filters.values()]
    if query.emails or query.phones:
        bounds = [0]
    return Matching(
        audiences=audiences(viewer=viewer),
        query=query,
        groups=groups,
        filters={name: chosen.tokens for name, chosen in filters.items()},
        people=min(bounds, default=0),
    )


def match_loosely(*, matching: Matching, expansion: Expansion) -> Matching:
    """Everybody who fits one of the two rarest words; those who fit more are ranked before them."""
    known = {place: tokens for place, tokens in matching.groups.items() if tokens}
    rarest = sorted(known, key=lambda place: expansion.people(place=place))[:2]
    bounds = [sum(expansion.people(place=place) for place in rarest)]
    return replace(
        matching,
        groups={place: known[place] for place in rarest},
        loosely=True,
        people=min(bounds),
    )


def _any_of(name: str, tokens: tuple[int, ...]) -> str:
    """The condition that an entry has any of the tokens, its values those of `_parts`."""
    either = [f"entry.tokens {OVERLAPS} %({part})s::int[]" for part, _ in _parts(name, tokens)]
    return f"({' OR '.join(either)})"


def _parts(name: str, tokens: tuple[int, ...]) -> list[tuple[str, list[int]]]:
    starts = range(0, max(1, len(tokens)), TOKENS_A_CONDITION)
    return [(f"{name}_{at}", list(tokens[at : at + TOKENS_A_CONDITION])) for at in starts]


def _begun(email: str) -> str:
    return email.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
