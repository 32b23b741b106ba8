"""Where somebody is signed in, and signing out there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from accounts.browsers import browser_named
from accounts.models import Session, User
from accounts.sessions import SessionStore, forget_ended
from tests.web.reading import get_text

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
PAGE = "/accounts/sessions/"
END = "/accounts/sessions/end"


def signed_in(user: User, agent: str = FIREFOX) -> Client:
    browser = Client(headers={"User-Agent": agent})
    request = HttpRequest()
    request.META["HTTP_USER_AGENT"] = agent
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return browser


@pytest.fixture
def ann() -> User:
    return User.objects.known_by("ann@example.gov.uk")


def test_everybody_sees_where_they_are_signed_in_and_nobody_elses(ann: User) -> None:
    browser, _ = signed_in(ann), signed_in(ann, SAFARI)
    signed_in(User.objects.known_by("bo@example.gov.uk"), "Mozilla/5.0 (Windows) Edg/140.0")
    page = get_text(browser, PAGE)
    assert "Firefox on Windows This one" in page
    assert "Safari on iPhone" in page
    assert "Edge" not in page


def test_a_session_that_is_ended_opens_nothing_from_then_on(ann: User) -> None:
    here, there = signed_in(ann), signed_in(ann, SAFARI)
    other = Session.objects.get(browser="Safari on iPhone")
    assert there.get("/").status_code == 200
    here.post(END, {"session": other.session_key})
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_all_others_are_ended_at_once(ann: User) -> None:
    here, others = signed_in(ann), [signed_in(ann, SAFARI) for _ in range(3)]
    here.post(END, {"session": "others"})
    assert [other.get("/").status_code for other in others] == [302] * 3
    assert here.get("/").status_code == 200


def test_nobody_ends_somebody_elses_session(ann: User) -> None:
    bo = signed_in(User.objects.known_by("bo@example.gov.uk"))
    kept = Session.objects.get()
    page = signed_in(ann).post(END, {"session": kept.session_key}, follow=True)
    assert "not signed in there any more" in page.content.decode()
    assert bo.get("/").status_code == 200


def test_what_ends_a_session_opens_none(ann: User) -> None:
    signed_in(ann)
    thief = Client()
    thief.cookies["sessionid"] = Session.objects.get().session_key
    assert thief.get("/").status_code == 302


def test_sessions_that_are_over_are_forgotten(ann: User) -> None:
    signed_in(ann)
    forget_ended(now=datetime.now(UTC))
    assert Session.objects.count() == 1
    forget_ended(now=datetime.now(UTC) + timedelta(hours=13))
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [(FIREFOX, "Firefox on Windows"), (SAFARI, "Safari on iPhone"), ("curl/8", ""), ("", ""),
     ("<script>" * 1000, "")],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, name: str) -> None:
    assert browser_named(agent) == name
