"""Who writes what a team is for."""

import pytest
from django.test import Client

from accounts.models import User
from directory.curating.team_pages import (
    LONGEST_DESCRIPTION,
    NoSuchTeam,
    TeamRefused,
    describe_team,
)
from directory.grants import grant_role
from directory.models import Grant, Team
from tests.curating.harbour import NOW, make_feed, user_with
from tests.people import make_organisation, make_team
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tugs(db: None) -> Team:
    return make_team("Tugs", organisation=make_feed().organisation)


@pytest.fixture
def pilots(tugs: Team) -> Team:
    return make_team("Pilots", organisation=tugs.organisation, parent=tugs)


def say(team: Team, actor: User, text: str = "Moves ships") -> None:
    describe_team(team_id=team.pk, description=text, actor=actor, now=NOW)


def test_a_leader_writes_for_their_team_and_those_below(tugs: Team, pilots: Team) -> None:
    leader = user_with("idris", Grant.Role.TEAM_LEADER, on=tugs)
    for team in (tugs, pilots):
        say(team, leader)
        team.refresh_from_db()
        assert team.description == "Moves ships"


def test_nobody_writes_for_a_team_above_or_beside_theirs(tugs: Team, pilots: Team) -> None:
    beside = make_team("Dredgers", organisation=tugs.organisation)
    leader = user_with("idris", Grant.Role.TEAM_LEADER, on=pilots)
    others = user_with("eda", Grant.Role.CURATOR, on=make_organisation("Mills"))
    operator = user_with("tom", Grant.Role.FEED_OPERATOR, on=tugs.organisation.feeds.get())
    for team, actor in ((tugs, leader), (beside, leader), (tugs, others), (tugs, operator)):
        with pytest.raises(NoSuchTeam):
            say(team, actor)
    assert not Team.objects.exclude(description="").exists()


def test_a_closed_team_says_nothing_more(tugs: Team) -> None:
    leader = user_with("idris", Grant.Role.TEAM_LEADER, on=tugs)
    Team.objects.filter(pk=tugs.pk).update(status="closed")
    with pytest.raises(NoSuchTeam):
        say(tugs, leader)


def test_what_is_too_long_is_refused(tugs: Team) -> None:
    curator = user_with("maya", Grant.Role.CURATOR, on=tugs.organisation)
    with pytest.raises(TeamRefused, match="2,000 characters at most"):
        say(tugs, curator, "x" * (LONGEST_DESCRIPTION + 1))


def test_a_leader_finds_the_way_from_the_teams_page(pilots: Team, tugs: Team) -> None:
    browser, user = Client(), user_with("idris")
    browser.force_login(user)
    page, path = "/teams/harbour-office/tugs/pilots", f"/curate/teams/{pilots.pk}"
    assert path not in browser.get(page).content.decode()
    assert browser.get(path).status_code == 404
    grant_role(user=user, role=Grant.Role.TEAM_LEADER, on=tugs, until=None, granted_by=None)
    assert path in browser.get(page).content.decode()
    answer = browser.post(path, {"description": "Brings <ships> in"}, follow=True)
    assert "Saved" in text_of(answer)
    assert "Brings &lt;ships&gt; in" in answer.content.decode()
    assert "reverse the order" in text_of(browser.post(path, {"description": "a\u202eb"}))
