"""Linking an account to a record by hand: by whom, to whom, and who is told."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from directory.curating.curated_people import NobodyCurated
from directory.curating.owners import OwnerRefused, link_account, owner_of, unlink_account
from directory.models import Grant, Person, Team
from directory.record_owners import viewer_for
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
    return make_person("Ada", "Quill", title="Pilot", team=tugs, email="Ada.Old@example.gov.uk")


def say_whose(actor: User, person: Person, email: str, reason: str = "Met her") -> None:
    link_account(
        viewer=viewer_for(user=actor, now=NOW), person_id=person.pk, email=email, reason=reason,
        actor=actor, now=NOW,
    )  # fmt: skip


def test_a_curator_links_and_both_addresses_are_told(
    curator: User,
    ada: Person,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    account = user_with("ada.new")
    with django_capture_on_commit_callbacks(execute=True):
        say_whose(curator, ada, " Ada.New@example.gov.uk ")
    owner = owner_of(person=ada)
    assert owner is not None
    assert (owner.user, owner.linked_by) == (account, curator)
    assert [message.to for message in mailoutbox] == [
        ["ada.new@example.gov.uk"], ["ada.old@example.gov.uk"],
    ]  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        unlink_account(
            viewer=viewer_for(user=curator, now=NOW), person_id=ada.pk, reason="Mixed up",
            actor=curator, now=NOW,
        )  # fmt: skip
    assert owner_of(person=ada) is None
    assert "no longer that of" in mailoutbox[-1].body


def test_nobody_links_whom_they_do_not_curate_or_themselves(
    curator: User, ada: Person, tugs: Team
) -> None:
    user_with("ada.new")
    miller = user_with("eda", Grant.Role.CURATOR, on=make_organisation("Mills"))
    for somebody in (miller, user_with("nobody")):
        with pytest.raises(NobodyCurated):
            say_whose(somebody, ada, "ada.new@example.gov.uk")
    with pytest.raises(OwnerRefused, match="Nobody links themselves"):
        say_whose(curator, ada, curator.email)
    assert owner_of(person=ada) is None


@pytest.mark.parametrize(
    ("email", "reason", "sentence"),
    [
        ("ada.new@example.gov.uk", " ", "Say how you know"),
        ("nobody.yet@example.gov.uk", "Met her", "Nobody has signed in as"),
        ("ada", "Met her", "in the correct format"),
    ],
)
def test_what_is_not_clear_is_refused(
    curator: User, ada: Person, email: str, reason: str, sentence: str
) -> None:
    user_with("ada.new")
    with pytest.raises(OwnerRefused, match=sentence):
        say_whose(curator, ada, email, reason)
    assert owner_of(person=ada) is None


def test_an_account_is_one_record_and_a_record_one_account(
    curator: User, ada: Person, tugs: Team
) -> None:
    user_with("ada.new")
    say_whose(curator, ada, "ada.new@example.gov.uk")
    user_with("bo")
    with pytest.raises(OwnerRefused, match="The record is linked already"):
        say_whose(curator, ada, "bo@example.gov.uk")
    bo = make_person("Bo", "Lind", title="Mate", team=tugs)
    with pytest.raises(OwnerRefused, match="The account is linked already"):
        say_whose(curator, bo, "ada.new@example.gov.uk")


def test_it_is_done_on_a_page(curator: User, ada: Person) -> None:
    user_with("ada.new")
    browser, path = Client(), f"/curate/people/{ada.pk}/owner"
    browser.force_login(curator)
    assert path in browser.get(f"/people/{ada.pk}").content.decode()
    form = {"email": "ada.new@example.gov.uk", "reason": "Met her"}
    page = text_of(browser.post(path, {**form, "email": "x@example.gov.uk"}))
    assert "Nobody has signed in as x@example.gov.uk yet" in page
    assert "Whoever signs in as ada.new@example.gov.uk owns it" in text_of(
        browser.post(path, form, follow=True)
    )
    answer = browser.post(path, {"reason": "Mixed up"}, follow=True)
    assert "It is linked to no account" in text_of(answer)
