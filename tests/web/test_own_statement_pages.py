"""The pages on which officials edit their record."""

import pytest
from django.test import Client

from directory.models import Expertise, ExpertiseTag, Person, SourceRecord
from directory.record_owners import link
from tests.people import project
from tests.web.reading import text_of
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(stage: Stage, reader: Client) -> Person:
    link(user=stage.reader, person=stage.amara, linked_by=None)
    return stage.amara


def now_said(person: Person) -> dict[str, str]:
    record = SourceRecord.objects.get(origin="person", subject_id=person.pk)
    return dict(record.statement)


def form_of(client: Client) -> dict[str, str]:
    form = client.get("/me/edit").context["form"]
    return {field.name: field.value() or "" for field in form}


def test_what_is_saved_is_on_the_page_and_can_be_taken_back(amara: Person, reader: Client) -> None:
    form = form_of(reader)
    answer = reader.post("/me/edit", {**form, "bio": "Knows rivers"}, follow=True)
    assert "Saved" in text_of(answer)
    assert "Knows rivers" in text_of(reader.get(f"/people/{amara.pk}"))
    reader.post("/me/edit", {**form, "bio": "Knows lakes"})
    assert "Take my last change back" in text_of(reader.get("/me"))
    assert "as it is before" in text_of(reader.post("/me/undo", follow=True)).replace("was", "is")
    assert now_said(amara)["bio"] == "Knows rivers"
    assert "nothing left to take back" in text_of(reader.post("/me/undo", follow=True))


def test_a_preview_shows_all_and_saves_nothing(amara: Person, reader: Client) -> None:
    form = {**form_of(reader), "bio": "Knows <b>rivers</b>", "do": "preview"}
    page = reader.post("/me/edit", form)
    assert "This is how your page would be" in text_of(page)
    assert "Knows &lt;b&gt;rivers" in page.content.decode()
    assert "Knows" not in text_of(reader.get(f"/people/{amara.pk}"))
    said = page.context["preview"]
    reader.post("/me/edit", said)
    assert now_said(amara)["bio"] == "Knows <b>rivers</b>"


def test_a_fault_stands_at_its_field_and_nothing_is_lost(amara: Person, reader: Client) -> None:
    before = now_said(amara)
    form = {**form_of(reader), "languages": "Welsh", "pronouns": "a\u202eb"}
    page = reader.post("/me/edit", form)
    assert "reverse the order of text" in text_of(page)
    assert 'value="Welsh"' in page.content.decode()
    assert now_said(amara) == before


def test_one_click_says_that_all_is_right(amara: Person, reader: Client) -> None:
    SourceRecord.objects.filter(origin="person").update(stated_on="2020-01-01")
    assert "You confirmed it on 1 January 2020" in text_of(reader.get("/me"))
    answer = text_of(reader.post("/me/confirm", follow=True))
    assert "Your page says that you confirmed it today" in answer
    assert "You confirmed it on 1 January 2020" not in answer


def test_expertise_is_added_proposed_and_taken_away(amara: Person, reader: Client) -> None:
    ExpertiseTag.objects.create(slug="weirs", preferred_label="Weirs", status="approved")
    answer = reader.post("/me/expertise", {"label": "weirs", "level": "expert"}, follow=True)
    assert "“Weirs” is among what you know" in text_of(answer)
    page = text_of(reader.post("/me/expertise", {"label": "Сваи", "level": "working"}))
    assert "no expertise called “Сваи” yet" in page
    answer = reader.post(
        "/me/expertise", {"label": "Сваи", "level": "working", "propose": "on"}, follow=True
    )
    assert "proposed" in text_of(answer)
    tag = ExpertiseTag.objects.get(preferred_label="Сваи")
    project(amara)  # Words are counted once they are committed.
    # In whatever script, a tag has a page, and its people lead there.
    person = reader.get(f"/people/{amara.pk}")
    assert "Сваи" in text_of(person)
    assert reader.get(f"/expertise/{tag.slug}").status_code == 200
    reader.post(f"/me/expertise/{tag.pk}/withdraw")
    assert not Expertise.objects.filter(person=amara, tag=tag).exists()
    assert "Enter what you know" in text_of(reader.post("/me/expertise", {"label": " "}))


def test_whoever_has_no_record_is_led_to_the_page_that_says_so(reader: Client) -> None:
    for path in ("/me/edit", "/me/expertise"):
        answer = reader.get(path, follow=True)
        assert "No record is linked to your account" in text_of(answer)
    for path in ("/me/confirm", "/me/undo"):
        assert reader.post(path, follow=True).status_code == 200
