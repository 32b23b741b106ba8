"""Who looked, and what was done by whom: as the person it was about and as auditors read it."""

import csv
import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from directory.grants import issue_token
from directory.models import Feed, Look, Person, Team
from directory.record_owners import link
from tests.people import make_person, make_team
from tests.web.desk import Desk
from tests.web.reading import get_text, text_of

pytestmark = pytest.mark.django_db

PAGE = "/curate/trail"


@pytest.fixture
def ada(desk: Desk) -> Person:
    team = make_team("Berths", organisation=desk.feed.organisation)
    return make_person("Ada", "Lindqvist", title="Pilot", team=team)


def machine(*, organisation: Any = None) -> Client:
    token = issue_token(
        name="Intranet", organisation=organisation, expires_days=9, now=timezone.now()
    ).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def owner_of(person: Person) -> Client:
    user = User.objects.known_by("ada.lindqvist@example.gov.uk")
    link(user=user, person=person, linked_by=None)
    browser = Client()
    browser.force_login(user)
    return browser


def test_everybody_sees_who_looked_at_them_and_their_own_looks_do_not_count(
    desk: Desk, ada: Person
) -> None:
    own = owner_of(ada)
    assert "Nobody opened your page" in get_text(own, "/me")
    reader = desk.browser("official")
    reader.get(f"/people/{ada.pk}")
    reader.get(f"/people/{ada.pk}.vcf")
    machine().get(f"/api/v1/people/{ada.pk}/")
    own.get(f"/people/{ada.pk}")
    page = get_text(own, "/me")
    assert "nobody.special@example.gov.uk opened the page" in page
    assert "nobody.special@example.gov.uk took the contact card" in page
    assert "Intranet read by the API" in page
    assert Look.objects.filter(person_id=ada.pk).count() == 3


def test_whoever_is_hidden_is_not_looked_at(desk: Desk, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(listing="protected")
    assert desk.browser("official").get(f"/people/{ada.pk}").status_code == 404
    assert machine().get(f"/api/v1/people/{ada.pk}/").status_code == 404
    assert not Look.objects.exists()


def test_what_machines_read_is_kept_with_what_they_asked(ada: Person) -> None:
    machine().get("/api/v1/people/?q=lindqvist")
    look = Look.objects.get()
    assert (look.what, look.person_id, look.asked) == ("api", None, "/api/v1/people/?q=lindqvist")


def test_a_machine_of_one_organisation_reads_what_its_own_people_do(
    desk: Desk, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(listing="organisation")
    address = f"/api/v1/people/{ada.pk}/"
    assert machine(organisation=desk.feed.organisation).get(address).status_code == 200
    assert machine(organisation=desk.elsewhere.organisation).get(address).status_code == 404
    assert machine().get(address).status_code == 404


def test_looks_are_never_changed(desk: Desk, ada: Person) -> None:
    desk.browser("official").get(f"/people/{ada.pk}")
    for change in (lambda: Look.objects.update(what="card"), lambda: Look.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_auditors_read_what_was_done_by_whom_and_why(desk: Desk, ada: Person, role: str) -> None:
    desk.browser("curator").post(
        "/curate/roles",
        {
            "email": "ada.berth@example.gov.uk", "role": "curator", "on": "harbour-office",
            "until": timezone.localdate().isoformat(), "reason": "Covers for Maya",
        },
    )  # fmt: skip
    desk.browser("official").get(f"/people/{ada.pk}")
    browser = desk.browser(role)
    page = get_text(browser, f"{PAGE}?by=maya.holt@example.gov.uk")
    assert "Role made: ada.berth@example.gov.uk, curator" in page
    assert "Covers for Maya" in page
    assert "opened the page" not in page
    assert "nobody.special@example.gov.uk" in get_text(browser, PAGE)


def test_the_history_of_a_feed_tells_what_changed(desk: Desk) -> None:
    Feed.objects.filter(pk=desk.feed.pk).update(name="Harbour payroll")
    page = get_text(desk.browser("auditor"), f"{PAGE}?kind=feed&which={desk.feed.slug}")
    assert "name: nothing → Harbour payroll" in page


def test_of_a_person_no_value_is_told_and_of_a_hidden_one_no_name(desk: Desk, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(phone="020 7946 0123")
    browser = desk.browser("auditor")
    address = f"{PAGE}?kind=person&which={ada.pk}"
    page = get_text(browser, address)
    assert "Person changed: Ada Lindqvist phone" in page
    assert "7946" not in page
    Person.objects.filter(pk=ada.pk).update(listing="protected")
    page = get_text(browser, address)
    assert "Lindqvist" not in page
    assert str(ada.pk) in page


def test_the_file_holds_the_same_and_no_formula(desk: Desk) -> None:
    Team.objects.filter(name="Quayside").update(name="=1+1")
    answer = desk.browser("auditor").get(f"{PAGE}.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert ("team", "'=1+1", "changed") in [(r["What"], r["Which"], r["Done"]) for r in rows]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("by=nobody@nowhere.example", "Nobody with this address"),
        ("kind=feed", "Say both"),
        ("kind=feed&which=none", "There is none of this name"),
        ("kind=person&which=x", "There is none of this name"),
        ("kind=team&which=a/b/c", "There is none of this name"),
        ("since=2026-02-01&until=2026-01-01", "Choose days in order"),
        ("since=2020-01-01", "Choose days in order"),
        ("since=yesterday", "Enter a valid date"),
        ("kind=cat", "Select a valid choice"),
    ],
)
def test_what_is_asked_wrongly_is_said(desk: Desk, query: str, says: str) -> None:
    assert says in text_of(desk.browser("auditor").get(f"{PAGE}?{query}"))


@pytest.mark.parametrize("role", ["official", "operator", "curator", "curator elsewhere"])
def test_nobody_else_reads_the_trail(desk: Desk, role: str) -> None:
    assert desk.browser(role).get(PAGE).status_code == 404
    assert desk.browser(role).get(f"{PAGE}.csv").status_code == 404
