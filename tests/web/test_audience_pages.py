"""The pages of who sees what: one's own listing, usual audiences, and holding somebody."""

import pytest
from django.test import Client

from directory.grants import grant_role
from directory.models import Grant, Person
from directory.record_owners import link
from tests.web.reading import text_of
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def curating(stage: Stage, reader: Client) -> Client:
    """The reader curates the organisation that Amara works in."""
    body = stage.amara.appointments.get(ends_on=None).post.team.organisation
    grant_role(user=stage.reader, role=Grant.Role.CURATOR, on=body, until=None, granted_by=None)
    return reader


def body_of(stage: Stage) -> str:
    return stage.amara.appointments.get(ends_on=None).post.team.organisation.slug


def test_everybody_chooses_on_their_record_who_finds_them(stage: Stage, reader: Client) -> None:
    link(user=stage.reader, person=stage.amara, linked_by=None)
    answer = text_of(reader.post("/me/listing", {"audience": "self"}, follow=True))
    assert "Nobody but you can find you" in answer
    assert reader.get(f"/people/{stage.amara.pk}").status_code == 200
    assert Person.objects.get(pk=stage.amara.pk).listing == "unlisted"
    answer = text_of(reader.post("/me/listing", {"audience": "team"}, follow=True))
    assert "Choose one of the audiences on the page" in answer
    assert Person.objects.get(pk=stage.amara.pk).listing == "unlisted"


def test_a_curator_sets_defaults_and_people_see_them_on_their_record(
    stage: Stage, curating: Client
) -> None:
    path = f"/curate/audiences/{body_of(stage)}"
    assert body_of(stage) in curating.get("/curate/audiences/").content.decode()
    fields = {field.name: field.value() for field in curating.get(path).context["form"]}
    answer = curating.post(path, {**fields, "phone": "team"}, follow=True)
    assert "It counts from now on" in text_of(answer)
    assert "Nothing was changed" in text_of(
        curating.post(path, {**fields, "phone": "team"}, follow=True)
    )
    assert curating.post(path, {**fields, "phone": "nobody"}).status_code == 200
    link(user=stage.reader, person=stage.amara, linked_by=None)
    assert "As your organisation: own team" in text_of(curating.get("/me"))


def test_a_curator_holds_somebody_to_a_narrower_listing(stage: Stage, curating: Client) -> None:
    page = f"/people/{stage.amara.pk}"
    path = f"/curate/people/{stage.amara.pk}/listing"
    assert path in curating.get(page).content.decode()
    assert "There is a problem" in text_of(curating.post(path, {"listing": "protected"}))
    assert Person.objects.get(pk=stage.amara.pk).listing == "government"
    answer = curating.post(path, {"listing": "protected", "reason": "Threatened"}, follow=True)
    assert "It counts from now on" in text_of(answer)
    for gone in (page, path):
        assert curating.get(gone).status_code == 404


def test_others_are_not_offered_to_hold_anybody(stage: Stage, reader: Client) -> None:
    path = f"/curate/people/{stage.amara.pk}/listing"
    assert path not in reader.get(f"/people/{stage.amara.pk}").content.decode()
    assert reader.get(path).status_code == 404
