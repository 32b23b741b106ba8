"""Expertise that goes with what a search asks for."""

import pytest
from django.test import Client

from directory.models import Expertise, ExpertiseTag
from tests.api.conftest import Contract, Stage
from tests.people import make_person, project


@pytest.fixture
def modellers(stage: Stage) -> None:
    """Three people who know currents and surges; six who know something else."""
    tags = [
        ExpertiseTag.objects.create(slug=label.lower().replace(" ", "-"), preferred_label=label)
        for label in ("Currents", "Storm surges", "Drafting")
    ]
    for number in range(9):
        person = make_person("Ines", f"Marrow {number}", title="Clerk", team=stage.surges)
        for tag in tags[:2] if number < 3 else tags[2:]:
            Expertise.objects.create(person=person, tag=tag)
        project(person)


@pytest.mark.usefixtures("modellers")
def test_a_search_answers_with_what_goes_with_the_expertise_asked_for(
    reader: Client, promised: Contract
) -> None:
    answer = reader.get("/api/v1/search", {"q": "currents", "size": "2"}).json()
    promised.check("SearchAnswer", answer)
    assert answer["related_expertise"] == [
        {
            "slug": "storm-surges",
            "label": "Storm surges",
            "count": 3,
            "url": "http://testserver/api/v1/search?q=Storm+surges",
        }
    ]
    assert reader.get(answer["related_expertise"][0]["url"]).json()["total"] == 3
    assert reader.get(answer["next"]).json()["related_expertise"] == []


@pytest.mark.usefixtures("modellers")
def test_where_no_expertise_is_asked_for_there_is_none(reader: Client) -> None:
    assert reader.get("/api/v1/search", {"q": "marrow"}).json()["related_expertise"] == []
    assert "related_expertise" not in reader.get("/api/v1/people/", {"q": "currents"}).json()
