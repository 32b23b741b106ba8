"""One's own record: what is said, who sees it, and how others see it."""

import pytest
from django.test import Client

from directory.models import FieldAudience, Person
from directory.record_owners import link
from directory.search.find import find_people, parse
from tests.people import ANYBODY, project
from tests.web.reading import text_of
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(stage: Stage, reader: Client) -> Person:
    """The record of the reader, with a number."""
    link(user=stage.reader, person=stage.amara, linked_by=None)
    Person.objects.filter(pk=stage.amara.pk).update(phone="020 7946 0999")
    project(stage.amara)
    return stage.amara


def test_whoever_has_no_record_is_told_how_they_get_one(reader: Client) -> None:
    page = text_of(reader.get("/me"))
    assert "No record is linked to your account" in page
    assert "ask a curator of your organisation" in page


def test_everybody_sees_what_is_said_of_them(amara: Person, reader: Client) -> None:
    page = text_of(reader.get("/me"))
    assert amara.display_name in page
    assert "020 7946 0999" in page
    assert "Everyone in government can find you" in page


def test_a_detail_that_is_narrowed_is_gone_for_others_and_not_for_oneself(
    amara: Person, reader: Client
) -> None:
    assert find_people(viewer=ANYBODY, query=parse(text="79460999")).total == 1
    answer = reader.post("/me/shown/phone", {"audience": "team"}, follow=True)
    assert "Phone: who sees it is changed" in text_of(answer)
    assert FieldAudience.objects.get(person=amara).audience == "team"
    assert find_people(viewer=ANYBODY, query=parse(text="79460999")).total == 0
    own = f"/people/{amara.pk}"
    assert "020 7946 0999" in text_of(reader.get(own))
    for audience, seen in (
        ("government", False), ("organisation", False), ("team", True), ("curators", True),
    ):  # fmt: skip
        page = text_of(reader.get(f"{own}?as={audience}"))
        assert "This is your page as it is seen by" in page
        assert ("020 7946 0999" in page) is seen, audience


@pytest.mark.parametrize(
    ("field", "audience"),
    [("given_name", "self"), ("phone", "nobody"), ("phone", "none"), ("x", "self")],
)
def test_what_cannot_be_narrowed_is_refused_and_nothing_changes(
    amara: Person, reader: Client, field: str, audience: str
) -> None:
    answer = reader.post(f"/me/shown/{field}", {"audience": audience}, follow=True)
    assert "Choose one of the details and audiences on the page" in text_of(answer)
    assert not FieldAudience.objects.filter(person=amara).exists()


def test_somebody_elses_page_is_never_seen_as_another(
    amara: Person, stage: Stage, reader: Client
) -> None:
    page = text_of(reader.get(f"/people/{stage.priya.pk}?as=curators"))
    assert "as it is seen by" not in page
    assert reader.get(f"/people/{amara.pk}?as=self").status_code == 400


def test_whoever_is_protected_sees_their_own_page_and_that_nobody_else_does(
    amara: Person, reader: Client
) -> None:
    Person.objects.filter(pk=amara.pk).update(listing="protected")
    project(amara)
    assert "for everybody but you, you are not here" in text_of(reader.get("/me"))
    assert reader.get(f"/people/{amara.pk}").status_code == 200
    assert reader.get(f"/people/{amara.pk}?as=curators").status_code == 404
