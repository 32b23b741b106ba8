"""Counts beside the filters."""

from collections.abc import Iterable

import pytest

from directory.models import Grade, Location
from directory.search.facets import MAX_VALUES
from directory.search.find import FacetValue, find_people, parse
from tests.people import ANYBODY, appoint, make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db


def counts(name: str, text: str = "", **filters: Iterable[object]) -> dict[str, int]:
    return {value.value: value.count for value in facet(name, text, **filters)}


def facet(name: str, text: str = "", **filters: Iterable[object]) -> tuple[FacetValue, ...]:
    query = parse(text=text, **filters)  # type: ignore[arg-type]
    return find_people(viewer=ANYBODY, query=query).facets[name]


#: Code, name and rank of the grades on the stage, whatever else the vocabulary holds.
GRADES = [
    ("SCS1", "Deputy Director (SCS1)", 80),
    ("G7", "Grade 7", 60),
    ("SEO", "Senior Executive Officer", 50),
]


@pytest.fixture(autouse=True)
def stage() -> None:
    for code, name, rank in GRADES:
        Grade.objects.update_or_create(code=code, defaults={"name": name, "rank": rank})
    ministry = make_organisation("Ministry of Seas", acronym="MoS")
    agency = make_organisation("Harbours Agency", parents=(ministry,))
    council = make_organisation("Council of Ports")
    headquarters = make_team("Headquarters", organisation=ministry)
    pilots = make_team("Pilots", organisation=agency)
    ports = make_team("Ports", organisation=council)
    for given, family, team, grade, profession, location in [
        ("Ada", "Okonkwo", headquarters, "SCS1", "policy", "Quay House"),
        ("Ada", "Visser", pilots, "G7", "policy", "Quay House"),
        ("Ada", "Bell", pilots, "G7", "legal", "Old Mill"),
        ("Ada", "Novak", ports, "SEO", "legal", ""),
        ("Bram", "Novak", ports, "", "", ""),
    ]:
        make_person(
            given,
            family,
            title="Officer",
            team=team,
            grade=grade,
            profession=profession,
            location=location,
        )


def test_every_value_is_counted_with_its_label_and_order() -> None:
    assert facet("grade", "ada") == (
        FacetValue("SCS1", "Deputy Director (SCS1)", 1, selected=False),
        FacetValue("G7", "Grade 7", 2, selected=False),
        FacetValue("SEO", "Senior Executive Officer", 1, selected=False),
    )
    assert counts("profession", "ada") == {"legal": 2, "policy": 2}
    quay, mill = (Location.objects.get(name=name) for name in ("Quay House", "Old Mill"))
    assert counts("location", "ada") == {str(quay.pk): 2, str(mill.pk): 1}


def test_an_organisation_counts_with_the_bodies_below_it_and_finds_as_many() -> None:
    counted = counts("organisation", "officer")
    assert counted == {"ministry-of-seas": 3, "harbours-agency": 2, "council-of-ports": 2}
    for slug, count in counted.items():
        found = find_people(viewer=ANYBODY, query=parse(text="officer", organisations=[slug]))
        assert found.total == count


def test_the_values_of_a_filter_are_counted_without_it_so_that_people_can_widen() -> None:
    grades = facet("grade", "ada", grades=["g7"], professions=["legal"])
    assert {(value.value, value.count, value.selected) for value in grades} == {
        ("G7", 1, True),
        ("SEO", 1, False),
    }
    professions = counts("profession", "ada", grades=["G7"], professions=["legal"])
    assert professions == {"legal": 1, "policy": 1}


def test_a_chosen_value_stays_in_sight_with_nobody_in_it() -> None:
    grades = facet("grade", "okonkwo", grades=["g7"])
    assert [(value.value, value.count, value.selected) for value in grades] == [
        ("SCS1", 1, False),
        ("G7", 0, True),
    ]


def test_somebody_with_several_posts_counts_once_for_each_value() -> None:
    council = make_organisation("Board of Buoys")
    team = make_team("Buoys", organisation=council)
    ada = make_person("Ada", "Twice", title="Officer", team=team, grade="G6")
    appoint(ada, make_post("Deputy", team=team, grade="G6"))
    assert counts("grade", "twice") == {"G6": 1}
    assert counts("organisation", "twice") == {"board-of-buoys": 1}


def test_the_most_frequent_values_and_those_chosen_are_shown() -> None:
    team = make_team("Everywhere", organisation=make_organisation("Board of Buoys"))
    for n in range(MAX_VALUES + 3):
        make_person("Zoe", f"Q{n}", title="Keeper", team=team, location=f"Lighthouse {n:03}")
    last = Location.objects.get(name=f"Lighthouse {MAX_VALUES + 2:03}")
    shown = facet("location", "keeper", locations=[last.pk])
    assert len(shown) == MAX_VALUES
    assert [value.value for value in shown if value.selected] == [str(last.pk)]


def test_facets_are_left_out_when_nobody_asks_for_them() -> None:
    assert find_people(viewer=ANYBODY, query=parse(text="ada"), facets=False).facets == {}
