"""All whom a search finds, by id: the same people as on its pages, and nobody hidden."""

import pytest

from directory.models import Person
from directory.search.everybody import everybody
from directory.search.find import find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


def cast() -> list[Person]:
    """Some of a name, some who are one edit from it, some with the title alone."""
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency", acronym="HA"))
    names = ["Ada Okonkwo", "Ada Okonkwa", "Eda Okonkwo", "Bo Lind", "Cai Quill", "Di Marsh"]
    return [
        make_person(*name.split(), title="Pilot", team=team, grade="G7", email=f"p{at}@ha.example")
        for at, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("ada", []),
        ("okonkwo", []),
        ("ada okonkwo", []),
        ("ada okonkwo pilot", []),
        ("okonkwp", []),
        ("ada cryptozoology", []),
        ("pilot", ["G7"]),
        ("", ["G7"]),
        ("", ["SEO"]),
        ("p1@ha.example", []),
        ("HA", []),
        ("…", []),
    ],
)
def test_they_are_those_on_the_pages_of_the_search(text: str, grades: list[str]) -> None:
    cast()
    query = parse(text=text, grades=grades)
    hits = find_people(viewer=ANYBODY, query=query, size=100, closest=False).hits
    assert everybody(viewer=ANYBODY, query=query, most=100) == frozenset(
        hit.person_id for hit in hits
    )


def test_more_than_wanted_are_none_and_as_many_are_all() -> None:
    people = frozenset(person.pk for person in cast())
    query = parse(text="pilot")
    assert everybody(viewer=ANYBODY, query=query, most=len(people)) == people
    assert everybody(viewer=ANYBODY, query=query, most=len(people) - 1) is None


@pytest.mark.parametrize("listing", ["protected", "unlisted"])
def test_somebody_hidden_is_not_among_them_however_many_are_wanted(listing: str) -> None:
    people = frozenset(person.pk for person in cast())
    hidden = make_person("Ada", "Hidden", title="Pilot", listing=listing)
    query = parse(text="pilot")
    assert everybody(viewer=ANYBODY, query=query, most=len(people)) == people
    # Their entry may still be there between two transactions.
    left = people - {min(people)}
    Person.objects.filter(pk=min(people)).update(listing=listing)
    assert everybody(viewer=ANYBODY, query=query, most=len(people)) == left
    assert hidden.pk not in people
