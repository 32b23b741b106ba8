"""The pages of roles, as curators and administrators use them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Grant, GrantProposal
from tests.curating.harbour import user_with
from tests.web.desk import Desk
from tests.web.reading import get_text, text_of

pytestmark = pytest.mark.django_db

PAGE = "/curate/roles"
FORM = {
    "email": "ada.berth@example.gov.uk",
    "role": "curator",
    "on": "harbour-office",
    "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
    "reason": "Covers for Maya",
}


def test_a_curator_gives_a_role_and_takes_it_away(desk: Desk) -> None:
    browser = desk.browser("curator")
    page = text_of(browser.post(PAGE, FORM, follow=True))
    assert "ada.berth@example.gov.uk holds the role from now on" in page
    assert "ada.berth@example.gov.uk , organisation curator on Harbour Office" in page
    grant = Grant.objects.get(user__email="ada.berth@example.gov.uk")
    assert "Take a role away from ada.berth" in get_text(browser, f"{PAGE}/{grant.pk}")
    page = text_of(browser.post(f"{PAGE}/{grant.pk}", {"reason": "Maya is back"}, follow=True))
    assert "does not hold the role any more" in page
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_what_is_wrong_is_said_on_the_page(desk: Desk) -> None:
    browser = desk.browser("curator")
    page = text_of(browser.post(PAGE, {**FORM, "on": "winds"}))
    assert "only on what you curate yourself" in page
    page = text_of(browser.post(PAGE, {"email": ""}))
    assert "Enter the last day of the role" in page


def test_roles_of_elsewhere_are_not_there(desk: Desk) -> None:
    elsewhere = Grant.objects.get(user=desk.users["curator elsewhere"])
    browser = desk.browser("curator")
    assert desk.users["curator elsewhere"].email not in get_text(browser, PAGE)
    assert browser.get(f"{PAGE}/{elsewhere.pk}").status_code == 404


def test_a_second_administrator_decides_on_the_page(desk: Desk) -> None:
    first = desk.browser("administrator")
    page = text_of(first.post(PAGE, {**FORM, "role": "administrator", "on": ""}, follow=True))
    assert "is proposed. Another administrator has to confirm it" in page
    assert "Another administrator decides this" in page
    proposal = GrantProposal.objects.get()
    address = f"{PAGE}/proposed/{proposal.pk}"
    assert "neither proposed it" in text_of(
        first.post(address, {"decision": "confirm"}, follow=True)
    )
    assert desk.browser("curator").post(address, {"decision": "confirm"}).status_code == 404
    desk.users["second"] = user_with("una.second", Grant.Role.ADMINISTRATOR)
    page = text_of(desk.browser("second").post(address, {"decision": "confirm"}, follow=True))
    assert "ada.berth@example.gov.uk is an administrator" in page


def test_whoever_lays_down_their_own_role_is_led_home(desk: Desk) -> None:
    own = Grant.objects.get(user=desk.users["operator"])
    browser = desk.browser("operator")
    answer = browser.post(f"{PAGE}/{own.pk}", {"reason": "Moving on"})
    assert answer["Location"] == "/"
