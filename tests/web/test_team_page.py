"""A team's page: people, posts without names, its place in the tree."""

import pytest
from django.test import Client

from tests.people import make_person
from tests.web.reading import get_text
from tests.web.stage import Stage, bring_crowd

ABOVE = "/teams/department-for-ports-and-trade/strategy-and-trade-group/international-directorate"
TRADE = f"{ABOVE}/trade-policy"
CUSTOMS = f"{TRADE}/customs-and-borders"


def test_a_team_lists_its_people_by_grade(reader: Client, stage: Stage) -> None:
    text = get_text(reader, TRADE)
    names = ["Amara Nwosu-Bell", "Tomasz Wiśniewski", "Mei-Ling Zhao", "Rhys Llewelyn-Pugh"]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert "Deputy Director, Trade Policy" in text


def test_posts_without_a_name_are_told_apart(reader: Client, stage: Stage) -> None:
    text = get_text(reader, TRADE)
    assert "Head of Trade Remedies Vacant · Grade 6" in text
    assert "Security Adviser Holder not named · Senior Executive Officer" in text
    assert "Caseworker Administrative Officer 4.0" in text
    assert "Correspondence Executive Officer 2.65" in text


def test_counts_include_the_teams_below(reader: Client, stage: Stage) -> None:
    text = get_text(reader, TRADE)
    assert "12 people" in text
    assert "People 10 in this team" in text
    assert "Customs and Borders 2 people" in text


def test_a_team_stands_in_its_organisation(reader: Client, stage: Stage) -> None:
    html = reader.get(CUSTOMS).content.decode()
    places = [html.index(f'href="{path}"') for path in (ABOVE, TRADE)]
    assert places == sorted(places)


def test_somebody_hidden_is_neither_listed_nor_counted(reader: Client, stage: Stage) -> None:
    text = get_text(reader, CUSTOMS)
    assert "Nightingale" not in text
    assert "Customs Investigator" not in text
    assert "People 2 in this team" in text


def test_somebody_who_left_is_not_listed(reader: Client, stage: Stage) -> None:
    assert "Greaves-Okafor" not in get_text(reader, CUSTOMS)


@pytest.mark.parametrize("path", [f"{TRADE}/", TRADE.replace("trade-policy", "Trade-Policy")])
def test_a_team_has_one_address(reader: Client, stage: Stage, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 301
    assert response["Location"] == TRADE


@pytest.mark.parametrize(
    "path", ["/teams/", "/teams/nowhere", f"{TRADE}/none", "/teams/a/b%00c", f"{TRADE}?page=9"]
)
def test_no_team_no_page(reader: Client, stage: Stage, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "two", "1.5", "9" * 40, ""])
def test_a_page_that_is_no_number_is_refused(reader: Client, stage: Stage, page: str) -> None:
    assert reader.get(f"{TRADE}?page={page}").status_code == 400


@pytest.mark.django_db
def test_a_large_team_is_paged(reader: Client, stage: Stage) -> None:
    bring_crowd(team=stage.crowd, numbers=range(2, 60))
    path = "/teams/harbours-agency/operations-centre"
    first, second = (reader.get(f"{path}?page={page}").content.decode() for page in (1, 2))
    assert "Quayside 000" in first
    assert "Quayside 059" in second
    assert "Quayside 000" not in second
    assert 'href="/teams/harbours-agency/operations-centre?page=2"' in first
    assert "Next page" not in second


def test_somebody_with_two_posts_is_counted_once(reader: Client, stage: Stage) -> None:
    person = make_person("Una", "Twice", title="Clerk", team=stage.customs)
    person.refresh_from_db()
    assert "People 3 in this team" in get_text(reader, CUSTOMS)
