"""Keeping a search: under a name, with or without a digest, until its user deletes it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import User
from directory.models import SavedSearch
from directory.saved_searches.naming import LONGEST_NAME, describe, short_name
from directory.saved_searches.news import MOST_PEOPLE, News, news_of, people_matching
from directory.search.query import Query, QueryTooLong, writable
from directory.search.within_time import SearchTooSlow
from directory.search.written import fingerprint, read_query, write_query

#: Searches that one user keeps at most.
MOST_SAVED: Final = 20


class SavingRefused(Exception):
    """The search is not kept so; the message says what to do."""


class NothingAsked(SavingRefused):
    """A search without words and filters finds nobody, ever."""


class TooManySaved(SavingRefused):
    """The user keeps as many searches as they may."""


class BadName(SavingRefused):
    """A name is something to read, and not too long."""


class TooManyMatch(SavingRefused):
    """More people match than can be remembered, so nobody can be told who of them is new."""


class NoSuchSearch(Exception):
    """There is no such search, or none of this user's."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that is kept; is_new: it was not before."""

    search: SavedSearch
    is_new: bool


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A saved search and its news; None where they cannot be told now."""

    search: SavedSearch
    news: News | None


def save_search(*, user: User, query: Query, now: datetime) -> Saved:
    """
    Keep a search, with a digest unless too many match; the same search is kept once.

    :raises NothingAsked, TooManySaved: if it cannot be.
    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    if not (query.has_text or query.has_filters):
        raise NothingAsked("Type something to search for, or choose a filter, and save it then.")
    known = people_matching(user=user, query=query, now=now)
    with transaction.atomic():
        # One at a time, so that two tabs together keep no more than one may.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        mark = fingerprint(query=query)
        if there := SavedSearch.objects.filter(user=user, fingerprint=mark).first():
            return Saved(search=there, is_new=False)
        if SavedSearch.objects.filter(user=user).count() >= MOST_SAVED:
            raise TooManySaved(
                f"You have {MOST_SAVED} saved searches, as many as there can be."
                " Delete one you no longer need, and save this one then."
            )
        words = describe(query=query)
        made = SavedSearch.objects.create(
            user=user,
            name=short_name(text=words),
            asked=write_query(query=query),
            words=words,
            fingerprint=mark,
            saved_at=now,
            digest=known is not None,
            known=_kept(known),
            compared_at=now,
        )
    return Saved(search=made, is_new=True)


def saved_as(*, user_id: int, query: Query) -> SavedSearch | None:
    """The saved search of the user that asks the same; one query."""
    same = SavedSearch.objects.filter(user=user_id, fingerprint=fingerprint(query=query))
    return same.defer("known").first()


def kept_searches(*, user: User, now: datetime) -> list[KeptSearch]:
    """
    All searches of the user with their news, by name.

    Once one of them is too slow, the news of those after it are left for another time.
    """
    kept: list[KeptSearch] = []
    in_time = True
    for search in SavedSearch.objects.filter(user=user).order_by(Lower("name"), "saved_at"):
        news = None
        try:
            news = news_of(user=user, search=search, now=now) if in_time else None
        except SearchTooSlow:
            in_time = False
        except QueryTooLong:
            pass
        kept.append(KeptSearch(search=search, news=news))
    return kept


def search_of(*, user: User, search_id: UUID) -> SavedSearch:
    """
    A saved search of the user.

    :raises NoSuchSearch: if there is none, or it is somebody else's.
    """
    try:
        return SavedSearch.objects.get(pk=search_id, user=user)
    except SavedSearch.DoesNotExist:
        raise NoSuchSearch("There is no saved search of this id.") from None


def rename_search(*, user: User, search_id: UUID, name: str) -> SavedSearch:
    """
    Call a search something else.

    :raises NoSuchSearch: as `search_of`.
    :raises BadName: if the name is empty or too long.
    """
    search = search_of(user=user, search_id=search_id)
    name = " ".join(writable(text=name).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadName(f"Enter a name of up to {LONGEST_NAME} characters")
    return _change(search, name=name)


def switch_digest(*, user: User, search_id: UUID, on: bool, now: datetime) -> SavedSearch:
    """
    Tell the user by e-mail who is new, or stop doing so; who is new on the page stays so.

    :raises NoSuchSearch: as `search_of`.
    :raises TooManyMatch: if it cannot be told who is new.
    :raises SearchTooSlow, QueryTooLong: if it cannot be asked now.
    """
    search = search_of(user=user, search_id=search_id)
    if on and search.known is None:
        search.known = _matching_now(search, user, now)
        if search.known is None:
            raise TooManyMatch(
                f"More than {MOST_PEOPLE:,} people match “{search.name}”: too many to tell you who"
                " is new. Narrow the search, and save the narrower one."
            )
        return _change(search, digest=True, known=search.known, compared_at=now)
    return _change(search, digest=on)


def mark_seen(*, user: User, search_id: UUID, now: datetime) -> SavedSearch:
    """
    Nobody who matches now is new any more.

    :raises NoSuchSearch: as `search_of`.
    :raises SearchTooSlow, QueryTooLong: if it cannot be asked now.
    """
    search = search_of(user=user, search_id=search_id)
    known = _matching_now(search, user, now)
    return _change(search, digest=search.digest and known is not None, known=known, compared_at=now)


def forget_search(*, user: User, search_id: UUID) -> SavedSearch:
    """
    Delete a saved search.

    :raises NoSuchSearch: as `search_of`.
    """
    search = search_of(user=user, search_id=search_id)
    SavedSearch.objects.filter(pk=search.pk).delete()
    return search


def _matching_now(search: SavedSearch, user: User, now: datetime) -> list[UUID] | None:
    return _kept(people_matching(user=user, query=read_query(written=search.asked), now=now))


def _kept(matching: Collection[UUID] | None) -> list[UUID] | None:
    return None if matching is None else sorted(matching)


def _change(search: SavedSearch, **values: Any) -> SavedSearch:
    """Write some columns alone: a digest may be writing others, or another tab have deleted it."""
    if not SavedSearch.objects.filter(pk=search.pk).update(**values):
        raise NoSuchSearch("This saved search was deleted meanwhile.")
    for name, value in values.items():
        setattr(search, name, value)
    return search
