"""Who may ask the API anything."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from directory.grants import issue_token
from directory.models import Feed
from tests.api.conftest import Stage

#: Some need nobody there, but a stage that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("stage")

ROUTES = {
    "people": "/api/v1/people/",
    "person": "/api/v1/people/{person}/",
    "teams": "/api/v1/teams/",
    "team": "/api/v1/teams/{team}/",
    "organisations": "/api/v1/organisations/",
    "organisation": "/api/v1/organisations/department-for-tides/",
    "search": "/api/v1/search?q=oye",
    "suggest": "/api/v1/suggest?q=oye",
    "schema": "/api/v1/schema/",
    "docs": "/api/v1/docs/",
    "problem": "/api/v1/docs/problems/not-found",
}
DATA = sorted(set(ROUTES) - {"schema", "docs", "problem"})


def address(name: str, stage: Stage) -> str:
    return ROUTES[name].format(person=stage.people["oyelaran"].pk, team=stage.surges.pk)


def bearer(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def is_refused(client: Client, path: str, kind: str) -> bool:
    answer = client.get(path)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer ")
    return bool(answer.json()["type"] == f"/api/v1/docs/problems/{kind}")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_nobody_is_answered_without_a_token(name: str, stage: Stage) -> None:
    assert is_refused(Client(), address(name, stage), "authentication-required")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_reader_is_answered_everywhere(name: str, stage: Stage, reader: Client) -> None:
    assert reader.get(address(name, stage)).status_code == 200


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_expired_token_opens_nothing(name: str, stage: Stage) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=40)
    token = issue_token(name="Old", expires_days=30, now=long_ago).token
    assert is_refused(bearer(token), address(name, stage), "invalid-token")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_garbage_is_no_token(name: str, stage: Stage) -> None:
    assert is_refused(bearer("garbage"), address(name, stage), "invalid-token")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer one two",
        "Bearer \xff\xfe",
        "Bearer caf\xe9",
        "Bearer a\x00b",
        "Bearer " + "x" * 5000,
        "Bearer '; DROP TABLE knox_authtoken; --",
    ],
)
def test_a_garbled_header_is_refused_and_breaks_nothing(header: str, stage: Stage) -> None:
    client = Client(headers={"Authorization": header})
    assert is_refused(client, address("people", stage), "invalid-token")


def test_another_scheme_is_as_good_as_none(stage: Stage) -> None:
    client = Client(headers={"Authorization": "Basic dXNlcjpwYXNz"})
    assert is_refused(client, address("people", stage), "authentication-required")


def test_the_scheme_is_read_whatever_its_case(stage: Stage, reader_token: str) -> None:
    client = Client(headers={"Authorization": f"bearer {reader_token}"})
    assert client.get(address("people", stage)).status_code == 200


@pytest.mark.parametrize("name", DATA)
def test_a_signed_in_browser_reads_no_data_by_its_cookie(name: str, stage: Stage) -> None:
    client = Client()
    client.force_login(User.objects.known_by("tavita.leota@tides.example"))
    assert is_refused(client, address(name, stage), "authentication-required")


@pytest.mark.parametrize("name", ["schema", "docs", "problem"])
def test_a_signed_in_browser_reads_the_documentation(name: str, stage: Stage) -> None:
    client = Client()
    client.force_login(User.objects.known_by("tavita.leota@tides.example"))
    assert client.get(address(name, stage)).status_code == 200


def test_a_stranger_with_a_browser_is_led_from_the_docs_to_the_sign_in_page(stage: Stage) -> None:
    answer = Client(headers={"Accept": "text/html"}).get("/api/v1/docs/")
    assert answer.status_code == 302
    assert "next=/api/v1/docs/" in answer["Location"]


@pytest.mark.parametrize("name", DATA)
def test_a_token_for_pushing_reads_nothing(name: str, stage: Stage) -> None:
    feed = Feed.objects.create(slug="tides-hr", organisation=stage.tides, connector="table")
    token = issue_token(name="Tides HR", feed=feed, expires_days=30, now=datetime.now(UTC)).token
    answer = bearer(token).get(address(name, stage))
    assert answer.status_code == 403
    assert answer.json()["type"] == "/api/v1/docs/problems/permission-denied"


def test_even_an_unknown_address_is_told_to_readers_alone(db: None) -> None:
    assert is_refused(Client(), f"/api/v1/nowhere/{uuid4()}", "authentication-required")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_cache_keeps_an_answer_for_another(name: str, stage: Stage, reader: Client) -> None:
    answer = reader.get(address(name, stage))
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]
