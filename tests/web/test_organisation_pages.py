"""The list of organisations, and the page of one."""

import pytest
from django.test import Client

from directory.models import Organisation
from tests.web.reading import get_text
from tests.web.stage import Stage


def test_an_organisation_shows_its_teams_kin_and_staff_list(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/organisations/department-for-ports-and-trade")
    assert "Department for Ports and Trade DPT Ministerial department" in text
    assert "Strategy and Trade Group 13 people" in text
    assert "Harbours Agency" in text
    assert "Last delivered" in text
    assert "as of 1 April 2026" in text
    assert "Was before Board of Quays Closed" in text


def test_a_closed_body_says_what_it_became(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/organisations/board-of-quays")
    assert "Closed (replaced). It became Department for Ports and Trade ." in text


def test_a_body_says_what_it_stands_under(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/organisations/harbours-agency")
    assert "Executive agency under Department for Ports and Trade" in text


def test_an_organisation_has_one_address(reader: Client, stage: Stage) -> None:
    response = reader.get("/organisations/Board-of-Quays")
    assert (response.status_code, response["Location"]) == (301, "/organisations/board-of-quays")
    assert reader.get("/organisations/none").status_code == 404


def test_the_list_shows_live_bodies_by_letter(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/organisations/")
    assert "2 organisations" in text
    assert "Board of Quays" not in text
    assert "Department for Ports and Trade DPT" in text


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("status=closed", ["Board of Quays"]),
        ("status=all", ["Board of Quays", "Department for Ports and Trade", "Harbours Agency"]),
        ("kind=Executive+agency", ["Harbours Agency"]),
        ("letter=H", ["Harbours Agency"]),
        ("letter=Q", []),
        ("kind=Guild", []),
    ],
)
def test_the_list_is_filtered(
    reader: Client, stage: Stage, parameters: str, found: list[str]
) -> None:
    html = reader.get(f"/organisations/?{parameters}").content.decode()
    listed = [
        body.name
        for body in Organisation.objects.order_by("name")
        if f'href="/organisations/{body.slug}"' in html
    ]
    assert listed == found


@pytest.mark.parametrize("parameters", ["status=x", "page=0", "page=x", "letter=AB", "letter=7"])
def test_what_the_list_does_not_understand_is_refused(
    reader: Client, stage: Stage, parameters: str
) -> None:
    assert "cannot be read" in get_text(reader, f"/organisations/?{parameters}", status=400)


def test_home_leads_to_organisations(reader: Client, stage: Stage) -> None:
    html = reader.get("/").content.decode()
    assert 'href="/organisations/?kind=Executive%20agency"' in html
    assert 'href="/organisations/harbours-agency"' in html


def test_numbers_that_are_nothing_are_left_out(reader: Client, stage: Stage) -> None:
    assert "counted without names" not in get_text(reader, "/organisations/harbours-agency")
