"""Authenticator apps and recovery codes, and what is not open without a second factor."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.second_factor import SecondFactorAdapter
from directory.models import Grant
from tests.curating.harbour import make_feed, user_with
from tests.web.reading import text_of

# What is told by mail, and who is asked again, is settled once a change is committed.
pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/accounts/2fa/totp/activate/"
ASK = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def maya(client: Client) -> User:
    """A curator, signed in with a code from her mailbox."""
    feed = make_feed()
    user = user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)
    return user


def shown_now(secret: str) -> str:
    """What an app shows that has this key."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set an app up; its key, and the recovery codes."""
    page = client.get(ADD).content.decode()
    found = re.search(r'data-copy="([A-Z2-7]+)"', page)
    assert found
    answer = client.post(ADD, {"code": shown_now(found[1])}, follow=True)
    cache.clear()
    return found[1], re.findall(r"<code>(\d{8})</code>", answer.content.decode())


def sign_in_by_mail(user: User) -> tuple[Client, Any]:
    browser = Client()
    browser.post("/accounts/login/", {"email": user.email})
    found = re.search(r"Your code is (\S+)", str(mail.outbox[-1].body))
    assert found
    return browser, browser.post("/accounts/login/code/", {"code": found[1]})


def test_whoever_has_an_app_is_asked_for_its_code_after_the_mailbox(
    client: Client, maya: User
) -> None:
    secret, _ = set_up(client)
    browser, answer = sign_in_by_mail(maya)
    assert answer["Location"] == ASK
    assert browser.get("/")["Location"].startswith("/accounts/login/")
    wrong = browser.post(ASK, {"code": "000000"})
    assert "Enter the code that your app shows now" in text_of(wrong)
    assert browser.post(ASK, {"code": shown_now(secret)})["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_a_recovery_code_lets_in_once(client: Client, maya: User) -> None:
    _, codes = set_up(client)
    assert len(codes) == 10
    browser, _ = sign_in_by_mail(maya)
    assert browser.post(ASK, {"code": codes[0]})["Location"] == "/"
    browser, _ = sign_in_by_mail(maya)
    assert "There is a problem" in text_of(browser.post(ASK, {"code": codes[0]}))


def test_recovery_codes_are_shown_once(client: Client, maya: User) -> None:
    _, codes = set_up(client)
    assert codes[0] not in client.get("/accounts/2fa/recovery-codes/").content.decode()


def test_the_key_of_an_app_is_kept_encrypted(client: Client, maya: User, settings: Any) -> None:
    secret, codes = set_up(client)
    kept = " ".join(str(one.data) for one in Authenticator.objects.all())
    assert secret not in kept
    assert codes[0] not in kept
    adapter = SecondFactorAdapter()
    text = adapter.encrypt("secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 60
    assert adapter.decrypt(text) == "secret"


def test_its_owner_is_told_of_every_change_by_mail(client: Client, maya: User) -> None:
    set_up(client)
    assert [message.to for message in mail.outbox] == [[maya.email]] * len(mail.outbox)
    assert any("Authenticator" in str(message.subject) for message in mail.outbox)


def test_whoever_curates_sets_a_second_factor_up_first(
    client: Client, maya: User, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    for path in ("/curate/", "/curate/feeds/", "/curate/feeds/harbour-hr", "/search/export?q=a"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain == [("/accounts/2fa/", 302)], path
        assert "set up a passkey or an authenticator app first" in text_of(answer)
    assert client.get("/").status_code == 200
    set_up(client)
    assert client.get("/curate/").status_code == 200


def test_a_code_counts_once_and_attempts_are_counted(client: Client, maya: User) -> None:
    secret, _ = set_up(client)
    code = shown_now(secret)
    for hoped in ("/", None):
        browser, _ = sign_in_by_mail(maya)
        answer = browser.post(ASK, {"code": code})
        cache.clear()  # What the library counts, each process for itself.
        assert answer.headers.get("Location") == hoped
    browser, _ = sign_in_by_mail(maya)
    for _ in range(10):
        answer = browser.post(ASK, {"code": "000000"})
        cache.clear()
    assert "You have tried too often" in text_of(answer)


def test_whoever_may_not_curate_is_told_nothing_of_it(client: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/curate/")["Location"].startswith("/accounts/login/")


def test_what_cannot_be_taken_back_is_confirmed_first(client: Client, maya: User) -> None:
    secret, _ = set_up(client)
    tokens = "/curate/feeds/harbour-hr/tokens"
    form = {"name": "Payroll", "expires_days": "30"}
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post(tokens, form)
    assert answer["Location"] == f"/accounts/2fa/reauthenticate/?next={tokens.replace('/', '%2F')}"
    page = client.post(answer["Location"], {"code": shown_now(secret)})
    assert "Copy this token now" in text_of(page)
    cache.clear()
    assert "Copy this token now" in text_of(client.post(tokens, form))


def test_an_app_is_taken_away_only_by_whoever_confirms_it(client: Client, maya: User) -> None:
    set_up(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
