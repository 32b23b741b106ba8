"""What earned each hit its place, for a machine that curates."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from directory.grants import grant_role
from directory.models import Credential, Grant
from tests.api.conftest import Contract, Stage

DOORS = ["/api/v1/people/", "/api/v1/search"]


@pytest.fixture
def curator(stage: Stage, reader: Client) -> Client:
    """The reader, whose machine curates the department."""
    assert Credential.objects.count() == 1
    machine = User.objects.get(email__endswith="machines.invalid")
    grant_role(user=machine, role=Grant.Role.CURATOR, on=stage.tides, until=None, granted_by=None)
    return reader


def found(client: Client, path: str, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


@pytest.mark.parametrize("path", DOORS)
def test_a_curators_token_learns_the_parts_and_their_sum(curator: Client, path: str) -> None:
    (oyelaran,) = found(curator, path, q="oye", explain="1", fields="family_name")
    assert oyelaran["family_name"] == "Oyelaran"
    assert oyelaran["explanation"] == {
        "points": 37.2,
        "parts": [
            {"word": "oye", "part": "name begins so", "points": 33},
            {"word": "", "part": "family name begins so", "points": 4},
            {"word": "", "part": "how full the record is", "points": 0.2},
        ],
    }


def test_the_description_tells_of_it(curator: Client, promised: Contract) -> None:
    answer = curator.get("/api/v1/search", {"q": "oye", "explain": "1"}).json()
    promised.check("SearchAnswer", answer)
    promised.check("FoundPerson", answer["results"][0])


@pytest.mark.parametrize("path", DOORS)
def test_unasked_there_is_no_such_member(curator: Client, path: str) -> None:
    assert "explanation" not in found(curator, path, q="oye")[0]


def test_where_points_order_nobody_there_is_nothing_to_explain(curator: Client) -> None:
    for asked in ({}, {"grade": "G7"}, {"q": "surge", "sort": "name"}):
        shown = found(curator, "/api/v1/people/", explain="1", **asked)
        assert len(shown) >= 2
        assert {str(person["explanation"]) for person in shown} == {"None"}


@pytest.mark.parametrize("path", DOORS)
def test_any_other_token_is_refused_by_name(stage: Stage, reader: Client, path: str) -> None:
    answer = reader.get(path, {"q": "oye", "explain": "1"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith("permission-denied")
    assert [error["parameter"] for error in problem["errors"]] == ["explain"]


@pytest.mark.parametrize("value", ["0", "true", "yes"])
def test_what_it_does_not_take_is_refused(reader: Client, value: str) -> None:
    answer = reader.get("/api/v1/search", {"q": "oye", "explain": value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "explain"
