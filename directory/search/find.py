"""Finding people: text to query, candidates in the database, facets, and what a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.search.candidates import SearchTooSlow, candidates
from directory.search.cursors import BadCursor
from directory.search.facets import FacetValue, count_values
from directory.search.hits import Hit, show
from directory.search.places import find_organisations, find_teams
from directory.search.query import MAX_SIZE, Query, QueryTooLong, page_size, parse
from directory.visibility import Viewer

__all__ = [
    "MAX_SIZE", "BadCursor", "FacetValue", "Found", "Hit", "Query", "QueryTooLong",
    "SearchTooSlow", "find_organisations", "find_people", "find_teams", "parse",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """
    One page of people.

    total: everybody who matches, on all pages.
    facets: filter name to its values, empty when not asked for.
    next_cursor: empty on the last page.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    next_cursor: str = ""


def find_people(
    *, viewer: Viewer, query: Query, size: int = 20, cursor: str = "", facets: bool = True
) -> Found:
    """
    The people the viewer may find: best first by text, by name when there are filters only.

    A query that asks for nothing finds nobody: there is no list of everyone.

    :raises BadCursor: if the cursor is not one that a page of this search gave.
    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    if not (query.has_text or query.has_filters):
        return Found()
    page = candidates(viewer=viewer, query=query, size=page_size(wanted=size), cursor=cursor)
    return Found(
        hits=show(viewer=viewer, person_ids=page.person_ids),
        total=page.total,
        facets=count_values(viewer=viewer, query=query) if facets else {},
        next_cursor=page.next_cursor,
    )
