"""What the page of somebody's saved searches shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms

from accounts.models import User
from directory.saved_searches.keeping import MOST_SAVED, KeptSearch, kept_searches
from directory.saved_searches.naming import LONGEST_NAME
from directory.saved_searches.news import MOST_PEOPLE
from directory.web.design_form import DesignForm
from directory.web.person_card import PersonCard, card_of_hit
from directory.web.places import search_url


class SearchNameForm(DesignForm):
    """What a saved search is called."""

    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for the search",
            "max_length": f"Enter a name of up to {LONGEST_NAME} characters",
        },
    )


@dataclass(frozen=True, slots=True)
class SavedSearchLine:
    """
    One saved search.

    words: what it asks, where its name does not say so. new: how many people are new; first: some
    of them. is_counted: False where that could not be found out now. is_too_many: more people
    match than can be remembered. is_remembered: it is known who matched before.
    """

    id: UUID
    name: str
    url: str
    words: str
    saved_at: datetime
    compared_at: datetime
    digest: bool
    is_counted: bool
    is_too_many: bool
    is_remembered: bool
    new: int
    first: tuple[PersonCard, ...]

    @property
    def more(self) -> int:
        """New people beyond those shown."""
        return self.new - len(self.first)


@dataclass(frozen=True, slots=True)
class SavedSearchesPage:
    """All saved searches of one user; most: as many as there can be."""

    lines: tuple[SavedSearchLine, ...]
    most: int = MOST_SAVED
    most_people: int = MOST_PEOPLE

    @property
    def is_full(self) -> bool:
        """Whether another one cannot be saved."""
        return len(self.lines) >= self.most


def read_saved_searches_page(*, user: User, now: datetime) -> SavedSearchesPage:
    """The page of this user's saved searches."""
    return SavedSearchesPage(lines=tuple(_line(kept) for kept in kept_searches(user=user, now=now)))


def _line(kept: KeptSearch) -> SavedSearchLine:
    search, news = kept.search, kept.news
    return SavedSearchLine(
        id=search.pk,
        name=search.name,
        url=search_url(search.asked),
        words="" if search.words == search.name else search.words,
        saved_at=search.saved_at,
        compared_at=search.compared_at,
        digest=search.digest,
        is_counted=news is not None,
        is_too_many=news.matching is None if news else search.known is None,
        is_remembered=search.known is not None,
        new=news.people if news else 0,
        first=tuple(card_of_hit(hit) for hit in news.first) if news else (),
    )
