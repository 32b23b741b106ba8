"""Corrections: who may suggest one, who answers it, and who is told."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.budgets import Budget
from accounts.models import User
from directory.curating import corrections
from directory.curating.corrections import (
    CorrectionRefused,
    NoSuchCorrection,
    answer,
    read_inbox,
    suggest,
)
from directory.models import Correction, Grant, Person, Team
from directory.record_owners import link, viewer_for
from tests.curating.harbour import NOW, make_feed, user_with
from tests.people import make_organisation, make_person, make_team
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tugs(db: None) -> Team:
    return make_team("Tugs", organisation=make_feed().organisation)


@pytest.fixture
def curator(tugs: Team) -> User:
    return user_with("maya.holt", Grant.Role.CURATOR, on=tugs.organisation)


@pytest.fixture
def ada(tugs: Team) -> Person:
    return make_person("Ada", "Quill", title="Pilot", team=tugs)


@pytest.fixture
def asker(db: None) -> User:
    return user_with("tom.marlow")


def say(person: Person, user: User, field: str = "post", text: str = "Mate by now") -> Correction:
    viewer = viewer_for(user=user, now=NOW)
    return suggest(viewer=viewer, person_id=person.pk, field=field, text=text, user=user, now=NOW)


def waiting(user: User) -> list[Correction]:
    return read_inbox(viewer=viewer_for(user=user, now=NOW), user=user, now=NOW).to_answer


def settle(
    correction: Correction, actor: User, *, done: bool = True, text: str = "So it is"
) -> None:
    answer(
        viewer=viewer_for(user=actor, now=NOW), correction_id=correction.pk, is_done=done,
        text=text, actor=actor, now=NOW,
    )  # fmt: skip


def test_what_hr_says_goes_to_the_curators_of_the_organisation_alone(
    ada: Person, curator: User, asker: User
) -> None:
    owner = user_with("ada.quill")
    link(user=owner, person=ada, linked_by=None)
    made = say(ada, asker)
    others = user_with("eda", Grant.Role.CURATOR, on=make_organisation("Mills"))
    assert waiting(curator) == [made]
    for user in (owner, others, asker):
        assert waiting(user) == []
        with pytest.raises(NoSuchCorrection):
            settle(made, user)
    settle(made, curator)
    assert waiting(curator) == []
    with pytest.raises(NoSuchCorrection):  # once is enough
        settle(made, curator)


@pytest.mark.parametrize("field", ["pronouns", "bio", "expertise"])
def test_what_is_ones_own_goes_to_oneself_or_without_an_owner_to_curators(
    field: str, ada: Person, curator: User, asker: User
) -> None:
    made = say(ada, asker, field)
    assert waiting(curator) == [made]
    owner = user_with("ada.quill")
    link(user=owner, person=ada, linked_by=None)
    assert (waiting(curator), waiting(owner)) == ([], [made])
    settle(made, owner, done=False)
    made.refresh_from_db()
    assert (made.state, made.answer, made.answered_by) == ("declined", "So it is", owner)


def test_both_are_told_of_what_concerns_them(
    ada: Person,
    asker: User,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owner = user_with("ada.quill")
    link(user=owner, person=ada, linked_by=None)
    with django_capture_on_commit_callbacks(execute=True):
        made = say(ada, asker, "bio", "She sounds depths")
        settle(made, owner)
    assert [message.to for message in mailoutbox] == [[owner.email], [asker.email]]
    assert "She sounds depths" in mailoutbox[0].body
    assert re.search(r"Put right, says ada\.quill@.*\n\nSo it is", mailoutbox[1].body)


def test_of_whoever_is_hidden_by_then_nobody_is_told_or_asked(
    ada: Person,
    curator: User,
    asker: User,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owner = user_with("ada.quill")
    link(user=owner, person=ada, linked_by=None)
    own, post = say(ada, asker, "bio"), say(ada, asker)
    Person.objects.filter(pk=ada.pk).update(listing="protected")
    assert waiting(curator) == []
    assert read_inbox(viewer=viewer_for(user=asker, now=NOW), user=asker, now=NOW).suggested == []
    with pytest.raises(NoSuchCorrection):
        settle(post, curator)
    with pytest.raises(NoSuchCorrection):
        say(ada, asker, "languages")
    with django_capture_on_commit_callbacks(execute=True):
        settle(own, owner)
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("post", " ", "Say what is wrong"),
        ("post", "x" * 501, "500 characters at most"),
        ("listing", "Hide her", "Choose one of the details"),
    ],
)
def test_what_says_nothing_is_refused(
    field: str, text: str, sentence: str, ada: Person, asker: User
) -> None:
    with pytest.raises(CorrectionRefused, match=sentence):
        say(ada, asker, field, text)
    assert not Correction.objects.exists()


def test_one_says_it_once_and_not_too_often(
    ada: Person, asker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "_SUGGESTIONS", Budget("corrections", 3, 86400))
    say(ada, asker)
    with pytest.raises(CorrectionRefused, match="You said so already"):
        say(ada, asker)
    say(ada, asker, "bio")
    with pytest.raises(CorrectionRefused, match="try again in an hour"):
        say(ada, asker, "languages")
    assert Correction.objects.count() == 2


def test_nobody_corrects_themselves(ada: Person) -> None:
    owner = user_with("ada.quill")
    link(user=owner, person=ada, linked_by=None)
    with pytest.raises(NoSuchCorrection):
        say(ada, owner, "bio")


def test_it_is_said_and_answered_on_pages(ada: Person, curator: User, asker: User) -> None:
    said, answers = Client(), Client()
    said.force_login(asker)
    answers.force_login(curator)
    path = f"/people/{ada.pk}/correction"
    assert path in said.get(f"/people/{ada.pk}").content.decode()
    assert "Say how it should be" in text_of(said.post(path, {"field": "post", "text": ""}))
    page = said.post(path, {"field": "post", "text": "Mate <b>by now"}, follow=True)
    assert "You are told what becomes of it" in text_of(page)
    page = answers.get("/corrections")
    assert "Mate &lt;b&gt;by now" in page.content.decode()
    made = Correction.objects.get()
    there = f"/corrections/{made.pk}/answer"
    assert said.post(there, {"decision": "done", "text": "x"}).status_code == 404
    assert "Say what became of it" in text_of(
        answers.post(there, {"decision": "done"}, follow=True)
    )
    page = answers.post(there, {"decision": "done", "text": "HR knows"}, follow=True)
    assert "Whoever said so is told" in text_of(page)
    assert "Put right: HR knows" in text_of(said.get("/corrections"))
