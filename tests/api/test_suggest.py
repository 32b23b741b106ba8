"""What the API suggests to a box in somebody else's system."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Expertise, ExpertiseTag, Organisation
from directory.projection import fold_tallies
from tests.api.conftest import Contract, Stage
from tests.api.test_problems import parameters
from tests.people import make_person, project

SUGGEST = "/api/v1/suggest"


def results(reader: Client, **given: Any) -> list[dict[str, Any]]:
    answer = reader.get(SUGGEST, given)
    assert answer.status_code == 200
    assert list(answer.json()) == ["results"]
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_person_says_who_they_are_and_where_to_read_on(stage: Stage, reader: Client) -> None:
    (found,) = results(reader, q="obrien")
    key = str(stage.people["obrien"].pk)
    assert found == {
        "kind": "person",
        "id": key,
        "label": "Niamh O’Brien",
        "parts": [
            {"text": "Niamh ", "is_match": False},
            {"text": "O’Brien", "is_match": True},
        ],
        "title": "Pilot",
        "organisation": "Harbours Agency",
        "people": None,
        "is_closed": False,
        "url": f"http://testserver/api/v1/people/{key}/",
        "web_url": f"http://testserver/people/{key}",
    }


def test_every_kind_is_suggested_in_order_and_leads_on(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    person = make_person("Surge", "Ó Cléirigh")
    tag = ExpertiseTag.objects.create(slug="surge-r-d", preferred_label="Surge R&D")
    Expertise.objects.create(person=person, tag=tag)
    project(person)
    fold_tallies()
    Organisation.objects.filter(pk=stage.harbours.pk).update(name="Surge Agency", status="closed")
    answer = reader.get(SUGGEST, {"q": "surge"})
    promised.check("Suggestions", answer.json())
    found = answer.json()["results"]
    assert [one["kind"] for one in found] == ["person", "team", "organisation", "expertise"]
    assert [one["organisation"] for one in found] == ["", "Department for Tides", "", ""]
    assert [one["people"] for one in found] == [None, None, None, 1]
    assert [one["is_closed"] for one in found] == [False, False, True, False]
    assert [one["label"] for one in found] == [
        "Surge Ó Cléirigh", "Surges", "Surge Agency (HA)", "Surge R&D",
    ]  # fmt: skip
    for one in found:
        assert reader.get(one["url"]).status_code == 200
        assert "".join(part["text"] for part in one["parts"]) == one["label"]
    assert found[1]["web_url"] == "http://testserver/teams/department-for-tides/forecasts/surges"
    (holder,) = reader.get(found[3]["url"]).json()["results"]
    assert holder["display_name"] == "Surge Ó Cléirigh"


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=-"])
def test_no_text_suggests_nothing(query: str, stage: Stage, reader: Client) -> None:
    assert reader.get(f"{SUGGEST}?{query}").json() == {"results": []}


@pytest.mark.parametrize("text", ["quillon", "vashti", "protection officer", "v"])
def test_somebody_hidden_is_not_suggested(text: str, stage: Stage, reader: Client) -> None:
    assert "Vashti" not in str(results(reader, q=text))


def test_the_size_is_that_of_the_people(stage: Stage, reader: Client) -> None:
    for number in range(8):
        make_person("Ines", f"Marrow {number}")
    assert len(results(reader, q="ines")) == 5
    assert len(results(reader, q="ines", size=2)) == 2


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("q=a&size=0", ["size"]),
        ("q=a&size=21", ["size"]),
        ("q=a&size=ten", ["size"]),
        ("q=a&q=b", ["q"]),
        ("q=a&cursor=x&grade=G7", ["cursor", "grade"]),
        ("q=" + "x" * 201, ["q"]),
        ("q=" + "+".join("abcdefghijklm"), ["q"]),
    ],
)
def test_a_wrong_parameter_is_named(
    query: str, named: list[str], stage: Stage, reader: Client
) -> None:
    assert parameters(reader.get(f"{SUGGEST}?{query}")) == named


def test_an_answer_held_already_is_not_sent_again(stage: Stage, reader: Client) -> None:
    first = reader.get(f"{SUGGEST}?q=oye")
    again = reader.get(f"{SUGGEST}?q=oye", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
