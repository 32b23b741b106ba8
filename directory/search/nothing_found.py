"""
Why a question found nobody: what each word was taken for, what it may have been meant to be, and
which filter stood in the way.

Asked only once nobody was found, so no other search pays for it. It knows what a search knows:
words that somebody visible holds, and people who match.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from directory.search.counting import Count, count_people, estimate
from directory.search.expansion import Expansion, expand
from directory.search.query import Query, parse
from directory.search.widening import readings
from directory.search.written import FILTERS
from directory.visibility import Viewer

#: Nearest spellings given of one word.
_NEAREST: Final = 3

#: What a word is taken for, by how it fits (`ranking.POINTS`), in the order they are told.
READ_AS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "name begun", "nickname"),
    "title": ("title", "title begun"),
    "team": ("team word", "team word begun", "team below"),
    "organisation": ("organisation", "organisation begun"),
    "expertise": ("tag word", "tag word begun", "tag narrower"),
    "grade": ("grade", "grade begun"),
    "profession": ("profession", "profession begun"),
    "location": ("location", "location begun"),
}


_NO_FILTERS: Final = parse(text="")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that somebody is found by; text: the question with it in the place of another."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadWord:
    """
    A word, address or number of the question.

    read_as: keys of `READ_AS`, or "email", "phone" or "passing" (it need not be found); none if
        nobody is found by it. nearest: of such a word, the nearest first.
    """

    word: str
    read_as: tuple[str, ...]
    nearest: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter in use, and how many people the question finds without it."""

    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class NothingFound:
    """What became of a question that found nobody."""

    words: tuple[ReadWord, ...]
    without: tuple[Loosened, ...]


def explain(*, viewer: Viewer, query: Query, closest: bool) -> NothingFound:
    """
    Why the question finds nobody; closest: as it was put (`readings`).

    A statement for its words and one for their spellings; for each filter as many as a search
    takes that counts and shows nobody.
    """
    return NothingFound(
        words=_words(viewer, query),
        without=tuple(
            Loosened(name=name, count=_count_without(viewer, query, values, closest))
            for name, values in FILTERS.items()
            if getattr(query, values)
        ),
    )


def _words(viewer: Viewer, query: Query) -> tuple[ReadWord, ...]:
    expansion = expand(viewer=viewer, words=query.words)
    read_as = [_read_as(query, expansion, place) for place in range(len(query.words))]
    unknown = [word for word, kinds in zip(query.words, read_as, strict=True) if not kinds]
    nearest = _nearest(unknown)
    return (
        *(
            ReadWord(
                word=word,
                read_as=kinds,
                nearest=tuple(
                    Spelling(word=other, text=_with_other(query, place, other))
                    for other in nearest.get(word, ())
                ),
            )
            for place, (word, kinds) in enumerate(zip(query.words, read_as, strict=True))
        ),
        *(ReadWord(word=email, read_as=("email",)) for email in query.emails),
        # Digits in one piece are a word as well, and told as one.
        *(
            ReadWord(word=phone, read_as=("phone",))
            for phone in query.phones
            if phone not in query.words
        ),
    )


def _read_as(query: Query, expansion: Expansion, place: int) -> tuple[str, ...]:
    if place in query.passing:
        return ("passing",)
    fits = {fit.kind for fit in expansion.fits[place]}
    kinds = tuple(kind for kind, ways in READ_AS.items() if fits.intersection(ways))
    return kinds or (("phone",) if query.words[place] in query.phones else ())


def _with_other(query: Query, place: int, other: str) -> str:
    words = [*query.words[:place], other, *query.words[place + 1 :]]
    return " ".join(dict.fromkeys([*words, *query.emails]))


def _nearest(words: list[str]) -> Mapping[str, tuple[str, ...]]:
    """Words that people are found by, for each word the nearest: few edits, then many people."""
    if not words:
        return {}
    with connection.cursor() as db:
        db.execute(_SPELLINGS, {"words": words, "nearest": _NEAREST})
        found: dict[str, tuple[str, ...]] = dict(db.fetchall())
    return found


# Besides what is an edit or two away (found as `expand_words` does), longer words that begin alike.
_SPELLINGS: Final = """
    SELECT asked.word, array_agg(near.term ORDER BY near.edits, near.people DESC, near.term)
      FROM unnest(%(words)s::text[]) AS asked (word)
      CROSS JOIN LATERAL (
          SELECT term, min(edits) AS edits, sum(people) AS people
            FROM (
                SELECT alike.term, alike.people,
                       levenshtein_less_equal(alike.term, asked.word, 3) AS edits
                  FROM (
                      SELECT term, people FROM directory_searchterm
                       WHERE spellings(term) && spellings(asked.word)
                         AND space IN ('name', 'title', 'team word', 'tag word')
                      UNION ALL
                      SELECT begun.term, begun.people
                        FROM unnest('{name,title,team word,tag word}'::text[]) AS written
                        JOIN directory_searchterm begun
                          ON begun.space = written
                         AND begun.term >= left(asked.word, 2) COLLATE "C"
                         AND begun.term < (left(asked.word, 2) || chr(1114111)) COLLATE "C"
                       WHERE length(asked.word) > 7) alike
                 WHERE alike.people > 0
                   AND length(alike.term) BETWEEN length(asked.word) - 3 AND length(asked.word) + 3
                ) measured
           WHERE edits BETWEEN 1 AND CASE WHEN length(asked.word) < 5 THEN 1
                                          WHEN length(asked.word) < 8 THEN 2 ELSE 3 END
           GROUP BY term
           ORDER BY min(edits), sum(people) DESC, term LIMIT %(nearest)s) near
     WHERE length(asked.word) BETWEEN 3 AND 40
     GROUP BY asked.word"""


def _count_without(viewer: Viewer, query: Query, values: str, closest: bool) -> Count:
    """How many people the question finds when one filter is dropped, read as it would be."""
    dropped: dict[str, Any] = {values: getattr(_NO_FILTERS, values)}
    loosened = replace(query, **dropped)
    count = Count(0)
    if loosened.has_text or loosened.has_filters:
        for reading in readings(viewer=viewer, query=loosened, closest=closest):
            matching = reading.matching
            if not matching.finds_nobody():
                count = count_people(matching=matching, about=estimate(matching=matching))
            if count.people >= reading.enough:
                break
    return count
