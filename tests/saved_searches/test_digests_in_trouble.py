"""Whatever fails as digests are sent, nobody is told twice and nobody is forgotten."""

import logging
from datetime import datetime, timedelta
from itertools import count
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from accounts.models import User
from directory.models import SavedSearch, Team
from directory.saved_searches import digests, news
from directory.saved_searches.digests import SearchDigests, send_search_digests
from directory.search.within_time import SearchTooSlow
from tests.saved_searches.stage import (
    BROKEN,
    DAY,
    FAILED,
    NOBODY_DUE,
    NOW,
    SENT,
    body,
    keep,
    keeper,
    make_pilot,
)

pytestmark = pytest.mark.django_db


class ParticularServer(EmailBackend):
    """A mail server that knows no Maya."""

    def send_messages(self, messages: object) -> int:
        assert isinstance(messages, list)
        if messages[0].to == ["maya.holt@example.gov.uk"]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_a_mail_server_that_is_down_loses_nobody(
    maya: User, pilots: Team, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = BROKEN
    with caplog.at_level(logging.WARNING):
        assert send_search_digests(now=NOW) == FAILED
    assert maya.email not in caplog.text
    settings.EMAIL_BACKEND = working
    assert send_search_digests(now=NOW + timedelta(minutes=1)) == NOBODY_DUE
    assert send_search_digests(now=NOW + digests.RETRY_AFTER) == SENT
    assert "Bo Lind" in body()


def test_a_server_that_is_down_is_not_asked_again_for_everybody(
    maya: User, pilots: Team, settings: Settings
) -> None:
    for user in (maya, keeper("tom.marlow"), keeper("wen.osei")):
        keep(user)
    make_pilot(pilots, "Bo", "Lind")
    settings.EMAIL_BACKEND = BROKEN
    assert send_search_digests(now=NOW) == FAILED


def test_one_address_that_is_refused_keeps_nobody_else_waiting(
    maya: User, pilots: Team, settings: Settings
) -> None:
    for user in (maya, keeper("tom.marlow")):
        keep(user)
    make_pilot(pilots, "Bo", "Lind")
    settings.EMAIL_BACKEND = "tests.saved_searches.test_digests_in_trouble.ParticularServer"
    assert send_search_digests(now=NOW) == SearchDigests(sent=1, failed=1, nothing=0)
    assert mail.outbox[0].to == ["tom.marlow@example.gov.uk"]


def test_a_fault_in_ones_searches_keeps_nobody_else_waiting_and_tells_no_value(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for user in (maya, keeper("tom.marlow")):
        keep(user)
    make_pilot(pilots, "Bo", "Lind")
    ask = news.news_of

    def ask_some(*, user: User, search: SavedSearch, now: datetime) -> news.News:
        if user == maya:
            raise ValueError(search.words)
        return ask(user=user, search=search, now=now)

    monkeypatch.setattr(digests, "news_of", ask_some)
    assert send_search_digests(now=NOW) == SearchDigests(sent=1, failed=1, nothing=0)
    assert "crashed with ValueError" in caplog.text
    assert "pilot" not in caplog.text
    monkeypatch.undo()
    assert send_search_digests(now=NOW + digests.RETRY_AFTER) == SENT


def test_a_search_that_outgrows_what_is_remembered_says_so_once_and_stops(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_PEOPLE", 1)
    search = keep(maya)
    make_pilot(pilots, "Ada", "Okonkwo")
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == SENT
    assert mail.outbox[0].subject == "Civil Directory: No more e-mails about “pilot”"
    assert "too many to tell you who is new" in body()
    assert "Lind" not in body()
    search.refresh_from_db()
    assert (search.digest, search.known) == (False, None)
    assert send_search_digests(now=NOW + DAY) == NOBODY_DUE


def test_a_search_that_is_too_slow_waits_and_the_others_are_told(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = keep(maya, "harbours")
    keep(maya, "pilot")
    make_pilot(pilots, "Bo", "Lind")
    ask = news.news_of

    def ask_some(*, user: User, search: SavedSearch, now: datetime) -> news.News:
        if search == slow:
            raise SearchTooSlow
        return ask(user=user, search=search, now=now)

    monkeypatch.setattr(digests, "news_of", ask_some)
    assert send_search_digests(now=NOW) == SENT
    assert "“pilot”" in mail.outbox[0].subject
    monkeypatch.undo()
    assert send_search_digests(now=NOW + DAY) == SENT
    assert "“harbours”" in mail.outbox[1].subject


def test_what_a_turn_does_not_come_to_the_next_one_does(
    pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("maya.holt", "tom.marlow", "wen.osei"):
        keep(keeper(name))
    make_pilot(pilots, "Bo", "Lind")
    # A clock on which each person takes a second.
    monkeypatch.setattr(digests, "time", SimpleNamespace(monotonic=count().__next__))
    turns = [send_search_digests(now=NOW, seconds=2).sent for _ in range(3)]
    assert turns == [2, 1, 0]
