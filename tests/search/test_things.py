"""Finding teams and organisations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory import orgtree
from directory.models import Organisation, OrganisationName, Team
from directory.search.find import BadCursor, find_organisations, find_people, find_teams, parse
from directory.search.things import FoundThings
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


def organisations(text: str) -> list[str]:
    return slugs_of(find_organisations(viewer=ANYBODY, text=text))


def teams(text: str, *slugs: str) -> list[str]:
    found = find_teams(viewer=ANYBODY, text=text, organisations=slugs)
    return paths_of(found)


def slugs_of(found: FoundThings) -> list[str]:
    bodies = Organisation.objects.in_bulk(found.ids)
    return [bodies[body_id].slug for body_id in found.ids]


def paths_of(found: FoundThings) -> list[str]:
    paths = orgtree.slug_paths(team_ids=found.ids)
    return [paths[team_id] for team_id in found.ids]


@pytest.fixture
def harbours() -> Organisation:
    return make_organisation("Harbours Agency", acronym="HA")


def test_an_organisation_is_found_by_name_acronym_and_other_names(harbours: Organisation) -> None:
    OrganisationName.objects.create(organisation=harbours, name="Port Authority")
    OrganisationName.objects.create(organisation=harbours, name="Awdurdod Porthladdoedd")
    make_organisation("Ministry of Seas", acronym="MoS")
    for text in ("harb ag", "HA", "port auth", "agency HARBOURS", "awdurdod", "hárbours"):
        assert organisations(text) == ["harbours-agency"], text
    for text in ("bours", "harbours seas", "zebra", "ada@harbours.example", "020 7946 0123"):
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


def test_a_team_is_found_by_words_of_the_teams_above_it(harbours: Organisation) -> None:
    visas = make_team("Visas", organisation=harbours)
    make_team("Operations", organisation=harbours, parent=visas)
    make_team("Operations", organisation=harbours)
    assert teams("operations visas") == ["harbours-agency/visas/operations"]
    assert teams("harbours visas") == ["harbours-agency/visas"]
    # What has all the words itself or with its organisation leaves no need to look further up.
    make_team("Operations of Visas", organisation=harbours)
    assert teams("operations visas") == ["harbours-agency/operations-of-visas"]


def test_of_teams_called_alike_the_one_called_just_so_comes_first(harbours: Organisation) -> None:
    tugs = make_team("Tugs", organisation=make_organisation("Policy Office"))
    make_team("Head of Policy", organisation=harbours)
    make_team("Policy and Law", organisation=harbours)
    make_team("Policy", organisation=tugs.organisation, parent=tugs)
    make_team("Policy Analysis", organisation=tugs.organisation, parent=tugs)
    assert teams("policy") == [
        "policy-office/tugs/policy",
        "harbours-agency/policy-and-law",
        "policy-office/tugs/policy-analysis",
        "harbours-agency/head-of-policy",
        "policy-office/tugs",
    ]


def test_where_nothing_is_called_so_what_is_nearly_called_so_is_found(
    harbours: Organisation,
) -> None:
    make_team("Forecasting", organisation=harbours)
    make_team("Pilots", organisation=make_organisation("Board of Forecasters"))
    for text in ("forcasting", "forecatsing", "harbuors forecastin"):
        found = find_teams(viewer=ANYBODY, text=text)
        assert paths_of(found)[:1] == ["harbours-agency/forecasting"], text
    assert find_teams(viewer=ANYBODY, text="forcasting").is_misspelt
    assert not find_teams(viewer=ANYBODY, text="forecasting").is_misspelt
    assert organisations("harbors agncy") == ["harbours-agency"]
    assert organisations("hx") == []


def test_pages_of_misspelt_words_go_on_where_they_stopped(harbours: Organisation) -> None:
    for n in range(5):
        make_team("Forecasts", organisation=make_organisation(f"Body {n}"))
    seen, cursor = [], ""
    for _ in range(3):
        page = find_teams(viewer=ANYBODY, text="forcasts", size=2, cursor=cursor)
        assert (page.total, page.is_misspelt) == (5, True)
        seen += paths_of(page)
        cursor = page.next_cursor
    assert sorted(seen) == [f"body-{n}/forecasts" for n in range(5)]


def test_pages_of_every_team_are_complete(harbours: Organisation) -> None:
    for n in range(4):
        make_team("Tugs", organisation=make_organisation(f"Body {n}"))
    make_team("tugs", organisation=harbours)
    make_team("Buoys", organisation=harbours)
    seen, cursor = [], ""
    for _ in range(3):
        page = find_teams(viewer=ANYBODY, text="", size=2, cursor=cursor)
        assert page.total == 6
        seen += paths_of(page)
        cursor = page.next_cursor
    assert cursor == ""
    assert seen[0] == "harbours-agency/buoys"
    assert len(set(seen)) == 6


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
        seen += paths_of(page)
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
