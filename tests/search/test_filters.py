"""Who is left when people are filtered by grade range, expertise, days and employment."""

from typing import Any

import pytest
from django.db import connection

from directory.models import (
    Appointment,
    BroaderTag,
    Expertise,
    ExpertiseTag,
    FieldAudience,
    Grade,
    Person,
    Team,
)
from directory.search.find import BadCursor, Found, Sort, find_people, parse
from tests.people import (
    ANYBODY,
    appoint,
    make_organisation,
    make_person,
    make_post,
    make_team,
    project,
)

pytestmark = pytest.mark.django_db


def search(text: str = "", *, sort: Sort = Sort.RELEVANCE, **filters: Any) -> Found:
    return find_people(viewer=ANYBODY, query=parse(text=text, **filters), sort=sort)


def names(found: Found) -> list[str]:
    return [hit.given_name for hit in found.hits]


def counts(found: Found, filter_name: str) -> dict[str, int]:
    return {value.value: value.count for value in found.facets[filter_name]}


@pytest.fixture
def pilots() -> Team:
    return make_team("Pilots", organisation=make_organisation("Harbours Agency"))


def tag(label: str) -> ExpertiseTag:
    return ExpertiseTag.objects.create(preferred_label=label, slug=label.lower().replace(" ", "-"))


def knows(person: Person, *tags: ExpertiseTag) -> None:
    for known in tags:
        Expertise.objects.create(person=person, tag=known)
    project(person)


def works(person: Person, days: str) -> None:
    person.working_days = days
    person.save()
    project(person)


@pytest.fixture
def scale(pilots: Team) -> None:
    for rank, (code, given) in enumerate([("AO", "Ada"), ("EO", "Bram"), ("G7", "Chidi")], 1):
        Grade.objects.update_or_create(code=code, defaults={"name": code, "rank": 100 + rank})
        make_person(given, "Pilot", title="Pilot", team=pilots, grade=code)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ({"grade_from": "eo"}, ["Bram", "Chidi"]),
        ({"grade_to": "EO"}, ["Ada", "Bram"]),
        ({"grade_from": "AO", "grade_to": "EO"}, ["Ada", "Bram"]),
        ({"grade_from": "EO", "grade_to": "AO"}, ["Ada", "Bram"]),
        ({"grade_from": "G7", "grade_to": "G7"}, ["Chidi"]),
        ({"grade_from": "G7", "grade_to": "no such"}, []),
        ({"grade_from": "no such"}, []),
        ({"grade_from": "EO", "grades": ["AO", "G7"]}, ["Chidi"]),
    ],
)
@pytest.mark.usefixtures("scale")
def test_a_range_of_grades_goes_by_their_rank(ends: dict[str, Any], expected: list[str]) -> None:
    assert names(search(**ends)) == expected
    assert sorted(names(search("pilot", **ends))) == expected


def test_all_expertise_asked_for_is_wanted_narrower_and_merged_tags_included() -> None:
    law, sea, tides = tag("Law"), tag("Sea"), tag("Tides")
    old = tag("Ocean")
    old.status, old.merged_into = "merged", sea
    old.save()
    BroaderTag.objects.create(from_tag=tides, to_tag=sea)
    knows(make_person("Ada", "Bell"), law, sea)
    knows(make_person("Bram", "Bell"), law, tides)
    knows(make_person("Chidi", "Bell"), law, old)
    knows(make_person("Dewi", "Bell"), law)
    make_person("Esi", "Bell")
    assert names(search(expertise=["law"])) == ["Ada", "Bram", "Chidi", "Dewi"]
    assert names(search(expertise=["law", "SEA"])) == ["Ada", "Bram", "Chidi"]
    assert names(search(expertise=["ocean", "law"])) == ["Ada", "Bram", "Chidi"]
    assert names(search(expertise=["tides"])) == ["Bram"]
    assert names(search(expertise=["law", "no-such"])) == []
    assert names(search(has_expertise=True)) == ["Ada", "Bram", "Chidi", "Dewi"]
    assert counts(search("bell"), "expertise") == {"law": 4, "sea": 2, "tides": 1}
    assert counts(search("bell", expertise=["sea"]), "expertise") == {
        "sea": 2, "law": 3, "tides": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "days"),
    [
        ("Mon-Thu", "monday tuesday wednesday thursday"),
        ("Monday to Wednesday", "monday tuesday wednesday"),
        ("Tues, Thurs and Fri.", "tuesday thursday friday"),
        ("Mon–Tue, Thursday", "monday tuesday thursday"),
        ("Fri - Mon", "friday saturday sunday monday"),
        ("MONDAY", "monday"),
        ("Full time", ""),
        ("Months of summer", ""),
        ("Every Sunday until noon", "sunday"),
        ("", ""),
    ],
)
def test_days_are_read_as_people_write_them(stated: str, days: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT working_days(%s)", [stated])
        (read,) = cursor.fetchone()
    assert sorted(read) == sorted(days.split())


def test_who_works_on_all_of_some_days_is_found_unless_they_keep_it_to_themselves() -> None:
    ada, bram, chidi = (make_person(given, "Bell") for given in ("Ada", "Bram", "Chidi"))
    works(ada, "Mon-Wed")
    works(bram, "Wednesday")
    FieldAudience.objects.create(person=chidi, field="working_days", audience="self")
    works(chidi, "Monday and Wednesday")
    assert names(search(working_days=["wednesday"])) == ["Ada", "Bram"]
    assert names(search(working_days=["monday", "wednesday"])) == ["Ada"]
    found = search("bell")
    assert counts(found, "working_day") == {"monday": 1, "tuesday": 1, "wednesday": 2}
    assert next(value.value for value in found.facets["working_day"]) == "monday"


def test_who_is_on_loan_is_found_by_that(pilots: Team) -> None:
    ada = make_person("Ada", "Bell", title="Pilot", team=pilots)
    make_person("Bram", "Bell", title="Pilot", team=pilots)
    Appointment.objects.filter(person=ada).update(kind="loan")
    project(ada)
    assert names(search(employment=["loan"])) == ["Ada"]
    assert names(search(employment=["loan", "secondment"])) == ["Ada"]
    assert names(search(employment=["secondment"])) == []
    assert counts(search("bell"), "employment") == {"loan": 1}


@pytest.mark.usefixtures("scale")
def test_people_found_can_be_listed_by_name_page_by_page(pilots: Team) -> None:
    for given in ("Zoe", "Abe"):
        make_person(given, "Aard", title="Pilot", team=pilots)
    query = parse(text="pilot")
    first = find_people(viewer=ANYBODY, query=query, sort=Sort.NAME, size=2)
    assert names(first) == ["Abe", "Zoe"]
    second = find_people(
        viewer=ANYBODY, query=query, sort=Sort.NAME, size=2, cursor=first.next_cursor
    )
    assert names(second) == ["Ada", "Bram"]
    with pytest.raises(BadCursor):
        find_people(viewer=ANYBODY, query=query, size=2, cursor=first.next_cursor)


def ranked(given: str, grade: str, pilots: Team) -> Person:
    return make_person(given, "Bell", title="Pilot", team=pilots, grade=grade)


@pytest.fixture
def crew(pilots: Team) -> None:
    """Of four grades of the common scale, one with two posts, some with no grade."""
    for given, grade in [
        ("Abe", "EO"),
        ("Bea", "G7"),
        ("Cai", ""),
        ("Dot", "SCS1"),
        ("Eva", "G7"),
        ("Fay", ""),
    ]:
        ranked(given, grade, pilots)
    appoint(Person.objects.get(given_name="Abe"), make_post("Master", team=pilots, grade="G6"))


SENIOR_FIRST = ["Dot", "Abe", "Bea", "Eva", "Cai", "Fay"]


@pytest.mark.parametrize("text", ["pilot", ""])
@pytest.mark.parametrize("size", [1, 2, 4, 10])
def test_people_come_by_the_highest_grade_they_hold(crew: None, text: str, size: int) -> None:
    query = parse(text=text, organisations=[] if text else ["harbours-agency"])
    seen: list[str] = []
    cursor = ""
    while True:
        page = find_people(viewer=ANYBODY, query=query, sort=Sort.GRADE, size=size, cursor=cursor)
        assert page.total == len(SENIOR_FIRST)
        seen += names(page)
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == SENIOR_FIRST


def test_a_cursor_by_grade_is_none_by_name(crew: None) -> None:
    query = parse(text="pilot")
    page = find_people(viewer=ANYBODY, query=query, sort=Sort.GRADE, size=2)
    with pytest.raises(BadCursor):
        find_people(viewer=ANYBODY, query=query, sort=Sort.NAME, cursor=page.next_cursor)


def test_beside_a_range_of_grades_the_whole_scale_is_counted(crew: None) -> None:
    found = search("pilot", grade_from="G7", grade_to="G6", grades=["G7"])
    assert counts(found, "grade_range") == {"EO": 1, "G7": 2, "G6": 1, "SCS1": 1}
    assert counts(found, "grade") == {"G7": 2, "G6": 1, "EO": 1}
    assert "grade_range" not in search("pilot").facets
