"""Why nobody was found: what a word was taken for, what it may have been, which filter it was."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Person, Team, VainSearch
from directory.search.find import Found, NothingFound, find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team, project

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 1)


def ask(text: str = "", **filters: Iterable[object]) -> Found:
    query = parse(text=text, **filters)  # type: ignore[arg-type]
    return find_people(viewer=ANYBODY, query=query, asked_on=TODAY)


def why(text: str = "", **filters: Iterable[object]) -> NothingFound:
    found = ask(text, **filters)
    assert found.total == 0
    assert found.nothing_found
    return found.nothing_found


def spellings(text: str, **filters: Iterable[object]) -> dict[str, list[str]]:
    return {one.word: [near.word for near in one.nearest] for one in why(text, **filters).words}


@pytest.fixture
def crew() -> Team:
    team = make_team("Dredging", organisation=make_organisation("Harbours Agency", acronym="HA"))
    make_person("Wilhelmina", "Farquharson", title="Hydrographer", team=team, grade="G7")
    make_person("Cai", "Brannigan", title="Pilot", team=team, grade="SEO", location="Quay House")
    make_person("Cai", "Brannagan", title="Pilot", team=team, grade="SEO", location="Quay House")
    return team


def test_each_word_says_what_it_was_taken_for(crew: Team) -> None:
    told = why("cai brann pilot dredging harbours ha quay who qqqq", grades=["EO"])
    assert {one.word: one.read_as for one in told.words} == {
        "cai": ("name",),
        "brann": ("name",),
        "pilot": ("title",),
        "dredging": ("team",),
        "harbours": ("organisation",),
        "ha": ("organisation",),
        "quay": ("location",),
        "who": ("passing",),
        "qqqq": (),
    }


def test_addresses_and_numbers_are_told_as_such(crew: Team) -> None:
    assert [(w.word, w.read_as) for w in why("x@nowhere.example").words] == [
        ("x@nowhere.example", ("email",))
    ]
    assert [w.read_as for w in why("020 7946 0999").words] == [("phone",)]
    assert [(w.word, w.read_as) for w in why("46099").words] == [("46099", ("phone",))]


def test_an_unknown_word_comes_with_the_nearest_spellings(crew: Team) -> None:
    assert spellings("willhemena farkuharsen", grades=["EO"]) == {
        "willhemena": ["wilhelmina"],
        "farkuharsen": ["farquharson"],
    }
    assert spellings("branigan", grades=["EO"]) == {"branigan": ["brannigan", "brannagan"]}
    assert spellings("zzzz") == {"zzzz": []}


def test_a_spelling_leads_to_the_question_with_it_in_place(crew: Team) -> None:
    told = why("cai branigan pilot x@h.example")
    assert [near.text for word in told.words for near in word.nearest] == [
        "cai brannigan pilot x@h.example",
        "cai brannagan pilot x@h.example",
    ]


def test_a_known_word_comes_without_spellings(crew: Team) -> None:
    assert spellings("brannigan", grades=["EO"]) == {"brannigan": []}


def test_nobody_hidden_lends_a_spelling(crew: Team) -> None:
    person = make_person("Ambrosius", "Wetherspane", title="Saboteur", team=crew)
    assert spellings("ambrosiusq wetherspain", grades=["EO"]) == {
        "ambrosiusq": ["ambrosius"],
        "wetherspain": ["wetherspane"],
    }
    person.listing = Person.Listing.PROTECTED
    person.save()
    project(person)
    for text in ("ambrosiusq wetherspain", "ambrosius wetherspane", "saboteur", "sabotear"):
        told = why(text, grades=["EO"])
        assert all(one.read_as == () and one.nearest == () for one in told.words)


def test_each_filter_says_how_many_are_found_without_it(crew: Team) -> None:
    told = why("brannigan", grades=["G7"], teams=[crew.pk], organisations=["no-such-body"])
    assert {one.name: one.count.people for one in told.without} == {
        "organisation": 0,
        "team": 0,
        "grade": 0,
    }
    told = why("pilot", grades=["G7"], teams=[crew.pk])
    assert {one.name: one.count.people for one in told.without} == {"team": 0, "grade": 2}
    assert ask("pilot", teams=[crew.pk]).total == 2


@pytest.mark.parametrize("text", ["cai pilot", "cay pillot", "brannigan qqqq", "qqqq", ""])
def test_the_count_without_a_filter_is_what_the_search_without_it_finds(
    text: str, crew: Team
) -> None:
    (team, grade) = why(text, grades=["G6"], teams=[crew.pk]).without
    assert team.count.people == ask(text, grades=["G6"]).total
    assert grade.count.people == ask(text, teams=[crew.pk]).total


def test_the_only_thing_asked_is_not_dropped_to_list_everybody(crew: Team) -> None:
    assert [one.count.people for one in why(grades=["EO"]).without] == [0]


def test_a_hidden_person_is_not_counted_without_a_filter_either(crew: Team) -> None:
    before = why("pilot", grades=["G7"]).without
    make_person("Una", "Gone", title="Pilot", team=crew, listing=Person.Listing.UNLISTED)
    assert why("pilot", grades=["G7"]).without == before


def test_whoever_finds_somebody_pays_for_no_explanation(crew: Team) -> None:
    with CaptureQueriesContext(connection) as plain:
        find_people(viewer=ANYBODY, query=parse(text="cai pilot", grades=["SEO"]))
    with CaptureQueriesContext(connection) as asked:
        assert ask("cai pilot", grades=["SEO"]).nothing_found is None
    assert len(asked) == len(plain)
    assert not VainSearch.objects.exists()


def test_nothing_asked_needs_no_explanation() -> None:
    assert ask("…").nothing_found is None
    assert not VainSearch.objects.exists()
