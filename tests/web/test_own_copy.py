"""A copy of all that is held of somebody, for them alone (PRV-002, PRV-003)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.budgets import Budget
from accounts.models import User
from directory.curating.audiences import hold_listing
from directory.curating.own_copy import everything_about
from directory.curating.own_record import show_field_to
from directory.curating.own_statement import say
from directory.looks import note_export, note_look
from directory.models import Grant, Look
from directory.record_owners import link, viewer_for
from directory.visibility import Viewer
from tests.curating.harbour import user_with
from tests.sync.rewinding import NOW
from tests.sync.survey import Survey, official, person_of, two_officials
from tests.web.reading import text_of
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    return two_officials(tmp_path)


@pytest.fixture
def owner(survey: Survey) -> User:
    user = user_with("maud.pellew")
    link(user=user, person=person_of("k1"), linked_by=None)
    return user


def copy_of(owner: User) -> dict[str, Any]:
    return everything_about(viewer=viewer_for(user=owner, now=NOW), user=owner, now=NOW)


def test_it_holds_each_value_its_source_every_run_and_everybody_who_looked(
    survey: Survey, owner: User
) -> None:
    run = survey.people(official("k1", family_name="Vane", job_title="Pilot"), complete=False)
    own = Viewer(user_id=owner.pk, person_id=person_of("k1").pk)
    say(viewer=own, words={"bio": "Sounds deep"}, now=NOW)
    show_field_to(viewer=own, field="phone", audience="team")
    looker = user_with("tom")
    other = Viewer(user_id=looker.pk)
    note_look(viewer=other, what=Look.What.PAGE, person_id=person_of("k1").pk)
    note_export(by=looker, viewer=other, person_ids=[person_of("k1").pk, person_of("k2").pk])
    copy = copy_of(owner)
    assert copy["record"]["values"]["bio"]["origin"] == "person"
    assert copy["record"]["values"]["given_name"]["feed"] == "survey-hr"
    assert {source["origin"] for source in copy["sources"]} == {"feed", "person"}
    assert str(run.pk) in {change["run"] for change in copy["changes"]}
    assert copy["changes"][-1]["changed"] == {"bio": "Sounds deep"}
    assert copy["changes"][-1]["by_oneself"] is True
    assert copy["who_sees"]["chosen"] == {"phone": "team"}
    assert [(look["by"], look["what"]) for look in copy["looks"]] == [
        (looker.email, "downloaded a list with it"), (looker.email, "opened the page"),
    ]  # fmt: skip
    assert copy["account"]["email"] == owner.email
    assert "Maudk2" not in str(copy)


def test_why_somebody_is_held_to_less_is_not_told(survey: Survey, owner: User) -> None:
    curator = user_with("curator", Grant.Role.CURATOR, on=survey.body)
    hold_listing(
        viewer=viewer_for(user=curator, now=NOW), person_id=person_of("k1").pk,
        listing="organisation", reason="Threatened by Eve", actor=curator, now=NOW,
    )  # fmt: skip
    copy = copy_of(owner)
    assert copy["who_sees"]["held_to"] == "organisation"
    assert "Eve" not in str(copy)


def test_one_has_it_as_a_file_once_a_minute(
    stage: Stage, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "directory.web.own_record_views.COPIES", Budget(name="own copies", limit=1, seconds=86400)
    )
    link(user=stage.reader, person=stage.amara, linked_by=None)
    answer = reader.get("/me/copy.json")
    assert answer["Content-Disposition"].startswith('attachment; filename="my-record-')
    copy = json.loads(answer.content)
    assert copy["record"]["id"] == str(stage.amara.pk)
    assert datetime.fromisoformat(copy["made_at"]).tzinfo == UTC
    again = reader.get("/me/copy.json")
    assert again.status_code == 429
    assert int(again["Retry-After"]) > 0


def test_whoever_has_no_record_has_no_copy_and_there_is_none_of_others(
    stage: Stage, reader: Client
) -> None:
    page = reader.get("/me/copy.json", follow=True)
    assert "No record is linked to your account" in text_of(page)
    for path in (f"/people/{stage.amara.pk}/copy.json", f"/me/copy.json/{stage.amara.pk}"):
        assert reader.get(path).status_code == 404
