"""The OpenAPI description: valid, complete, and served with its page without any other host."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from directory.api.body import MEDIA_TYPES
from directory.models import ExpertiseTag
from tests.api.conftest import Stage


def test_the_description_is_valid(contract: dict[str, Any]) -> None:
    assert contract["openapi"].startswith("3.1")
    validate_schema(contract)  # type: ignore[no-untyped-call]


def test_the_description_is_made_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "api"))


def test_the_description_names_every_resource(contract: dict[str, Any]) -> None:
    assert set(contract["paths"]) == {
        "/api/v1/people/",
        "/api/v1/people/{person_id}/",
        "/api/v1/teams/",
        "/api/v1/teams/{team_id}/",
        "/api/v1/organisations/",
        "/api/v1/organisations/{slug}/",
        "/api/v1/expertise/",
        "/api/v1/expertise/{slug}/",
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/feeds/{slug}/runs/",
        "/api/v1/feeds/{slug}/runs/{run_id}/",
        "/api/v1/feeds/{slug}/runs/{run_id}/faults",
        "/api/v1/feeds/{slug}/runs/{run_id}/plan",
        "/api/v1/docs/problems/{name}",
    }


def test_every_path_of_the_description_answers(
    contract: dict[str, Any], stage: Stage, reader: Client
) -> None:
    ExpertiseTag.objects.create(slug="tides", preferred_label="Tides", status="approved")
    values = {
        "person_id": stage.people["oyelaran"].pk,
        "team_id": stage.surges.pk,
        "name": "not-found",
    }
    for path, methods in contract["paths"].items():
        values["slug"] = "tides" if "/expertise/" in path else "department-for-tides"
        # Of the feed API its own tests tell: a reader's token opens nothing of it.
        is_feed = path.startswith("/api/v1/feeds/")
        takes = {"get", "post"} if path.endswith("/runs/") else {"get"}
        assert set(methods) == takes
        answer = reader.get(path.format(**values, run_id=stage.surges.pk))
        assert answer.status_code == (403 if is_feed else 200), path


def test_every_operation_names_what_may_go_wrong(contract: dict[str, Any]) -> None:
    for methods in contract["paths"].values():
        for method, described in methods.items():
            answers = described["responses"]
            assert {"400", "401", "403", "406", "414", "500"} <= set(answers)
            assert ("202" if method == "post" else "200") in answers
            assert list(answers["401"]["content"]) == ["application/problem+json"]


def test_a_delivery_is_described_with_what_it_takes_and_examples(
    contract: dict[str, Any],
) -> None:
    described = contract["paths"]["/api/v1/feeds/{slug}/runs/"]["post"]
    assert set(described["requestBody"]["content"]) == set(MEDIA_TYPES)
    assert described["requestBody"]["content"]["application/x-ndjson"]["examples"]
    assert {"409", "413", "415", "422"} <= set(described["responses"])
    assert {"Idempotency-Key", "Content-Digest", "expected_rows", "complete"} <= {
        parameter["name"] for parameter in described["parameters"]
    }


def test_repeatable_parameters_are_described_as_such(contract: dict[str, Any]) -> None:
    taken = {p["name"]: p for p in contract["paths"]["/api/v1/people/"]["get"]["parameters"]}
    assert taken["organisation"]["explode"] is True
    assert taken["fields"]["explode"] is False
    assert taken["size"]["schema"]["maximum"] == 100


def test_only_a_bearer_token_opens_the_data(contract: dict[str, Any]) -> None:
    assert contract["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, methods in contract["paths"].items():
        if not path.startswith("/api/v1/docs/"):
            assert methods["get"]["security"] == [{"bearer": []}]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/vnd.oai.openapi+json"),
        ("application/json", "application/json"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_the_description_is_served_as_json_and_yaml(
    accept: str, media_type: str, reader: Client
) -> None:
    answer = reader.get("/api/v1/schema/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(media_type)
    if "json" in media_type:
        assert json.loads(answer.content)["info"]["title"] == "Civil Directory"


def test_the_page_needs_no_other_host_and_no_inline_script(reader: Client) -> None:
    page = reader.get("/api/v1/docs/")
    text = page.content.decode()
    assert "https://" not in text
    assert "<script>" not in text
    assert "<style" not in text
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    script = reader.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/" in script.content.decode().replace("\\u002D", "-")
