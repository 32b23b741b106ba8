"""Reading a list to its end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from directory.models import Person
from tests.api.conftest import Contract, Stage
from tests.people import make_organisation, make_person, make_team

LISTS = {
    "everybody": ("/api/v1/people/", "PageOfPeople"),
    "found by words": ("/api/v1/people/?q=quay", "PageOfPeople"),
    "found by filter": ("/api/v1/people/?organisation=quays-board", "PageOfPeople"),
    "searched": ("/api/v1/search?q=quay", "SearchAnswer"),
    "teams": ("/api/v1/teams/", "PageOfTeams"),
    "organisations": ("/api/v1/organisations/", "PageOfOrganisations"),
}


@pytest.fixture
def quays(stage: Stage) -> Stage:
    board = make_organisation("Quays Board")
    for number in range(7):
        team = make_team(f"Quay {number}", organisation=board)
        make_person("Ines", f"Marrow{number}", title="Quay Master", team=team)
        make_organisation(f"Quay {number} Trust", parents=(board,))
    return stage


def pages(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """Every page from the first on, as a client follows `next`."""
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        page: dict[str, Any] = answer.json()
        following = page["next"]
        assert answer.headers.get("Link") == (f'<{following}>; rel="next"' if following else None)
        yield page


def with_size(address: str, size: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}size={size}"


@pytest.mark.parametrize("name", sorted(LISTS))
def test_paging_visits_everything_exactly_once(
    name: str, quays: Stage, reader: Client, promised: Contract
) -> None:
    address, schema = LISTS[name]
    whole = [each["id"] for each in reader.get(with_size(address, 100)).json()["results"]]
    visited = []
    for page in pages(reader, with_size(address, 3)):
        promised.check(schema, page)
        assert len(page["results"]) <= 3
        visited += [each["id"] for each in page["results"]]
    assert visited == whole
    assert len(set(visited)) == len(visited) >= 7


def test_everybody_is_visited_though_others_come_and_go_meanwhile(
    quays: Stage, reader: Client
) -> None:
    there_all_along = set(
        Person.objects.filter(family_name__startswith="Marrow").values_list("pk", flat=True)
    )
    visited: list[str] = []
    for page in pages(reader, "/api/v1/people/?size=2"):
        visited += [each["id"] for each in page["results"]]
        make_person("Newcomer", f"Number{len(visited)}")
        if len(visited) > 8:
            break
    for later in pages(reader, page["next"]):
        visited += [each["id"] for each in later["results"]]
    assert {str(key) for key in there_all_along} <= set(visited)
    assert len(set(visited)) == len(visited)


def test_the_next_page_keeps_what_was_asked(quays: Stage, reader: Client) -> None:
    asked = {"q": "quay", "fields": "display_name", "size": "2", "organisation": "quays-board"}
    first = reader.get("/api/v1/people/", asked).json()
    second = reader.get(first["next"]).json()
    assert set(second["results"][0]) == {"id", "display_name"}
    assert len(second["results"]) == 2


@pytest.mark.parametrize("address", ["/api/v1/people/", "/api/v1/teams/", "/api/v1/organisations/"])
@pytest.mark.parametrize("cursor", ["x", "WyJldmVyeW9uZSJd", "a:b:c", "0"])
def test_a_made_up_cursor_is_refused(
    address: str, cursor: str, quays: Stage, reader: Client
) -> None:
    answer = reader.get(address, {"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_list_is_refused(quays: Stage, reader: Client) -> None:
    following = reader.get("/api/v1/people/?size=2").json()["next"].split("?")[1]
    for address in ("/api/v1/teams/", "/api/v1/people/?q=quay"):
        joined = f"{address}{'&' if '?' in address else '?'}{following.replace('size=2&', '')}"
        assert reader.get(joined).status_code == 400
