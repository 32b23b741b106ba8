"""What the search page shows: people or things found, and how to go on from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from directory import models
from directory.saved_searches.keeping import saved_as
from directory.search.facets import GRADE_RANGE
from directory.search.find import FacetValue, Sort, find_people
from directory.search.related import asking_for
from directory.visibility import Viewer
from directory.web.nothing_found import NothingFoundHelp, help_with
from directory.web.person_card import PersonCard, card_of_hit
from directory.web.places import Place, search_url
from directory.web.search_request import FILTERS, SORTS, TABS, SearchRequest
from directory.web.thing_cards import ThingCard, cards_named, find_cards

PER_PAGE: Final = 20
#: Values of a filter shown at once; the others are behind "more".
_VALUES_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """
    The values of one filter with their counts.

    first: always shown, the chosen ones among them; more: behind a click.
    """

    name: str
    title: str
    first: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use; `url` is the search without it."""

    title: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of the scale, to begin or end a range with, and how many it finds by itself."""

    code: str
    name: str
    people: int
    is_about: bool
    is_from: bool
    is_to: bool


@dataclass(frozen=True, slots=True)
class Order:
    """One way to order the people found."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists a search looks through."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """
    One page of an answer.

    things: teams, organisations or tags; is_misspelt: none is called so, these nearly are.
    nearby: things that the words name, above the first page of people.
    related: searches for expertise that goes with what was asked for.
    is_asked: there was something to search for. is_about, is_closest: as `find.Found`.
    nothing: what to say where nobody is found. saved: the same search as the viewer keeps it.
    """

    request: SearchRequest
    is_asked: bool
    tabs: tuple[Tab, ...]
    total: int = 0
    is_about: bool = False
    is_closest: bool = False
    people: tuple[PersonCard, ...] = ()
    things: tuple[ThingCard, ...] = ()
    is_misspelt: bool = False
    nearby: tuple[ThingCard, ...] = ()
    related: tuple[Place, ...] = ()
    facets: tuple[FacetGroup, ...] = ()
    grades: tuple[Grade, ...] = ()
    chips: tuple[Chip, ...] = ()
    orders: tuple[Order, ...] = ()
    next_url: str = ""
    nothing: NothingFoundHelp | None = None
    saved: models.SavedSearch | None = None

    @property
    def first_url(self) -> str:
        """The first page, when this is a later one."""
        return self.request.at(cursor="") if self.request.cursor else ""

    @property
    def people_url(self) -> str:
        """The same words among people."""
        return self.request.in_tab(tab="people")

    @property
    def kept_search(self) -> str:
        """The search as it is sent to be saved, from its first page."""
        return replace(self.request, cursor="").written()

    @property
    def kept_values(self) -> tuple[tuple[str, str], ...]:
        """What a new search from the box keeps: filters and list."""
        tab = self.request.tab
        kept = [("tab", tab)] if tab != "people" else []
        kept += [("explain", "1")] if self.request.explain else []
        return (*self.request.chosen, *kept)

    @property
    def explain_url(self) -> str:
        """The same page with what earned each hit its place, or without where it is shown."""
        return self.request.explained(explain=not self.request.explain)

    @property
    def is_ranked(self) -> bool:
        """People come in the order of their points."""
        return self.request.query.has_text and self.request.sort == "relevance"


def read_search_page(*, viewer: Viewer, request: SearchRequest, today: date) -> SearchPage:
    """
    The page of one search; what it looks for in vain is counted under today.

    :raises BadCursor, SearchTooSlow: as `find_people`.
    """
    if request.tab == "people":
        return _people(viewer, request, today)
    return _things(viewer, request)


def _people(viewer: Viewer, request: SearchRequest, today: date) -> SearchPage:
    found = find_people(
        viewer=viewer,
        query=request.query,
        size=PER_PAGE,
        cursor=request.cursor,
        sort=Sort(request.sort),
        asked_on=today,
        explain=request.explain,
    )
    nearby: tuple[ThingCard, ...] = ()
    if request.query.words and not request.chosen and not request.cursor:
        nearby = cards_named(text=request.text)
    return SearchPage(
        request=request,
        is_asked=request.query.has_text or request.query.has_filters,
        tabs=_tabs(request),
        total=found.total,
        is_about=found.is_about,
        is_closest=found.is_closest,
        people=tuple(card_of_hit(hit) for hit in found.hits),
        nearby=nearby,
        related=tuple(_tag_search(tag) for tag in found.related),
        facets=_facet_groups(found.facets),
        grades=_grades(request, found.facets) if found.facets else (),
        chips=_chips(request, found.facets),
        orders=_orders(request) if found.total > 1 else (),
        next_url=request.at(cursor=found.next_cursor) if found.next_cursor else "",
        nothing=help_with(nothing=found.nothing_found, request=request)
        if found.nothing_found
        else None,
        saved=saved_as(user_id=viewer.user_id, query=request.query) if viewer.user_id else None,
    )


def _things(viewer: Viewer, request: SearchRequest) -> SearchPage:
    page = find_cards(
        viewer=viewer, tab=request.tab, text=request.text, size=PER_PAGE, cursor=request.cursor
    )
    return SearchPage(
        request=request,
        is_asked=True,
        tabs=_tabs(request),
        total=page.found.total,
        things=page.cards,
        is_misspelt=page.found.is_misspelt,
        next_url=request.at(cursor=page.found.next_cursor) if page.found.next_cursor else "",
    )


def _tag_search(tag: FacetValue) -> Place:
    asked = urlencode([asking_for(slug=tag.value, label=tag.label)])
    return Place(label=tag.label, url=search_url(asked))


def _tabs(request: SearchRequest) -> tuple[Tab, ...]:
    return tuple(
        Tab(label=label, url=request.in_tab(tab=tab), is_current=tab == request.tab)
        for tab, label in TABS.items()
    )


def _facet_groups(facets: Mapping[str, Sequence[FacetValue]]) -> tuple[FacetGroup, ...]:
    """Groups in which there is something to choose."""
    groups = []
    for name, title in FILTERS.items():
        values = list(facets.get(name, ()))
        if len(values) < 2 and not any(value.selected for value in values):
            continue
        near = set(map(id, [v for v in values if v.selected] + values[:_VALUES_SHOWN]))
        groups.append(
            FacetGroup(
                name=name,
                title=title,
                first=tuple(value for value in values if id(value) in near),
                more=tuple(value for value in values if id(value) not in near),
            )
        )
    return tuple(groups)


def _grades(
    request: SearchRequest, facets: Mapping[str, Sequence[FacetValue]]
) -> tuple[Grade, ...]:
    """The scale from the top down, the ends of the range marked."""
    query = request.query
    counted = facets.get(GRADE_RANGE) or facets["grade"]
    held = {value.value: value for value in counted}
    return tuple(
        Grade(
            code=code,
            name=name,
            people=held[code].count if code in held else 0,
            is_about=code in held and held[code].is_about,
            is_from=code.lower() == query.grade_from,
            is_to=code.lower() == query.grade_to,
        )
        for code, name in models.Grade.objects.values_list("code", "name")
    )


def _orders(request: SearchRequest) -> tuple[Order, ...]:
    """Without words nobody matches better than another: people come by name unless by grade."""
    current = request.sort
    if not request.query.has_text and current == Sort.RELEVANCE:
        current = Sort.NAME
    return tuple(
        Order(label, request.sorted_by(sort=sort), is_current=sort == current)
        for sort, label in SORTS.items()
        if request.query.has_text or sort != Sort.RELEVANCE
    )


def _chips(request: SearchRequest, facets: Mapping[str, Sequence[FacetValue]]) -> tuple[Chip, ...]:
    """One for each filter in use; a value nobody knows shows itself."""
    labels = {
        (name, value.value.lower()): value.label
        for name, values in facets.items()
        for value in values
    }
    labels["has_expertise", "true"] = "any stated"
    if request.query.grade_from or request.query.grade_to:
        for code, name in models.Grade.objects.values_list("code", "name"):
            labels["grade_from", code.lower()] = f"from {name}"
            labels["grade_to", code.lower()] = f"to {name}"
    if request.query.teams:
        teams = models.Team.objects.filter(pk__in=request.query.teams).values_list("pk", "name")
        labels |= {("team", str(team_id)): name for team_id, name in teams}
    return tuple(
        Chip(
            title=FILTERS[name],
            label=labels.get((name, value.lower()), value),
            url=request.without(name=name, value=value),
        )
        for name, value in request.chosen
    )
