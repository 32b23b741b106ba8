"""
A question as conditions on search entries, in SQL, visibility inside.

Every value reaches the database as a parameter; the SQL put together here consists of the fixed
pieces below and the names of parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from directory.search.expansion import Expansion
from directory.search.query import Query
from directory.search.values import FilterTokens
from directory.visibility import SeenEntries, Viewer, seen_entries

#: Of so many people one drew a first lot, of those again one a second
#: (`sql/drawn_lot.1.sql`).
LOT_SHARE: Final = 8
LOTS: Final = 4

#: The index compares every person it finds for a condition with all of its tokens, so a condition
#: with many of them is taken as several.
TOKENS_A_CONDITION: Final = 100

#: More people than any government has.
EVERYBODY: Final = 10**9

# Written out, because the extension intarray has an operator of the same name that no index of
# this table serves.
OVERLAPS: Final = "OPERATOR(pg_catalog.&&)"


@dataclass(frozen=True, slots=True)
class Matching:
    """
    Who matches: everybody with a token of each group, or with a token of any if `loosely`.

    groups: for each word that has to fit, by its place, the tokens it may mean; group: what their
        parameters are called, so that two of these fit into one statement.
    filters: for each filter in use, the tokens of its values.
    worded: at most about so many people fit the words, as the vocabulary has it.
    lot: only people who drew this lot or a higher one; 0 for everybody.
    """

    seen: SeenEntries
    query: Query
    groups: Mapping[int, tuple[int, ...]]
    filters: Mapping[str, FilterTokens]
    worded: int
    loosely: bool = False
    lot: int = 0
    group: str = "group"

    @property
    def people(self) -> int:
        """At most about so many people match."""
        return min([self.worded, *(chosen.people for chosen in self.filters.values())])

    def with_lot(self, lot: int) -> "Matching":
        """The same among those who drew a lot."""
        return replace(self, lot=lot)

    def without(self, name: str) -> "Matching":
        """The same without a filter."""
        return replace(self, filters={n: f for n, f in self.filters.items() if n != name})

    def where(self) -> str:
        """The condition on `entry`."""
        conditions = [self.seen.condition]
        text = [_any_of(f"{self.group}_{place}", tokens) for place, tokens in self.groups.items()]
        if text:
            joined = f"({' OR '.join(text)})" if self.loosely else " AND ".join(text)
            if self.query.phones and self.query.words:
                joined = f"(({joined}) OR entry.phones LIKE %(phone)s)"
            conditions.append(joined)
        elif self.query.phones:
            conditions.append("entry.phones LIKE %(phone)s")
        conditions += [f"entry.email LIKE %(email_{n})s" for n in range(len(self.query.emails))]
        conditions += [
            _any_of(f"filter_{number}", chosen.tokens)
            for number, chosen in enumerate(self.filters.values())
        ]
        if self.lot:
            # Written out, because an index of the sample serves those who say so.
            conditions.append(f"entry.lot >= {self.lot:d}")
        return " AND ".join(conditions)

    def values(self) -> dict[str, Any]:
        """The parameters of `where`."""
        return {
            **self.seen.values,
            "phone": f"%{self.query.phones[0]}%" if self.query.phones else "",
            **{
                k: v
                for place, tokens in self.groups.items()
                for k, v in _parts(f"{self.group}_{place}", tokens)
            },
            **{
                k: v
                for number, chosen in enumerate(self.filters.values())
                for k, v in _parts(f"filter_{number}", chosen.tokens)
            },
            **{f"email_{n}": _begun(email) for n, email in enumerate(self.query.emails)},
        }

    def finds_nobody(self) -> bool:
        """A word, or the values of a filter, mean nothing here."""
        empty = [not tokens for tokens in self.groups.values()]
        nothing = all(empty) if self.loosely else any(empty)
        if nothing and not self.query.phones:
            return True
        return any(not chosen.tokens for chosen in self.filters.values())


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
    if query.emails or query.phones:
        bounds = [0]
    return Matching(
        seen=seen_entries(viewer=viewer),
        query=query,
        groups=groups,
        filters=filters,
        worded=min(bounds, default=EVERYBODY),
    )


def match_loosely(*, matching: Matching, expansion: Expansion) -> Matching:
    """Everybody who fits one of the two rarest words; those who fit more are ranked before them."""
    known = {place: tokens for place, tokens in matching.groups.items() if tokens}
    rarest = sorted(known, key=lambda place: expansion.people(place=place))[:2]
    return replace(
        matching,
        groups={place: known[place] for place in rarest},
        loosely=True,
        worded=sum(expansion.people(place=place) for place in rarest),
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
