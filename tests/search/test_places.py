"""Finding teams and organisations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Organisation, OrganisationName, Team
from directory.search.find import BadCursor, find_organisations, find_people, find_teams, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


def organisations(text: str) -> list[str]:
    return [hit.slug for hit in find_organisations(viewer=ANYBODY, text=text).hits]


def teams(text: str, *slugs: str) -> list[str]:
    found = find_teams(viewer=ANYBODY, text=text, organisations=slugs)
    return [hit.path for hit in found.hits]


@pytest.fixture
def harbours() -> Organisation:
    return make_organisation("Harbours Agency", acronym="HA")


def test_an_organisation_is_found_by_name_acronym_and_other_names(harbours: Organisation) -> None:
    OrganisationName.objects.create(organisation=harbours, name="Port Authority")
    OrganisationName.objects.create(organisation=harbours, name="Awdurdod Porthladdoedd")
    make_organisation("Ministry of Seas", acronym="MoS")
    for text in ("harb ag", "HA", "port auth", "agency HARBOURS", "awdurdod", "hárbours"):
        assert organisations(text) == ["harbours-agency"], text
    for text in ("arbours", "harbours seas", "zebra"):
        assert organisations(text) == [], text


def test_live_organisations_come_first_and_the_acronym_before_names() -> None:
    make_organisation("Harbour Board", acronym="HB")
    closed = make_organisation("HA", slug="ha-closed")
    Organisation.objects.filter(pk=closed.pk).update(status="closed")
    make_organisation("Hadrian Wall Trust")
    make_organisation("Archive of Halls")
    make_organisation("Agency of Harbours", acronym="HA")
    assert organisations("ha") == [
        "agency-of-harbours",
        "hadrian-wall-trust",
        "harbour-board",
        "archive-of-halls",
        "ha-closed",
    ]


def test_without_text_all_are_listed_by_name(harbours: Organisation) -> None:
    make_organisation("Board of Buoys")
    assert organisations("") == ["board-of-buoys", "harbours-agency"]
    tugs = make_team("Tugs", organisation=harbours)
    make_team("Crew", organisation=harbours, parent=tugs)
    assert teams("") == ["harbours-agency/tugs/crew", "harbours-agency/tugs"]
    assert teams("", "board-of-buoys") == []


def test_a_team_is_found_by_its_name_and_organisation(harbours: Organisation) -> None:
    make_team("Pilots and Tugs", organisation=harbours)
    closed = make_team("Pilots of Old", organisation=harbours)
    Team.objects.filter(pk=closed.pk).update(status="closed")
    make_team("Pilots", organisation=make_organisation("Board of Buoys"))
    assert teams("pilots") == ["board-of-buoys/pilots", "harbours-agency/pilots-and-tugs"]
    assert teams("ha tug") == ["harbours-agency/pilots-and-tugs"]
    assert teams("pilots", "Board-of-Buoys", "nowhere") == ["board-of-buoys/pilots"]


@pytest.mark.parametrize("text", ["\x00", "\ud800", "%", "_", "'", "100%", "\\", "{}"])
def test_any_text_is_safe(text: str, harbours: Organisation) -> None:
    find_organisations(viewer=ANYBODY, text=text)
    find_teams(viewer=ANYBODY, text=text, organisations=[text])


def test_pages_are_complete_and_a_cursor_belongs_to_its_list(harbours: Organisation) -> None:
    for n in range(5):
        make_team("Tugs", organisation=make_organisation(f"Body {n}"))
    seen, cursor = [], ""
    for _ in range(3):
        page = find_teams(viewer=ANYBODY, text="tugs", size=2, cursor=cursor)
        assert page.total == 5
        seen += [hit.path for hit in page.hits]
        cursor = page.next_cursor
    assert sorted(seen) == [f"body-{n}/tugs" for n in range(5)]
    assert cursor == ""

    make_person("Ada", "A")
    make_person("Ada", "B")
    people = find_people(viewer=ANYBODY, query=parse(text="ada"), size=1)
    with pytest.raises(BadCursor):
        find_teams(viewer=ANYBODY, text="tugs", cursor=people.next_cursor)


def test_the_number_of_statements_does_not_grow(harbours: Organisation) -> None:
    counts = []
    for n in range(9):
        make_team(f"Tugs {n}", organisation=harbours)
        if n in (0, 8):
            with CaptureQueriesContext(connection) as captured:
                assert find_teams(viewer=ANYBODY, text="tugs").total == n + 1
            counts.append(len(captured))
    assert counts[0] == counts[1]
