"""What the search page says where nobody is found: how it was read, and where to go from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from directory.search.find import NothingFound
from directory.search.nothing_found import ReadWord
from directory.web.search_request import FILTERS, SearchRequest

_READ_AS: Final[Mapping[str, str]] = {
    "name": "a name",
    "title": "a job title",
    "team": "a team",
    "organisation": "an organisation",
    "expertise": "expertise",
    "grade": "a grade",
    "profession": "a profession",
    "location": "a place",
    "email": "an e-mail address",
    "phone": "a telephone number",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word to look for instead."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word and what it was taken for; nothing where nobody is found by it."""

    word: str
    read_as: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class FilterLine:
    """A filter that stands in the way; people are found without it."""

    title: str
    people: int
    is_about: bool
    url: str


@dataclass(frozen=True, slots=True)
class NothingFoundHelp:
    """
    What to show of a question that found nobody.

    passing: words that need not be found. filters: those without which somebody is found, the
        most people first.
    """

    words: tuple[WordLine, ...]
    passing: tuple[str, ...]
    filters: tuple[FilterLine, ...]


def help_with(*, nothing: NothingFound, request: SearchRequest) -> NothingFoundHelp:
    """The lines of the page."""
    return NothingFoundHelp(
        words=tuple(
            _word_line(word, request) for word in nothing.words if "passing" not in word.read_as
        ),
        passing=tuple(word.word for word in nothing.words if "passing" in word.read_as),
        filters=tuple(
            FilterLine(
                title=FILTERS[one.name].lower(),
                people=one.count.people,
                is_about=one.count.is_about,
                url=request.without_filter(name=one.name),
            )
            for one in sorted(nothing.without, key=lambda one: -one.count.people)
            if one.count.people
        ),
    )


def _word_line(word: ReadWord, request: SearchRequest) -> WordLine:
    read_as = [_READ_AS[kind] for kind in word.read_as]
    said = " or ".join(filter(None, [", ".join(read_as[:-1]), *read_as[-1:]]))
    return WordLine(
        word=word.word,
        read_as=said,
        suggestions=tuple(
            Suggestion(word=one.word, url=request.with_text(text=one.text)) for one in word.nearest
        ),
    )
