"""Where a team stands, what is below it, who is in it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Organisation, Team
from directory.orgtree import (
    Count,
    MoveRefused,
    ancestors,
    counts_by_team,
    move,
    people_count,
    slug_path,
    slug_paths,
    subtree,
    team_by_slug_path,
)
from tests.people import ANYBODY, appoint, make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbours() -> Organisation:
    return make_organisation("Harbours Agency")


@pytest.fixture
def pilots(harbours: Organisation) -> Team:
    return make_team("Pilots", organisation=harbours)


@pytest.fixture
def tugs(harbours: Organisation, pilots: Team) -> Team:
    return make_team("Tugs", organisation=harbours, parent=pilots)


@pytest.fixture
def crew(harbours: Organisation, tugs: Team) -> Team:
    return make_team("Crew", organisation=harbours, parent=tugs)


def test_a_team_knows_what_is_above_and_below_it(pilots: Team, tugs: Team, crew: Team) -> None:
    assert ancestors(team=crew) == [pilots, tugs]
    assert ancestors(team=pilots) == []
    assert set(subtree(team=tugs)) == {tugs, crew}
    assert set(subtree(team=crew)) == {crew}


def test_the_path_in_urls_leads_to_the_team_and_back(pilots: Team, crew: Team) -> None:
    path = "harbours-agency/pilots/tugs/crew"
    assert slug_path(team=crew) == path
    with CaptureQueriesContext(connection) as captured:
        assert slug_paths(team_ids=[pilots.pk, crew.pk]) == {
            pilots.pk: "harbours-agency/pilots",
            crew.pk: path,
        }
    assert len(captured) == 1
    assert slug_paths(team_ids=[]) == {}
    for typed in (path, f"/{path}/", path.upper()):
        assert team_by_slug_path(path=typed) == crew


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "harbours-agency",
        "harbours-agency/tugs",
        "harbours-agency/pilots/crew",
        "harbours-agency/pilots/tugs/crew/none",
        "other/pilots",
        "harbours-agency//pilots",
        "harbours-agency/pil\x00ots",
        "harbours-agency/\ud800",
        "harbours-agency/pilots%",
        "a/" * 5000,
    ],
)
def test_a_path_that_leads_nowhere_finds_no_team(path: str, crew: Team) -> None:
    with pytest.raises(Team.DoesNotExist):
        team_by_slug_path(path=path)


def test_people_count_once_with_sub_teams_and_hidden_people_never(
    harbours: Organisation, pilots: Team, tugs: Team, crew: Team
) -> None:
    ada = make_person("Ada", "Okonkwo", title="Head", team=pilots)
    appoint(ada, make_post("Mate", team=crew))
    make_person("Bram", "Visser", title="Mate", team=crew)
    make_person("Chidi", "Hidden", title="Mate", team=crew, listing="protected")
    share = make_post("Shared", team=crew)
    for given in ("Dewi", "Ewa"):
        appoint(make_person(given, "Share"), share)
    make_post("Vacant", team=tugs)
    undisclosed = make_post("Undisclosed", team=tugs)
    undisclosed.holder_undisclosed = True
    undisclosed.save()
    unnamed = make_post("Deckhands", team=tugs)
    unnamed.posts_fte = Decimal("12.50")
    unnamed.save()
    closed = make_post("Closed", team=tugs)
    closed.status = "closed"
    closed.save()
    make_person("Gwen", "Novak", title="Clerk", team=make_team("Quays", organisation=harbours))

    fte = Decimal("12.50")
    expected = {
        # Posts: Head, two of Mate, Shared, Vacant, Undisclosed.
        pilots.pk: Count(direct=1, total=4, posts=6, vacancies=1, unnamed_fte=fte),
        tugs.pk: Count(direct=0, total=4, posts=5, vacancies=1, unnamed_fte=fte),
        crew.pk: Count(direct=4, total=4, posts=3, vacancies=0, unnamed_fte=Decimal(0)),
    }
    with CaptureQueriesContext(connection) as captured:
        counts = counts_by_team(organisation=harbours, viewer=ANYBODY)
    assert len(captured) == 1
    assert len(counts) == 4
    for team in (pilots, tugs, crew):
        assert counts[team.pk] == people_count(team=team, viewer=ANYBODY) == expected[team.pk]


def test_a_move_takes_everything_below_along(
    harbours: Organisation, pilots: Team, tugs: Team, crew: Team
) -> None:
    quays = make_team("Quays", organisation=harbours)
    move(team=tugs, parent=quays, actor=None)
    assert slug_path(team=crew) == "harbours-agency/quays/tugs/crew"
    assert tugs.parent == quays
    assert list(subtree(team=pilots)) == [pilots]
    move(team=tugs, parent=None, actor=None)
    crew.refresh_from_db()
    assert ancestors(team=crew) == [tugs]


def test_a_place_that_cannot_be_is_refused(
    harbours: Organisation, pilots: Team, tugs: Team, crew: Team
) -> None:
    elsewhere = make_team("Elsewhere", organisation=make_organisation("Board of Buoys"))
    make_team("Crew", organisation=harbours)
    for team, parent, reason in [
        (pilots, crew, "below the team itself"),
        (pilots, pilots, "itself"),
        (tugs, elsewhere, "another organisation"),
        (crew, None, "a team of this name"),
    ]:
        with pytest.raises(MoveRefused, match=reason):
            move(team=team, parent=parent, actor=None)
    assert slug_path(team=crew) == "harbours-agency/pilots/tugs/crew"
