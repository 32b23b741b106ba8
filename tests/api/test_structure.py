"""Teams and organisations as the API lists, finds and shows them."""

import pytest
from django.test import Client

from directory.models import Organisation, OrganisationSuccession, Team
from tests.api.conftest import Contract, Stage
from tests.people import make_organisation, make_post


def test_a_team_is_shown_in_its_place(stage: Stage, reader: Client, promised: Contract) -> None:
    make_post("Surge Forecaster", team=stage.surges)
    answer = reader.get(f"/api/v1/teams/{stage.forecasts.pk}/").json()
    promised.check("TeamRecord", answer)
    assert answer["path"] == "department-for-tides/forecasts"
    assert answer["organisation"]["acronym"] == "DfT2"
    assert answer["parent"] is None
    assert [team["name"] for team in answer["children"]] == ["Surges"]
    assert answer["web_url"] == "http://testserver/teams/department-for-tides/forecasts"


def test_a_team_counts_whom_the_reader_may_see(stage: Stage, reader: Client) -> None:
    make_post("Surge Forecaster", team=stage.surges)
    count = reader.get(f"/api/v1/teams/{stage.forecasts.pk}/").json()["count"]
    assert count == {
        "people_directly": 1,
        "people": 3,
        "posts": 4,
        "vacancies": 1,
        "unnamed_fte": 0.0,
    }


def test_a_team_below_another_names_those_above(stage: Stage, reader: Client) -> None:
    answer = reader.get(f"/api/v1/teams/{stage.surges.pk}/").json()
    assert answer["parent"]["name"] == "Forecasts"
    assert [team["path"] for team in answer["ancestors"]] == ["department-for-tides/forecasts"]


def test_teams_are_found_by_name_and_organisation(stage: Stage, reader: Client) -> None:
    def found(query: str) -> list[str]:
        results = reader.get(f"/api/v1/teams/?{query}").json()["results"]
        return [team["name"] for team in results]

    assert found("q=sur") == ["Surges"]
    assert found("organisation=department-for-tides") == ["Forecasts", "Surges"]
    assert found("organisation=harbours-agency&q=surges") == []
    assert found("") == ["Forecasts", "Pilots", "Surges"]


def test_a_closed_team_keeps_its_address_and_leaves_the_list(stage: Stage, reader: Client) -> None:
    Team.objects.filter(pk=stage.pilots.pk).update(status=Team.Status.CLOSED)
    assert reader.get(f"/api/v1/teams/{stage.pilots.pk}/").json()["status"] == "closed"
    assert len(reader.get("/api/v1/teams/").json()["results"]) == 2


def test_an_organisation_is_shown_with_its_neighbours(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    answer = reader.get("/api/v1/organisations/department-for-tides/").json()
    promised.check("OrganisationRecord", answer)
    assert [body["slug"] for body in answer["children"]] == ["harbours-agency"]
    assert [team["name"] for team in answer["teams"]] == ["Forecasts"]
    below = reader.get("/api/v1/organisations/Harbours-AGENCY/").json()
    assert [body["acronym"] for body in below["parents"]] == ["DfT2"]


def test_a_closed_organisation_names_who_took_over(stage: Stage, reader: Client) -> None:
    docks = make_organisation("Docks Commission")
    Organisation.objects.filter(pk=docks.pk).update(status="closed")
    OrganisationSuccession.objects.create(predecessor=docks, successor=stage.harbours)
    answer = reader.get("/api/v1/organisations/docks-commission/").json()
    assert (answer["status"], answer["closed_at"]) == ("closed", None)
    assert [body["slug"] for body in answer["successors"]] == ["harbours-agency"]
    heir = reader.get("/api/v1/organisations/harbours-agency/").json()
    assert [body["slug"] for body in heir["predecessors"]] == ["docks-commission"]


def test_organisations_are_found_by_acronym(stage: Stage, reader: Client) -> None:
    results = reader.get("/api/v1/organisations/?q=dft2").json()["results"]
    assert [body["slug"] for body in results] == ["department-for-tides"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/teams/8b0c6dc0-5f0e-4f4c-9d3e-1f8a1d4e7a11/",
        "/api/v1/organisations/atlantis/",
        "/api/v1/organisations/%00/",
        "/api/v1/organisations/%ff%fe/",
        "/api/v1/teams/not-a-uuid/",
        "/api/v1/people/12/",
        "/api/v1/people/%ED%A0%80/",
    ],
)
def test_what_does_not_exist_is_not_found(path: str, stage: Stage, reader: Client) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/api/v1/docs/problems/not-found"
