"""What the words of a question may mean: tokens of the vocabulary, and how each word fits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from directory.search.nicknames import other_names
from directory.visibility import Viewer, seen_entries

#: A question becomes conditions with this many alternatives for a word at most.
MAX_TOKENS: Final = 2_000


# A term counts as held also by what was committed and is not folded in yet. That is looked up
# always, and not only for a term without people: it would take its time only where there is one.
_EXPANDED: Final = """
    WITH fresh AS MATERIALIZED (
        SELECT coalesce(array_agg(term_id), '{{}}') AS tokens
          FROM directory_searchtally WHERE people > 0
    )
    SELECT place, fit, array_agg(token), sum(people)::integer
      FROM {function}(%(words)s::text[], %(named_by)s::integer[], %(other_names)s::text[],
                        %(widely)s) CROSS JOIN fresh
     WHERE people > 0 OR token = ANY(fresh.tokens) {inside}
     GROUP BY place, fit ORDER BY place, fit"""

# Entries for one organisation alone are not counted among those who hold a term.
_INSIDE: Final = """
        OR EXISTS (SELECT FROM directory_searchentry entry
                    WHERE entry.audience <> 'government'
                      AND entry.tokens OPERATOR(pg_catalog.&&) ARRAY[token] AND {seen})"""

#: Ways to fit that come only with another: whoever has a tag has the words of its labels.
_IMPLIED: Final = frozenset({"tag named", "tag expert"})


@dataclass(frozen=True, slots=True)
class Fit:
    """
    Tokens that a word fits in one way.

    kind: as `ranking.POINTS` has it. people: about how many hold any of them, at most.
    """

    kind: str
    tokens: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """What each word may mean; a word without any fit means nothing here."""

    fits: tuple[tuple[Fit, ...], ...]

    def tokens(self, *, place: int) -> tuple[int, ...]:
        """Everything that the word may mean; who has none of it does not fit the word."""
        return tuple(dict.fromkeys(t for fit in self._telling(place) for t in fit.tokens))

    def people(self, *, place: int) -> int:
        """At most about so many people hold any of it."""
        return sum(fit.people for fit in self._telling(place))

    def _telling(self, place: int) -> list[Fit]:
        return [fit for fit in self.fits[place] if fit.kind not in _IMPLIED]


def expand(*, viewer: Viewer, words: Sequence[str], widely: bool = False) -> Expansion:
    """
    Look the words up, in one statement (`sql/expand_words.2.sql`).

    Terms that nobody whom the viewer may find holds are left out: what they were learnt from may
    be hidden by now.

    widely: take every word for a misspelt one too, not only those that fit nothing.
    """
    return _look_up("expand_words", viewer, words, widely)


def expand_names(*, viewer: Viewer, words: Sequence[str], widely: bool = False) -> Expansion:
    """The same for names of people alone (`sql/suggest.1.sql`), which is quicker."""
    return _look_up("suggest_names", viewer, words, widely)


def _look_up(function: str, viewer: Viewer, words: Sequence[str], widely: bool) -> Expansion:
    """function: a name of ours."""
    if not words:
        return Expansion(fits=())
    named = [
        (place, other) for place, word in enumerate(words, 1) for other in other_names(word=word)
    ]
    seen = seen_entries(viewer=viewer)
    inside = _INSIDE.format(seen=seen.condition) if viewer.inside_ids else ""
    asked: dict[str, Any] = {
        "words": list(words),
        "named_by": [place for place, _ in named],
        "other_names": [other for _, other in named],
        "widely": widely,
    }
    with connection.cursor() as db:
        db.execute(_EXPANDED.format(function=function, inside=inside), {**asked, **seen.values})
        rows = db.fetchall()
    by_place: Mapping[int, list[Fit]] = {place: [] for place in range(1, len(words) + 1)}
    for place, kind, tokens, people in rows:
        by_place[place].append(Fit(kind=kind, tokens=tuple(tokens[:MAX_TOKENS]), people=people))
    return Expansion(fits=tuple(tuple(by_place[place]) for place in sorted(by_place)))
