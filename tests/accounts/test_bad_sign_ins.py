"""The catalogue's bad ways to sign in, each answered as it says."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import Session, User
from accounts.sessions import kept_key
from directory.grants import issue_token
from tests.stories.bad_deliveries.catalogue import ABSENT, cases_of
from tests.web.reading import masked

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
CODE = "/accounts/login/code/"
#: What answers the lines whose payload is a list, and those that tell a story of their own.
ANSWERED = {"AUTH-001", "AUTH-003", "AUTH-004", "AUTH-006", "AUTH-007"}


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def catalogue() -> Mapping[str, dict[str, Any]]:
    """The cases; a test that needs them is skipped where they are not beside the repository."""
    cases = cases_of("auth")
    if not cases:
        pytest.skip(ABSENT)
    return cases


def test_every_case_is_answered_here(catalogue: Mapping[str, dict[str, Any]]) -> None:
    assert set(catalogue) == ANSWERED


def test_an_address_of_elsewhere_gets_the_same_page_and_no_mail(
    catalogue: Mapping[str, dict[str, Any]], settings: Any
) -> None:
    """AUTH-001: what only looks like an allowed address, and what is one in another spelling."""
    settings.SIGN_IN_DOMAINS = ("gov.uk",)
    pages = set()
    for address in [*catalogue["AUTH-001"]["payload"], "x@dept.gov.uk"]:
        browser = Client()
        answer = browser.post(SIGN_IN, {"email": address})
        if answer.status_code == 302:
            assert answer["Location"] == CODE
            pages.add(masked(browser.get(CODE)).replace(address.strip().encode(), b"ADDRESS"))
        else:  # not an address at all, whoever's it would be
            assert "correct format" in answer.content.decode()
    sent = {message.to[0] for message in mail.outbox}
    assert sent == {"x@dept.gov.uk"}
    for spelling in ("x@DEPT.GOV.UK", "x+tag@dept.gov.uk"):
        Client().post(SIGN_IN, {"email": spelling})
    assert User.objects.get().email == "x@dept.gov.uk"


def test_what_the_database_holds_opens_nothing() -> None:
    """AUTH-003: a dump has digests of sessions and tokens, and none of them lets anybody in."""
    browser = Client()
    browser.force_login(User.objects.known_by("ann@example.gov.uk"))
    key = browser.cookies["sessionid"].value
    token = issue_token(name="Intranet", expires_days=9, now=datetime.now(UTC)).token
    with connection.cursor() as cursor:
        dump = ""
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(held::text, ' '), '') FROM {table} held")
            dump += cursor.fetchone()[0]
    assert kept_key(key) in dump
    assert key not in dump
    assert token not in dump
    thief = Client()
    thief.cookies["sessionid"] = Session.objects.get().session_key
    assert thief.get("/").status_code == 302
    assert browser.get("/").status_code == 200


def test_the_ninth_code_in_an_hour_is_not_sent(settings: Any, monkeypatch: Any) -> None:
    """AUTH-004: whether or not the address may sign in; who is signed in already stays so."""
    from accounts import forms

    signed_in = Client()
    signed_in.force_login(User.objects.known_by("ann@example.gov.uk"))
    minutes = iter(range(60))

    class Later:
        """A clock on which each request comes three minutes after the last."""

        @staticmethod
        def now() -> datetime:
            return datetime(2026, 11, 27, 9, 3 * next(minutes), tzinfo=UTC)

    for address in ("ann@example.gov.uk", "ann@evil.example"):
        minutes = iter(range(60))
        monkeypatch.setattr(forms, "timezone", Later)
        answers = [Client().post(SIGN_IN, {"email": address}) for _ in range(9)]
        assert [answer.status_code for answer in answers] == [302] * 8 + [200], address
        assert "You have tried too often" in answers[-1].content.decode()
    assert len(mail.outbox) == 8
    assert signed_in.get("/").status_code == 200


def test_one_address_asks_for_twenty_mailboxes_a_minute_and_no_more() -> None:
    """AUTH-004: a thousand mailboxes from one place."""
    answers = [Client().post(SIGN_IN, {"email": f"p{n}@example.gov.uk"}) for n in range(45)]
    refused = [answer for answer in answers if answer.status_code == 200]
    assert len(refused) >= 5  # a minute may have ended in between
    assert len(mail.outbox) <= 40


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_another_site_can_send_nothing(content_type: str, settings: Any) -> None:
    """AUTH-006: neither to a page, in whatever dress, nor to the API with the browser's cookie."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.known_by("ann@example.gov.uk"))
    for path in ("/accounts/logout/", "/me/searches"):
        assert browser.post(path, "{}", content_type=content_type).status_code == 403
    assert browser.get("/api/v1/people/").status_code == 401
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_DOMAIN is None  # so no other host under ours sets it


def test_next_leads_home_when_it_leads_elsewhere(catalogue: Mapping[str, dict[str, Any]]) -> None:
    """AUTH-007."""
    browser = Client()
    browser.force_login(User.objects.known_by("ann@example.gov.uk"))
    for target in catalogue["AUTH-007"]["payload"]:
        answer = browser.get(SIGN_IN, {"next": target})
        assert (answer.status_code, answer["Location"]) == (302, "/"), target
