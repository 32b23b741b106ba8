"""The vocabulary of expertise as the API lists, finds and shows it."""

import pytest
from django.test import Client

from directory.models import AlternativeLabel, BroaderTag, Expertise, ExpertiseTag
from tests.api.conftest import Contract, Stage
from tests.people import project


@pytest.fixture
def tides(stage: Stage) -> ExpertiseTag:
    """Tidal modelling, narrower than oceanography, with a merged tag, known by one."""
    tag = ExpertiseTag.objects.create(
        slug="tidal-modelling", preferred_label="Tidal modelling", status="approved"
    )
    sea = ExpertiseTag.objects.create(
        slug="oceanography", preferred_label="Oceanography", status="approved"
    )
    AlternativeLabel.objects.create(tag=tag, label="Tide prediction")
    BroaderTag.objects.create(from_tag=tag, to_tag=sea)
    ExpertiseTag.objects.create(
        slug="tide-maths", preferred_label="Tide maths", status="merged", merged_into=tag
    )
    Expertise.objects.create(person=stage.people["achterberg"], tag=tag)
    project(stage.people["achterberg"])
    return tag


def test_a_tag_is_shown_with_those_around_it(
    tides: ExpertiseTag, reader: Client, promised: Contract
) -> None:
    answer = reader.get("/api/v1/expertise/tidal-modelling/").json()
    promised.check("Tag", answer)
    assert answer["other_labels"] == ["Tide prediction"]
    assert answer["broader"] == [{"slug": "oceanography", "label": "Oceanography"}]
    assert answer["people"] == 1
    assert answer["web_url"] == "http://testserver/expertise/tidal-modelling"
    above = reader.get("/api/v1/expertise/Oceanography/").json()
    assert [tag["slug"] for tag in above["narrower"]] == ["tidal-modelling"]


def test_tags_are_found_by_what_they_are_called(tides: ExpertiseTag, reader: Client) -> None:
    def found(query: str) -> list[str]:
        results = reader.get(f"/api/v1/expertise/?{query}").json()["results"]
        return [tag["slug"] for tag in results]

    assert found("") == ["oceanography", "tidal-modelling"]
    for text in ("tidal", "tide prediction", "tide maths", "tidle modeling"):
        assert found(f"q={text}") == ["tidal-modelling"], text
    assert found("q=zebra") == []
    assert reader.get("/api/v1/expertise/?fields=label&size=1").json()["next"]


def test_a_merged_tag_names_the_one_it_became(tides: ExpertiseTag, reader: Client) -> None:
    answer = reader.get("/api/v1/expertise/tide-maths/?fields=label")
    assert answer.status_code == 308
    assert answer["Location"].endswith("/api/v1/expertise/tidal-modelling/")
    assert reader.get(answer["Location"]).status_code == 200


def test_a_proposed_tag_that_nobody_shows_is_not_there(stage: Stage, reader: Client) -> None:
    falconry = ExpertiseTag.objects.create(slug="falconry", preferred_label="Falconry")
    Expertise.objects.create(person=stage.people["hidden"], tag=falconry)
    project(stage.people["hidden"])
    absent = reader.get("/api/v1/expertise/nowhere/")
    hidden = reader.get("/api/v1/expertise/falconry/")
    assert (hidden.status_code, hidden.json()) == (404, absent.json())
    assert reader.get("/api/v1/expertise/").json()["results"] == []
