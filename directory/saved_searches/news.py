"""Who matches a saved search now and did not when it was last compared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from directory.models import SavedSearch
from directory.record_owners import viewer_for
from directory.search.everybody import everybody
from directory.search.hits import Hit, show
from directory.search.query import Query
from directory.search.written import read_query
from directory.visibility import visible_people

#: Up to so many people are remembered of a search, so that it can be told who is new.
MOST_PEOPLE: Final = 1_000
#: New people who are named; the others are counted.
NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class News:
    """
    What became of a search.

    matching: who matches now; None if they are more than `MOST_PEOPLE`.
    new: who of them is new. first: the first of these by name, `NAMED` at most.
    """

    matching: frozenset[UUID] | None
    new: frozenset[UUID] = frozenset()
    first: tuple[Hit, ...] = ()

    @property
    def people(self) -> int:
        """How many are new."""
        return len(self.new)

    @property
    def more(self) -> int:
        """New people beyond those named."""
        return self.people - len(self.first)


def people_matching(*, user: User, query: Query, now: datetime) -> frozenset[UUID] | None:
    """
    Who matches a search now, of those its user may see; None if they are too many to remember.

    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    return everybody(viewer=viewer_for(user=user, now=now), query=query, most=MOST_PEOPLE)


def news_of(*, user: User, search: SavedSearch, now: datetime) -> News:
    """
    Who is new in a saved search of the user; nobody if it was never known who was there before.

    :raises SearchTooSlow, QueryTooLong: if it cannot be asked now.
    """
    matching = people_matching(user=user, query=read_query(written=search.asked), now=now)
    if matching is None or search.known is None:
        return News(matching=matching)
    new = matching.difference(search.known)
    if not new:
        return News(matching=matching)
    viewer = viewer_for(user=user, now=now)
    by_name = (
        visible_people(viewer=viewer).filter(pk__in=new).order_by("family_name", "given_name", "pk")
    )
    named = list(by_name.values_list("pk", flat=True)[:NAMED])
    first = show(viewer=viewer, person_ids=named, explained={})
    return News(matching=matching, new=new, first=first)
