"""How the API refuses: always as a problem, never with a crash."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from directory.api.problems import KINDS
from directory.search.find import SearchTooSlow
from tests.api.conftest import Contract, Stage

#: Some need nobody there, but a stage that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("stage")

LISTS = [
    "/api/v1/people/",
    "/api/v1/teams/",
    "/api/v1/organisations/",
    "/api/v1/search",
    "/api/v1/suggest",
]


def problem(answer: Any, kind: str) -> dict[str, Any]:
    """The body of the refusal, after everything that holds for each is checked."""
    body: dict[str, Any] = json.loads(answer.content)
    assert body["type"] == f"/api/v1/docs/problems/{kind}"
    assert body["status"] == answer.status_code == KINDS[kind].status
    assert answer["Content-Type"] == "application/problem+json"
    assert body["title"] == KINDS[kind].title
    assert body["detail"]
    return body


def parameters(answer: Any) -> list[str]:
    """The parameters that an invalid request is told about."""
    return [error["parameter"] for error in problem(answer, "invalid-parameters")["errors"]]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("active=true", ["active"]),
        ("format=xml", ["format"]),
        ("page=2&offset=3", ["offset", "page"]),
        ("organisation=atlantis", ["organisation"]),
        ("organisation=", ["organisation"]),
        ("grade=G99&profession=alchemy", ["grade", "profession"]),
        ("team=atlantis", ["team"]),
        ("team=department-for-tides/atlantis", ["team"]),
        ("team=00000000-0000-4000-8000-000000000000", ["team"]),
        ("location=1.5", ["location"]),
        ("location=-1", ["location"]),
        ("location=99999999999999999999999", ["location"]),
        ("location=%D9%A1", ["location"]),
        ("size=0", ["size"]),
        ("size=101", ["size"]),
        ("size=ten", ["size"]),
        ("size=1e2", ["size"]),
        ("q=a&q=b", ["q"]),
        ("size=1&size=2", ["size"]),
        ("fields=display_name,salary", ["fields"]),
        ("fields=id&fields=email", ["fields"]),
        ("q=" + "x" * 201, ["q"]),
        ("q=" + "+".join("abcdefghijklmnopq"), ["q"]),
        ("&".join(f"grade=G{number}" for number in range(60)), ["grade"]),
        ("Q=oye", ["Q"]),
        ("%00=1", ["malformed"]),
    ],
)
def test_a_wrong_parameter_is_named(
    query: str, named: list[str], stage: Stage, reader: Client
) -> None:
    answer = reader.get(f"/api/v1/people/?{query}")
    if named == ["malformed"]:
        problem(answer, "malformed-request")
    else:
        assert sorted(set(parameters(answer))) == named


def test_every_wrong_value_is_named_at_once(stage: Stage, reader: Client) -> None:
    answer = reader.get("/api/v1/search?grade=G98&grade=G99&size=0")
    assert parameters(answer) == ["grade", "grade", "size"]


@pytest.mark.parametrize("path", [*LISTS, "/api/v1/organisations/department-for-tides/"])
@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "q=%ff", "q=%ED%A0%80", "q=%", "q=%zz"])
def test_what_is_not_text_is_refused(path: str, query: str, stage: Stage, reader: Client) -> None:
    problem(reader.get(f"{path}?{query}"), "malformed-request")


@pytest.mark.parametrize("path", LISTS)
def test_an_overlong_query_is_refused(path: str, stage: Stage, reader: Client) -> None:
    problem(reader.get(f"{path}?q={'x' * 5000}"), "uri-too-long")


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE directory_person; --",
        "%27%20OR%201=1",
        "a&b|!c:*",
        "<script>",
        "\\",
        "👩‍🚀",
        "٣",
        "a" * 200,
        "(((",
        "İ",
        "\u202e",
        "x@",
        "@",
    ],
)
@pytest.mark.parametrize("path", LISTS)
def test_any_text_at_all_may_be_searched_for(
    path: str, text: str, stage: Stage, reader: Client
) -> None:
    assert reader.get(path, {"q": text}).status_code == 200


@pytest.mark.parametrize("path", [*LISTS, "/api/v1/schema/", "/api/v1/docs/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_wrong_method_is_told_the_right_ones(
    path: str, method: str, stage: Stage, reader: Client
) -> None:
    answer = getattr(reader, method)(path)
    problem(answer, "method-not-allowed")
    assert {word.strip() for word in answer["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_is_overridden_by_no_header(header: str, stage: Stage, reader: Client) -> None:
    path = f"/api/v1/people/{stage.people['oyelaran'].pk}/"
    assert reader.get(path, headers={header: "DELETE"}).status_code == 200
    problem(reader.post(path, headers={header: "GET"}), "method-not-allowed")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "image/png"])
def test_another_media_type_is_refused(
    path: str, accept: str, stage: Stage, reader: Client
) -> None:
    problem(reader.get(path, headers={"Accept": accept}), "not-acceptable")


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/people/",
        "/api/v1/nowhere",
        "/api/v1/people/../../etc/passwd",
        "/api/v1/people//",
        "/api/v1/%00",
        "/api/v1/docs/problems/unheard-of",
    ],
)
@pytest.mark.parametrize("method", ["get", "head", "post", "delete", "options"])
def test_an_unknown_address_is_answered_with_a_problem(
    path: str, method: str, reader: Client
) -> None:
    answer = getattr(reader, method)(path)
    if path.endswith("unheard-of") and method in ("post", "delete", "options"):
        assert answer.status_code in (204, 405)
    elif method == "head":
        assert answer.status_code == 404
    else:
        problem(answer, "not-found")


@pytest.mark.parametrize("path", LISTS)
def test_a_last_slash_may_be_there_or_not(path: str, stage: Stage, reader: Client) -> None:
    bare = path.rstrip("/")
    assert reader.get(f"{bare}?size=2").status_code == 200
    assert reader.get(f"{bare}/?size=2").status_code == 200
    person = f"/api/v1/people/{stage.people['oyelaran'].pk}"
    assert reader.get(person).content == reader.get(f"{person}/").content


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_type_of_a_problem_explains_it(name: str, reader: Client, promised: Contract) -> None:
    answer = reader.get(f"/api/v1/docs/problems/{name}")
    assert answer.status_code == 200
    promised.check("ProblemKind", answer.json())
    assert answer.json()["type"] == f"/api/v1/docs/problems/{name}"


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_problem_is_documented(name: str) -> None:
    assert f"`{name}`" in Path("docs/api.md").read_text(encoding="utf-8")


def test_a_problem_is_what_the_description_says(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    promised.check("Problem", reader.get("/api/v1/people/?size=0").json())
    promised.check("Problem", reader.get("/api/v1/nowhere").json())


def test_a_search_that_takes_too_long_is_given_up(stage: Stage, reader: Client) -> None:
    with patch("directory.search.find.candidates", side_effect=SearchTooSlow("too slow")):
        problem(reader.get("/api/v1/search?q=oye"), "search-too-slow")
    with patch("directory.search.suggest.best", side_effect=SearchTooSlow("too slow")):
        problem(reader.get("/api/v1/suggest?q=oye"), "search-too-slow")


def test_a_crash_tells_nothing_of_itself(stage: Stage, reader: Client) -> None:
    reader.raise_request_exception = False
    with patch("directory.search.find.candidates", side_effect=RuntimeError("secret of the house")):
        answer = reader.get("/api/v1/search?q=oye")
    problem(answer, "server-error")
    assert b"secret" not in answer.content


def test_options_names_the_methods(stage: Stage, reader: Client) -> None:
    answer = reader.options("/api/v1/people/")
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")
