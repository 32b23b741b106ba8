"""Finding people: text to question, candidates in the database, facets, and what a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from directory.search.candidates import Candidates, Sort, candidates, is_ranked, most_ranked
from directory.search.counting import count_people, estimate
from directory.search.cursors import BadCursor
from directory.search.facets import Counted, FacetValue, count_values
from directory.search.hits import Hit, show
from directory.search.in_vain import note_in_vain
from directory.search.named_tags import named_tags
from directory.search.nearness import NOWHERE, Nearness, nearness_of
from directory.search.nothing_found import NothingFound
from directory.search.nothing_found import explain as explain_nothing
from directory.search.query import MAX_SIZE, Query, QueryTooLong, page_size, parse
from directory.search.ranking import Explanation
from directory.search.related import related as related_tags
from directory.search.things import find_organisations, find_tags, find_teams
from directory.search.widening import Reading, readings
from directory.search.within_time import SearchTooSlow, within_time
from directory.visibility import Viewer

__all__ = [
    "MAX_SIZE", "BadCursor", "Explanation", "FacetValue", "Found", "Hit", "NothingFound", "Query",
    "QueryTooLong", "SearchTooSlow", "Sort", "find_organisations", "find_people", "find_tags",
    "find_teams", "parse",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """
    One page of people.

    total: everybody who matches, on all pages; about so many when `is_about`.
    is_closest: nobody fits all the words; these fit some of them.
    facets: filter name to its values, empty when not asked for.
    related: expertise that goes with the tags asked for, with facets and on the first page alone.
    next_cursor: empty on the last page.
    nothing_found: why nobody was, for those who asked in person.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_about: bool = False
    is_closest: bool = False
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    related: tuple[FacetValue, ...] = ()
    next_cursor: str = ""
    nothing_found: NothingFound | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of an answer is wanted, and who is near to whoever asks."""

    size: int
    cursor: str
    facets: bool
    exactly: bool
    sort: Sort
    near: Nearness
    explain: bool


def find_people(
    *,
    viewer: Viewer,
    query: Query,
    size: int = 20,
    cursor: str = "",
    facets: bool = True,
    exactly: bool = True,
    closest: bool = True,
    sort: Sort = Sort.RELEVANCE,
    asked_on: date | None = None,
    explain: bool = False,
) -> Found:
    """
    The people the viewer may find: best first by text, by name when there are filters only.

    A query that asks for nothing finds nobody: there is no list of everyone.
    exactly: up to 10,000 people are counted one by one; otherwise, and without facets, about how
        many there are will do where they are many.
    closest: where nobody fits all the words, find those who fit some of them.
    asked_on: the day; where nobody is found, say why, and count the words as asked in vain.
    explain: say of each what earned them their place; who may know that, the caller asks.

    :raises BadCursor: if the cursor is not one that a page of this search gave.
    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    if not (query.has_text or query.has_filters):
        return Found()
    with within_time():
        near = nearness_of(viewer=viewer) if is_ranked(query=query, sort=sort) else NOWHERE
        wanted = _Wanted(page_size(wanted=size), cursor, facets, exactly, sort, near, explain)
        for reading in readings(viewer=viewer, query=query, closest=closest):
            page, counted = _read(reading, wanted)
            if page.count.people >= reading.enough:
                break
        if facets and counted is None:
            counted = count_values(matching=reading.matching, about=page.count.people)
        related = _related(reading, counted) if counted and not cursor else ()
        nothing = None
        if asked_on and not page.count.people:
            nothing = explain_nothing(viewer=viewer, query=query, closest=closest)
    if asked_on and nothing:
        note_in_vain(query=query, day=asked_on)
    return Found(
        hits=show(viewer=viewer, person_ids=page.person_ids, explained=page.explained),
        total=page.count.people,
        is_about=page.count.is_about,
        is_closest=reading.is_closest and bool(page.person_ids),
        facets=counted.values if counted else {},
        related=related,
        next_cursor=page.next_cursor,
        nothing_found=nothing,
    )


def _read(reading: Reading, wanted: _Wanted) -> tuple[Candidates, Counted | None]:
    """A page of whom a reading finds; of very many the facets too, because these count them."""
    matching, expansion = reading.matching, reading.expansion
    about = estimate(matching=matching)
    many, counted = None, None
    if about > most_ranked(matching=matching, expansion=expansion):
        counted = count_values(matching=matching, about=about) if wanted.facets else None
        many = (
            counted.count
            if counted
            else count_people(matching=matching, about=about, exactly=wanted.exactly)
        )
    page = candidates(
        matching=matching,
        expansion=expansion,
        size=wanted.size,
        cursor=wanted.cursor,
        many=many,
        sort=wanted.sort,
        near=wanted.near,
        explain=wanted.explain,
    )
    return page, counted


def _related(reading: Reading, counted: Counted) -> tuple[FacetValue, ...]:
    """Tags that go with those asked for, as they are counted; nothing where none is asked for."""
    named = named_tags(query=reading.matching.query, expansion=reading.expansion)
    if not named:
        return ()
    values = {value.value: value for value in counted.values["expertise"]}
    return tuple(values[slug] for slug in related_tags(held=counted.held, left_out=named))
