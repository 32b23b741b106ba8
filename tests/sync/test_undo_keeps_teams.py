"""Teams stay with whoever came to them since, when the run that made them is taken back."""

from pathlib import Path

import pytest

from directory.models import Grant, Post, Team
from directory.orgtree import move
from tests.sync.rewinding import broken
from tests.sync.survey import Survey, official, two_officials, what_stayed
from tests.sync.tides import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """Two teams and two officials, one of them in a post with a code."""
    return two_officials(tmp_path)


def test_teams_of_a_return_stay_with_the_posts_of_another(survey: Survey) -> None:
    seniors = survey.seniors({"Post Unique Reference": "S1", "Reports to Senior Post": "XX"})
    survey.juniors({"Reporting Senior Post": "S1"})
    undone = survey.undo(seniors)
    assert what_stayed(undone) == [("team", "posts made since need it")]
    assert Post.objects.get(feed=survey.junior).reports_to is None
    assert not broken()


def test_a_team_stays_with_whoever_leads_it_and_what_was_moved_below_it(survey: Survey) -> None:
    run = survey.teams("T1,,Soundings", "T2,T1,Charts", "T3,,Inks", "T4,T3,Quills", "T5,,Waters")
    led, above = Team.objects.get(code="T4"), Team.objects.get(code="T5")
    Grant.objects.create(user=user_with("wen.osei"), role=Grant.Role.TEAM_LEADER, team=led)
    move(team=Team.objects.get(code="T2"), parent=above, actor=None)
    undone = survey.undo(run)
    assert {(row.name, row.reason) for row in undone.kept} == {
        ("Inks", "teams stand below it"),
        ("Quills", "grants made since need it"),
        ("Waters", "teams stand below it"),
    }
    assert not broken()
    survey.teams("T1,,Soundings", "T2,T1,Charts", "T4,,Quills")
    assert Team.objects.get(code="T4").pk == led.pk
    assert not broken()


def test_a_team_that_returns_where_another_stands_gets_an_address_of_its_own(
    survey: Survey,
) -> None:
    run = survey.teams("T1,,Soundings", "T2,,Charts")
    Team.objects.create(
        organisation=survey.body, parent=Team.objects.get(code="T1"), name="Charts", slug="charts"
    )
    undone = survey.undo(run)
    assert what_stayed(undone) == [("team", "changed since: its address is taken")]
    returned = Team.objects.get(code="T2")
    assert returned.parent == Team.objects.get(code="T1")
    assert returned.slug.startswith("charts-")
    assert not broken()


def test_a_team_does_not_return_below_itself(survey: Survey) -> None:
    run = survey.teams("T1,,Soundings", "T2,,Charts")
    move(team=Team.objects.get(code="T1"), parent=Team.objects.get(code="T2"), actor=None)
    undone = survey.undo(run)
    assert [(row.kind, row.name) for row in undone.kept] == [("team", "Charts")]
    assert not broken()


def test_a_team_to_which_somebody_came_since_stays_open(survey: Survey) -> None:
    survey.people(official("k3", unit_code="T1"), complete=False)
    survey.teams("T1,,Soundings")
    assert Team.objects.get(code="T2").status == "closed"
    run = survey.teams("T1,,Soundings", "T2,T1,Charts")
    survey.people(official("k4", unit_code="T2"), complete=False)
    undone = survey.undo(run)
    assert what_stayed(undone) == [("team", "somebody came to it since, so it stays open")]
    assert not broken()
