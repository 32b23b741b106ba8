"""What the page is told to suggest."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from directory.projection import fold_tallies
from directory.search.find import SearchTooSlow
from tests.web.stage import Stage


def groups(reader: Client, text: str) -> dict[str, list[dict[str, Any]]]:
    answer = reader.get("/suggest", {"q": text})
    assert answer.status_code == 200
    return {group["title"]: group["items"] for group in answer.json()["groups"]}


def test_every_kind_leads_to_its_page_and_tells_itself_apart(reader: Client, stage: Stage) -> None:
    fold_tallies()
    assert groups(reader, "nwosu") == {
        "People": [
            {
                "url": f"/people/{stage.amara.pk}",
                "parts": [["Amara ", False], ["Nwosu", True], ["-Bell", False]],
                "detail": "Deputy Director, Trade Policy · Department for Ports and Trade",
            }
        ]
    }
    (team,) = groups(reader, "customs")["Teams"]
    assert team["detail"] == "Department for Ports and Trade"
    assert "Customs and Borders" in reader.get(team["url"]).content.decode()
    (closed,) = groups(reader, "quays")["Organisations"]
    assert closed["detail"] == "Closed"
    assert reader.get(closed["url"]).status_code == 200
    (tag,) = groups(reader, "rules")["Expertise"]
    assert (tag["url"], tag["detail"]) == ("/expertise/rules-of-origin", "1 person")
    assert "Amara Nwosu-Bell" in reader.get(tag["url"]).content.decode()


@pytest.mark.parametrize("text", ["", " ", "zzzz"])
def test_nothing_to_suggest_is_no_group(reader: Client, stage: Stage, text: str) -> None:
    assert groups(reader, text) == {}


@pytest.mark.parametrize("text", ["corin", "nightingale", "nightingall", "customs inv", "walter"])
def test_nobody_hidden_or_gone_is_suggested(reader: Client, stage: Stage, text: str) -> None:
    assert "People" not in groups(reader, text)


def test_the_answer_is_kept_nowhere(reader: Client, stage: Stage) -> None:
    answer = reader.get("/suggest?q=nwosu")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("q=a&q=b", "“q”"),
        ("q=a&tab=teams", "“tab”"),
        ("q=" + "x" * 201, "200 characters"),
        ("q=" + "+".join("abcdefghijklm"), "12 words"),
    ],
)
def test_what_it_does_not_understand_is_refused_in_words(
    reader: Client, stage: Stage, query: str, named: str
) -> None:
    answer = reader.get(f"/suggest?{query}")
    assert answer.status_code == 400
    (problem,) = answer.json()["problems"]
    assert named in problem


@pytest.mark.parametrize("text", ["%00", "%F0%28%8C%28", "%ED%A0%80", "';--", "%25%5F%5C", "<b>"])
def test_any_text_at_all_may_be_typed(reader: Client, stage: Stage, text: str) -> None:
    assert reader.get(f"/suggest?q={text}").status_code == 200


def test_a_slow_database_is_an_answer_as_well(reader: Client, stage: Stage) -> None:
    with patch("directory.search.suggest.best", side_effect=SearchTooSlow("too slow")):
        answer = reader.get("/suggest?q=nwosu")
    assert (answer.status_code, answer.json()) == (503, {"problems": ["too slow"]})
