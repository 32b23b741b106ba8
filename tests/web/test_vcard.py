"""The card for address books."""

import pytest
from django.test import Client

from directory.models import Person
from directory.web.person_page import read_person_page
from directory.web.vcard import write_vcard
from tests.people import ANYBODY, make_person
from tests.web.stage import Stage

URL = "https://directory.example.gov.uk/people/1"


def card_of(person: Person) -> str:
    page = read_person_page(viewer=ANYBODY, person_id=person.pk)
    return write_vcard(page=page, page_url=URL)


def unfolded(card: str) -> list[str]:
    return card.replace("\r\n ", "").split("\r\n")


def test_a_card_says_what_the_page_says(reader: Client, stage: Stage) -> None:
    response = reader.get(f"/people/{stage.amara.pk}.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="amara-nwosu-bell.vcf"'
    lines = unfolded(response.content.decode())
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert f"UID:urn:uuid:{stage.amara.pk}" in lines
    assert "FN:Amara Nwosu-Bell" in lines
    assert "N:Nwosu-Bell;Amara;;;" in lines
    assert "TITLE:Deputy Director\\, Trade Policy" in lines
    assert "EMAIL;TYPE=work:amara.nwosu-bell@dpt.example.gov.uk" in lines
    assert 'TEL;VALUE=uri;TYPE="work,cell":tel:+447700900418' in lines
    assert (
        "ORG:Department for Ports and Trade;Strategy and Trade Group;"
        "International Directorate;Trade Policy" in lines
    )


@pytest.mark.django_db
def test_what_means_something_in_a_card_is_escaped() -> None:
    lines = unfolded(card_of(make_person("Ann;e,", "O\\D\r\nBEGIN:VCARD")))
    assert "FN:Ann\\;e\\, O\\\\D\\nBEGIN:VCARD" in lines
    assert lines.count("BEGIN:VCARD") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["ö" * 90, "الخطيب" * 20, "🦊" * 50, "a" * 71, "a" * 72],
    ids=["two octets", "right to left", "four octets", "just fits", "just too long"],
)
def test_lines_are_folded_between_letters(name: str) -> None:
    card = card_of(make_person("", name))
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert f"FN:{name}" in unfolded(card)


def test_a_hidden_address_is_not_in_the_card(reader: Client, stage: Stage) -> None:
    assert b"EMAIL" not in reader.get(f"/people/{stage.priya.pk}.vcf").content
