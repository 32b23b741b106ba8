"""Passkeys and authenticator apps in a real browser, which is lent a device that keeps passkeys."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.browser.looking import whatever_is_wrong
from tests.web.stage import Stage

HOME = "/accounts/2fa/"


def lend_device(page: Page) -> CDPSession:
    """A device that keeps passkeys and knows its owner, as Chromium's developer tools lend it."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


@pytest.fixture(autouse=True)
def _no_factors(stage: Stage) -> None:
    Authenticator.objects.all().delete()


def test_a_passkey_that_is_added_signs_its_owner_in(window: BrowserContext, stage: Stage) -> None:
    page = window.new_page()
    lend_device(page)
    page.goto(HOME)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What to call the passkey").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert len(re.findall(r"\b\d{8}\b", page.get_by_role("main").inner_text())) == 10
    page.goto("/accounts/2fa/passkeys/")
    expect(page.locator("bdi", has_text="Laptop")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/organisations/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/accounts/sessions/")
    expect(page.get_by_text("Chrome on Linux").first).to_be_visible()


def test_whoever_has_no_passkey_here_is_told_and_may_go_another_way(
    window: BrowserContext, stage: Stage
) -> None:
    page = window.new_page()
    lend_device(page)
    page.goto(HOME)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was used")).to_be_visible()
    expect(page.get_by_label("Your work e-mail address")).to_be_visible()


def test_the_pages_of_signing_in_are_in_order(page: Page, stage: Stage) -> None:
    paths = [
        HOME, "/accounts/2fa/passkeys/", "/accounts/2fa/passkeys/add/",
        "/accounts/2fa/totp/activate/", "/accounts/sessions/", "/me",
    ]  # fmt: skip
    assert whatever_is_wrong(page, paths) == []


def test_the_page_to_sign_in_is_in_order(window: BrowserContext, stage: Stage) -> None:
    window.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    assert whatever_is_wrong(window.new_page(), ["/accounts/login/"]) == []
