"""A search as its address spells it, read strictly, and the addresses that lead on from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from directory.search.find import Query, QueryTooLong
from directory.search.query import DAYS, EMPLOYMENT
from directory.search.written import query_of

#: Parameter to what it is called on the page; those of the filters may be repeated.
FILTERS: Final[Mapping[str, str]] = {
    "organisation": "Organisation",
    "team": "Team",
    "grade": "Grade",
    "profession": "Profession",
    "location": "Location",
    "expertise": "Expertise",
    "grade_from": "Grade",
    "grade_to": "Grade",
    "employment": "Employment",
    "working_day": "Works on",
    "has_expertise": "Stated expertise",
}
#: Of these one value is all there can be.
_SINGLE: Final = ("grade_from", "grade_to", "has_expertise")
TABS: Final[Mapping[str, str]] = {
    "people": "People",
    "teams": "Teams",
    "organisations": "Organisations",
    "expertise": "Expertise",
}
SORTS: Final[Mapping[str, str]] = {"relevance": "Best match", "name": "Name", "grade": "Grade"}
_ONCE: Final = ("q", "tab", "cursor", "sort", "explain")
_LONGEST_VALUE: Final = 500

_SHAPES: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "team": (
        lambda value: bool(
            re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value)
        ),
        "is the id of a team",
    ),
    "location": (
        lambda value: bool(re.fullmatch(r"[0-9]{1,18}", value)),
        "is the number of a location",
    ),
    "has_expertise": (lambda value: value == "true", "is “true”"),
    "working_day": (
        lambda value: value in DAYS,
        "is a day of the week in English, such as “monday”",
    ),
    "employment": (lambda value: value in EMPLOYMENT, f"is one of {', '.join(EMPLOYMENT)}"),
}


class SearchRefused(Exception):
    """The address cannot be read as a search; `problems` says why, a sentence each."""

    def __init__(self, *, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """
    What is asked, where the reader stands in the answer, and which list they look at.

    chosen: filter and value, in the address's order, each once.
    explain: what earned each hit its place is asked for, which curators may.
    """

    query: Query
    tab: str
    cursor: str
    chosen: tuple[tuple[str, str], ...]
    sort: str = "relevance"
    explain: bool = False

    @property
    def text(self) -> str:
        """The words asked for, fit to be shown again."""
        return self.query.text

    def url(self, *, view: str = "directory:search") -> str:
        """The address of this search; the same search always has the same one."""
        written = self.written()
        return f"{reverse(view)}?{written}" if written else reverse(view)

    def written(self) -> str:
        """The query of that address."""
        pairs = [("q", self.text)] if self.text else []
        pairs += self.chosen
        if self.tab != "people":
            pairs.append(("tab", self.tab))
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.explain:
            pairs.append(("explain", "1"))
        if self.cursor:
            pairs.append(("cursor", self.cursor))
        return urlencode(pairs)

    def export_url(self) -> str:
        """The address at which everybody this search finds is downloaded."""
        return replace(self, cursor="").url(view="directory:export")

    def without(self, *, name: str, value: str) -> str:
        """The address without one filter, from the first page."""
        left = tuple(pair for pair in self.chosen if pair != (name, value))
        return replace(self, chosen=left, cursor="").url()

    def without_filters(self) -> str:
        """The address with the words alone, from the first page."""
        return replace(self, chosen=(), cursor="").url()

    def without_filter(self, *, name: str) -> str:
        """The address without any value of one filter, from the first page."""
        left = tuple(pair for pair in self.chosen if pair[0] != name)
        return replace(self, chosen=left, cursor="").url()

    def with_text(self, *, text: str) -> str:
        """The address of the same search for another text, from the first page."""
        return replace(self, query=replace(self.query, text=text), cursor="").url()

    def without_text(self) -> str:
        """The address of the whole of this list, from the first page."""
        return self.with_text(text="")

    def in_tab(self, *, tab: str) -> str:
        """The same words in another list; only people have filters."""
        if tab == "people":
            return replace(self, tab=tab, cursor="", sort="relevance").url()
        return replace(self, tab=tab, cursor="", chosen=(), sort="relevance", explain=False).url()

    def explained(self, *, explain: bool) -> str:
        """The same page of the search, with or without what earned each hit its place."""
        return replace(self, explain=explain).url()

    def sorted_by(self, *, sort: str) -> str:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, cursor="").url()

    def at(self, *, cursor: str) -> str:
        """The same search from another page on."""
        return replace(self, cursor=cursor).url()


def read_search_request(*, given: QueryDict) -> SearchRequest:
    """
    Read the parameters of a search.

    :raises SearchRefused: naming everything that cannot be understood.
    """
    problems = [*_unknown(given), *_misshapen(given)]
    if problems:
        raise SearchRefused(problems=tuple(problems))
    chosen = tuple(
        dict.fromkeys((name, value) for name in FILTERS for value in given.getlist(name) if value)
    )
    values = {name: [v for n, v in chosen if n == name] for name in FILTERS}
    try:
        query = query_of(given={**values, "q": [given.get("q", "")]})
    except QueryTooLong as refusal:
        raise SearchRefused(problems=(str(refusal),)) from refusal
    return SearchRequest(
        query=query,
        tab=given.get("tab") or "people",
        cursor=given.get("cursor", ""),
        chosen=chosen,
        sort=given.get("sort") or "relevance",
        explain=bool(given.get("explain")),
    )


def _unknown(given: QueryDict) -> list[str]:
    """Parameters a search does not have; their names are the reader's, so they are cut short."""
    known = ", ".join((*_ONCE, *FILTERS))
    return [
        f"A search has no part called “{name[:40]}”; it has {known}."
        for name in given
        if name not in FILTERS and name not in _ONCE
    ]


def _misshapen(given: QueryDict) -> list[str]:
    problems = [
        f"“{name}” can be given once only."
        for name in (*_ONCE, *_SINGLE)
        if len(given.getlist(name)) > 1
    ]
    if given.get("tab") and given["tab"] not in TABS:
        problems.append(f"“tab” is one of {', '.join(TABS)}.")
    if given.get("sort") and given["sort"] not in SORTS:
        problems.append(f"“sort” is one of {', '.join(SORTS)}.")
    if given.get("explain", "") not in ("", "1"):
        problems.append("“explain” is “1”.")
    elif given.get("explain") and given.get("tab", "people") not in ("", "people"):
        problems.append("“explain” is for people alone: leave it or “tab” out.")
    for name in ("cursor", *FILTERS):
        fits, shape = _SHAPES.get(name, (lambda value: True, ""))
        values = [value for value in given.getlist(name) if value]
        if any(len(value) > _LONGEST_VALUE for value in values):
            problems.append(f"A value of “{name}” is too long.")
        elif not all(fits(value) for value in values):
            problems.append(f"A value of “{name}” {shape}; this one is not.")
    return problems
