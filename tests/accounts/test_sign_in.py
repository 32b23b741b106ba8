"""Signing in with an e-mailed code, and out again."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
CODE = "/accounts/login/code/"


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


def _ask(client: Client, address: str, **query: str) -> Any:
    return client.post(SIGN_IN, {"email": address, **query})


def _mailed_code() -> str:
    found = re.search(r"Your code is (\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_code_sent_to_an_allowed_address_signs_its_owner_in(client: Client) -> None:
    assert _ask(client, "ann@team.example.gov.uk")["Location"] == CODE
    assert mail.outbox[-1].to == ["ann@team.example.gov.uk"]
    assert mail.outbox[-1].subject == "Your Civil Directory sign-in code"
    response = client.post(CODE, {"code": _mailed_code()})
    assert response["Location"] == "/"
    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_a_second_sign_in_in_another_spelling_finds_the_same_user(client: Client) -> None:
    for address in ("ann@example.gov.uk", "Ann+phone@EXAMPLE.gov.uk"):
        browser = Client()
        _ask(browser, address)
        browser.post(CODE, {"code": _mailed_code()})
    assert User.objects.get().email == "ann@example.gov.uk"
    assert {message.to[0] for message in mail.outbox} == {"ann@example.gov.uk"}


def test_allowed_refused_and_known_addresses_get_the_same_page() -> None:
    User.objects.known_by("known@example.gov.uk")
    pages = []
    addresses = ["known@example.gov.uk", "fresh@example.gov.uk", "x@evilexample.gov.uk"]
    for address in addresses:
        browser = Client()
        response = _ask(browser, address)
        page = browser.get(CODE).content.decode()
        pages.append((response.status_code, response["Location"], _masked(page, address)))
    assert len(set(pages)) == 1
    assert [message.to for message in mail.outbox] == [
        ["known@example.gov.uk"],
        ["fresh@example.gov.uk"],
    ]


def _masked(page: str, address: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page.replace(address, ""))


def test_a_refused_address_makes_no_user(client: Client) -> None:
    _ask(client, "x@gov.uk.evil.com")
    assert not User.objects.exists()


def test_a_code_works_once_and_in_the_browser_that_asked(client: Client) -> None:
    _ask(client, "ann@example.gov.uk")
    stranger = Client()
    assert stranger.post(CODE, {"code": _mailed_code()})["Location"] == SIGN_IN
    client.post(CODE, {"code": _mailed_code()})
    client.post("/accounts/logout/")
    assert client.post(CODE, {"code": _mailed_code()})["Location"] == SIGN_IN


def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    _ask(client, "ann@example.gov.uk")
    for _ in range(2):
        page = client.post(CODE, {"code": "WRONG1"})
        assert "Enter the code from the newest e-mail we sent you" in page.content.decode()
    assert client.post(CODE, {"code": "WRONG1"})["Location"] == SIGN_IN
    assert client.post(CODE, {"code": _mailed_code()})["Location"] == SIGN_IN


def test_a_person_who_left_is_sent_no_code(client: Client) -> None:
    user = User.objects.known_by("left@example.gov.uk")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert _ask(client, "left@example.gov.uk")["Location"] == CODE
    assert not mail.outbox


def test_a_password_signs_nobody_in(client: Client) -> None:
    user = User.objects.known_by("ann@example.gov.uk")
    # pragma: allowlist nextline secret - 2026-11-27: invented
    user.set_password("correct horse battery staple")
    user.save()
    client.post(
        SIGN_IN,
        {
            "email": user.email,
            "login": user.email,
            # pragma: allowlist nextline secret - 2026-11-27: invented
            "password": "correct horse battery staple",
        },
    )
    assert "_auth_user_id" not in client.session


def test_what_is_not_an_address_is_explained_on_the_page(client: Client) -> None:
    page = _ask(client, "nobody").content.decode()
    assert "There is a problem" in page
    assert "like name@department.gov.uk" in page


def test_asking_again_and_again_is_slowed_down(client: Client) -> None:
    pages = [_ask(Client(), "ann@example.gov.uk") for _ in range(4)]
    assert "You have tried too often" in pages[-1].content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "target",
    [
        "//evil.com",
        "/\\evil.com",
        "\\\\evil.com",
        "javascript:alert(1)",
        "https:evil.com",
        "https://evil.com/",
        "http://testserver/search",
        "///evil.com",
        "/\t/evil.com",
        "search",
    ],
)
def test_next_leads_nowhere_but_to_our_own_pages(client: Client, target: str) -> None:
    _ask(client, "ann@example.gov.uk", next=target)
    response = client.post(CODE, {"code": _mailed_code(), "next": target})
    assert response["Location"] == "/"
    assert client.get(SIGN_IN, {"next": target})["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_asked_for(client: Client) -> None:
    target = "/search?q=tax&page=2"
    confirm = _ask(client, "ann@example.gov.uk", next=target)["Location"]
    assert client.post(confirm, {"code": _mailed_code()})["Location"] == target


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(User.objects.known_by("ann@example.gov.uk"))
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_signing_out_of_a_forged_form_is_refused() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.known_by("ann@example.gov.uk"))
    assert browser.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in browser.session


def test_pages_of_sign_up_and_passwords_do_not_exist(client: Client) -> None:
    for path in ("signup/", "password/reset/", "password/change/", "email/", "confirm-email/"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_the_process_is_alive_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert response.content == b"alive\n"
