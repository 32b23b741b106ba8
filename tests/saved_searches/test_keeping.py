"""A search is kept once, by its user alone, with a digest where it can be told who is new."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from directory.models import Location, SavedSearch, Team
from directory.saved_searches import keeping, news
from directory.saved_searches.keeping import (
    BadName,
    NoSuchSearch,
    NothingAsked,
    TooManyMatch,
    TooManySaved,
    forget_search,
    kept_searches,
    mark_seen,
    rename_search,
    save_search,
    search_of,
    switch_digest,
)
from directory.search.find import parse
from tests.saved_searches.stage import NOW, hide, keep, keeper, make_pilot

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def new_people(user: User) -> list[tuple[str, int | None]]:
    """Name of each search, and how many are new in it."""
    return [
        (k.search.name, k.news.people if k.news else None)
        for k in kept_searches(user=user, now=NOW)
    ]


def test_a_search_is_kept_with_who_matches_it_and_a_digest(maya: User, pilots: Team) -> None:
    ada = make_pilot(pilots, "Ada", "Okonkwo")
    saved = save_search(user=maya, query=parse(text="Pilot", grades=["G7"]), now=NOW)
    assert saved.is_new
    search = SavedSearch.objects.get()
    assert (search.user, search.name, search.asked) == (
        maya,
        "Pilot, Grade 7",
        "q=Pilot&grade=g7",
    )
    assert (search.digest, search.known, search.compared_at) == (True, [ada.pk], NOW)


def test_the_same_search_is_kept_once_however_it_is_typed(maya: User, pilots: Team) -> None:
    first = save_search(user=maya, query=parse(text="Ada  PILOT", grades=["G7", "G6"]), now=NOW)
    again = save_search(user=maya, query=parse(text="ada pilot", grades=["g6", "G7"]), now=LATER)
    assert (again.search, again.is_new) == (first.search, False)
    keep(maya, "pilot ada")
    keep(keeper("tom.marlow"), "ada pilot")
    assert SavedSearch.objects.count() == 3


def test_a_search_that_asks_nothing_is_not_kept(maya: User) -> None:
    for text in ("", "  ", "…"):
        with pytest.raises(NothingAsked):
            keep(maya, text)


def test_twenty_are_kept_and_a_known_one_is_still_found_among_them(maya: User) -> None:
    for number in range(keeping.MOST_SAVED):
        keep(maya, f"word{number}")
    with pytest.raises(TooManySaved, match="Delete one"):
        keep(maya, "another")
    assert not save_search(user=maya, query=parse(text="word0"), now=NOW).is_new
    keep(keeper("tom.marlow"), "another")


def test_a_name_tells_words_and_filters_as_they_are_called(maya: User, pilots: Team) -> None:
    quay = Location.objects.create(name="Quay House")
    query = parse(
        text="tides",
        organisations=["harbours-agency", "no-such-body"],
        teams=[pilots.pk],
        grades=["G7"],
        locations=[quay.pk],
        working_days=["monday"],
        has_expertise=True,
    )
    assert save_search(user=maya, query=query, now=NOW).search.name == (
        "tides, Harbours Agency, no-such-body, Pilots, Grade 7, Quay House, works Monday,"
        " stated expertise"
    )


def test_a_name_that_is_too_long_is_cut_and_what_is_asked_is_not(maya: User) -> None:
    search = keep(maya, "tides " + "x" * 150)
    assert len(search.name) == 100
    assert search.name.endswith("…")
    assert search.words.endswith("x" * 150)


def test_a_name_is_changed_to_anything_readable(maya: User) -> None:
    search = keep(maya)
    rename_search(user=maya, search_id=search.pk, name="  My\n pilots\x00 ")
    search.refresh_from_db()
    assert search.name == "My pilots"
    for bad in ("", " \n", "x" * 101):
        with pytest.raises(BadName):
            rename_search(user=maya, search_id=search.pk, name=bad)


def test_another_users_search_is_not_there(maya: User) -> None:
    search = keep(keeper("tom.marlow"))
    for search_id in (search.pk, uuid4()):
        with pytest.raises(NoSuchSearch):
            search_of(user=maya, search_id=search_id)
        with pytest.raises(NoSuchSearch):
            rename_search(user=maya, search_id=search_id, name="Mine")
        with pytest.raises(NoSuchSearch):
            switch_digest(user=maya, search_id=search_id, on=False, now=NOW)
        with pytest.raises(NoSuchSearch):
            mark_seen(user=maya, search_id=search_id, now=NOW)
        with pytest.raises(NoSuchSearch):
            forget_search(user=maya, search_id=search_id)
    assert kept_searches(user=maya, now=NOW) == []
    search.refresh_from_db()
    assert (search.name, search.digest) == ("pilot", True)


def test_who_came_is_new_until_they_are_marked_as_seen(maya: User, pilots: Team) -> None:
    make_pilot(pilots, "Ada", "Okonkwo")
    search = keep(maya)
    assert new_people(maya) == [("pilot", 0)]
    make_pilot(pilots, "Bo", "Lind")
    assert new_people(maya) == [("pilot", 1)]
    (kept,) = kept_searches(user=maya, now=NOW)
    assert kept.news is not None
    assert [hit.display_name for hit in kept.news.first] == ["Bo Lind"]
    mark_seen(user=maya, search_id=search.pk, now=LATER)
    assert new_people(maya) == [("pilot", 0)]
    search.refresh_from_db()
    assert search.compared_at == LATER


@pytest.mark.parametrize("listing", ["protected", "unlisted"])
def test_somebody_hidden_is_never_new(maya: User, pilots: Team, listing: str) -> None:
    keep(maya)
    make_pilot(pilots, "Ada", "Okonkwo", listing=listing)
    assert new_people(maya) == [("pilot", 0)]
    bo = make_pilot(pilots, "Bo", "Lind")
    assert new_people(maya) == [("pilot", 1)]
    hide(bo, listing)
    assert new_people(maya) == [("pilot", 0)]


def test_new_people_are_named_up_to_ten_by_family_name_and_the_rest_counted(
    maya: User, pilots: Team
) -> None:
    keep(maya)
    for letter in "mlkjihgfedcba":
        make_pilot(pilots, "Ada", f"Quay{letter}")
    (kept,) = kept_searches(user=maya, now=NOW)
    assert kept.news is not None
    assert [hit.family_name for hit in kept.news.first] == [f"Quay{x}" for x in "abcdefghij"]
    assert (kept.news.people, kept.news.more) == (13, 3)


def test_too_many_matches_are_kept_without_a_digest_until_they_are_fewer(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_PEOPLE", 1)
    ada = make_pilot(pilots, "Ada", "Okonkwo")
    bo = make_pilot(pilots, "Bo", "Lind")
    search = keep(maya)
    assert (search.digest, search.known) == (False, None)
    with pytest.raises(TooManyMatch, match="Narrow"):
        switch_digest(user=maya, search_id=search.pk, on=True, now=NOW)
    hide(bo)
    switched = switch_digest(user=maya, search_id=search.pk, on=True, now=LATER)
    assert (switched.digest, switched.known, switched.compared_at) == (True, [ada.pk], LATER)


def test_a_digest_that_begins_again_tells_whoever_came_meanwhile(maya: User, pilots: Team) -> None:
    search = keep(maya)
    switch_digest(user=maya, search_id=search.pk, on=False, now=NOW)
    make_pilot(pilots, "Ada", "Okonkwo")
    switch_digest(user=maya, search_id=search.pk, on=True, now=LATER)
    assert new_people(maya) == [("pilot", 1)]


def test_the_database_knows_no_digest_without_who_was_there(maya: User) -> None:
    search = keep(maya)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.filter(pk=search.pk).update(known=None)


def test_a_deleted_search_is_gone_and_so_are_those_of_a_deleted_user(maya: User) -> None:
    gone, left = keep(maya, "pilot"), keep(maya, "tides")
    forget_search(user=maya, search_id=gone.pk)
    assert [kept.search for kept in kept_searches(user=maya, now=NOW)] == [left]
    maya.delete()
    assert not SavedSearch.objects.exists()
