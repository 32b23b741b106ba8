"""A reader of the API, the department it reads, and the contract every answer keeps."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from pytest_django.plugin import DjangoDbBlocker

from directory.grants import issue_token
from directory.models import Organisation, Person, Team
from tests.people import coming_together, make_organisation, make_person, make_team
from tests.standing import standing


@dataclass(frozen=True)
class Stage:
    """The Department for Tides, its agency, and the five people who can be seen there."""

    tides: Organisation
    harbours: Organisation
    forecasts: Team
    surges: Team
    pilots: Team
    people: dict[str, Person]


@pytest.fixture(scope="module")
def standing_stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], Stage]]:
    """How each test of a file gets the stage."""
    with standing(request, django_db_blocker, set_stage, name="stage") as one:
        yield one


@pytest.fixture
def stage(standing_stage: Callable[[], Stage], db: None) -> Stage:
    """The department, its agency and their people."""
    return standing_stage()


@coming_together()
def set_stage() -> Stage:
    """Two bodies, three teams, five people in post and one who is not listed."""
    tides = make_organisation("Department for Tides", acronym="DfT2")
    harbours = make_organisation("Harbours Agency", acronym="HA", parents=(tides,))
    forecasts = make_team("Forecasts", organisation=tides)
    surges = make_team("Surges", organisation=tides, parent=forecasts)
    pilots = make_team("Pilots", organisation=harbours)
    people = {
        "oyelaran": make_person(
            "Folasade",
            "Oyelaran",
            title="Head of Forecasts",
            team=forecasts,
            email="folasade.oyelaran@tides.example",
            grade="SCS1",
            profession="science",
            location="Gull House",
        ),
        "achterberg": make_person(
            "Joris", "Achterberg", title="Surge Modeller", team=surges, grade="G7",
            profession="science",
        ),
        "penhaligon": make_person(
            "Morwenna", "Penhaligon", title="Surge Modeller", team=surges, grade="SEO"
        ),
        "obrien": make_person("Niamh", "O’Brien", title="Pilot", team=pilots, grade="G7"),
        "unplaced": make_person("Tavita", "Leota"),
        "hidden": make_person(
            "Quillon", "Vashti", title="Protection Officer", team=surges, grade="SEO",
            listing=Person.Listing.UNLISTED,
        ),
    }  # fmt: skip
    return Stage(tides, harbours, forecasts, surges, pilots, people)


@pytest.fixture
def reader_token(db: None) -> str:
    """The secret of a credential that reads."""
    return issue_token(name="Intranet", expires_days=30, now=datetime.now(UTC)).token


@pytest.fixture
def reader(reader_token: str) -> Client:
    """A client that sends it with every request."""
    cache.clear()
    return Client(headers={"Authorization": f"Bearer {reader_token}"})


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    """The OpenAPI description of the API."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    described: dict[str, Any] = json.loads(OpenApiJsonRenderer().render(document))
    return described


@dataclass(frozen=True)
class Contract:
    """Checks answers against the description."""

    document: dict[str, Any]

    def check(self, name: str, answer: Any) -> None:
        """The answer is what the schema of this name describes, with nothing undescribed."""
        schema = {**self.document, "$ref": f"#/components/schemas/{name}"}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [error.message for error in validator.iter_errors(answer)] == []
        assert set(answer) <= set(self.document["components"]["schemas"][name]["properties"])


@pytest.fixture
def promised(contract: dict[str, Any]) -> Contract:
    """What the description promises."""
    return Contract(contract)
