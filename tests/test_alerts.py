"""What looks like somebody taking the directory away is told to administrators within a minute."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from directory.alerts import tell_administrators
from directory.checking.invariants.people import SEARCH
from directory.checking.reading import broken_by
from directory.grants import issue_token
from directory.models import Canary, Grant, Person, SecurityAlert
from directory.record_owners import link
from directory.search.find import find_people, parse
from tests.curating.harbour import user_with
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


@pytest.fixture
def canary(db: None) -> Person:
    team = make_team("Archive", organisation=make_organisation("Harbours Agency"))
    person = make_person("Zebulon", "Quickthorn", title="Keeper", team=team)
    call_command("canary", str(person.pk), stdout=StringIO())
    return person


@pytest.fixture
def administrator(db: None) -> User:
    return user_with("tom.marlow", Grant.Role.ADMINISTRATOR)


def browser_of(name: str) -> Client:
    browser = Client()
    browser.force_login(user_with(name))
    return browser


def machine() -> Client:
    token = issue_token(name="Intranet", expires_days=9, now=NOW).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_no_search_finds_a_canary(canary: Person) -> None:
    assert find_people(viewer=ANYBODY, query=parse(text="quickthorn")).total == 0
    assert machine().get("/api/v1/people/").json()["results"] == []
    assert [broken_by(sql=one.sql, named={}).count for one in SEARCH] == [0, 0]
    call_command("canary", str(canary.pk), remove=True, stdout=StringIO())
    assert find_people(viewer=ANYBODY, query=parse(text="quickthorn")).total == 1


def test_whoever_opens_a_canary_is_told_on_by_name(canary: Person, administrator: User) -> None:
    browser_of("nosy").get(f"/people/{canary.pk}")
    browser_of("nosy").get(f"/people/{canary.pk}.vcf")
    machine().get(f"/api/v1/people/{canary.pk}/")
    assert tell_administrators(now=NOW) == 2  # of one person once an hour
    (message,) = mail.outbox
    assert message.bcc == [administrator.email]
    body = str(message.body)
    assert "nosy@example.gov.uk" in body
    assert "Intranet" in body
    assert str(canary.pk) in body
    assert "Quickthorn" not in body
    assert tell_administrators(now=NOW) == 0


def test_other_records_alert_nobody(canary: Person) -> None:
    other = make_person("Ada", "Okonkwo")
    browser_of("nosy").get(f"/people/{other.pk}")
    browser_of("nosy").get(f"/people/{uuid4()}")
    assert not SecurityAlert.objects.exists()


def test_alerts_wait_until_there_is_somebody_to_be_told(canary: Person) -> None:
    browser_of("nosy").get(f"/people/{canary.pk}")
    assert tell_administrators(now=NOW) == 0
    user_with("una.bell", Grant.Role.ADMINISTRATOR)
    assert tell_administrators(now=NOW) == 1


def test_whoever_uses_up_a_budget_is_told_on(settings: Any, administrator: User) -> None:
    settings.PAGES_PER_MINUTE = settings.API_REQUESTS_PER_MINUTE = 1
    browser, token = browser_of("nosy"), machine()
    for _ in range(4):
        browser.get("/organisations/")
        token.get("/api/v1/organisations/")
    assert set(SecurityAlert.objects.values_list("kind", flat=True)) == {"budget"}
    assert tell_administrators(now=NOW) == 2
    assert "More pages were asked for than the 1 in 60 seconds" in str(mail.outbox[0].body)


def test_nobodys_own_record_is_a_canary() -> None:
    ada = make_person("Ada", "Okonkwo")
    link(user=user_with("ada"), person=ada, linked_by=None)
    with pytest.raises(CommandError, match="Somebody owns this record"):
        call_command("canary", str(ada.pk), stdout=StringIO())
    with pytest.raises(CommandError, match="no record"):
        call_command("canary", str(uuid4()), stdout=StringIO())
    assert not Canary.objects.exists()
