"""Whoever looks after a feed is told what happens to it, once, in one message, not a flood."""

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from directory.grants import grant_role
from directory.models import Feed, FeedRun, Grant, Notice, Organisation
from directory.sync import report
from directory.sync.digests import Digests, send_digests
from directory.sync.notices import note_late_feeds, notices_for, owners_of
from tests.sync.tides import NOW, deliver, user_with

pytestmark = pytest.mark.django_db

SENT = Digests(sent=1, waiting=0, failed=0)
NOTHING = Digests(sent=0, waiting=0, failed=0)


class BrokenServer(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError


def _failed(feed: Feed, *, code: str = "empty_file", minutes: int = 0) -> FeedRun:
    run = FeedRun.objects.create(feed=feed, as_of=NOW.date())
    message = "Ada Quill's row is damaged."
    report.failed(run=run, code=code, message=message, now=NOW + timedelta(minutes=minutes))
    return run


def _came(feed: Feed, day: date, state: str = "applied", **more: object) -> None:
    run = FeedRun.objects.create(feed=feed, as_of=day, state=state, **more)
    FeedRun.objects.filter(pk=run.pk).update(received_at=_noon(day))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _late_days(feed: Feed, first: date, days: int) -> list[date]:
    """The days on which a feed that stays silent is spoken of, were it looked at daily."""
    spoken = []
    for number in range(days):
        day = first + timedelta(days=number)
        if note_late_feeds(now=_noon(day)):
            spoken.append(day)
        assert not note_late_feeds(now=_noon(day))
    return spoken


def test_a_held_run_is_told_with_its_rule_and_numbers(held: FeedRun, curator: User) -> None:
    assert send_digests(now=NOW) == SENT
    (message,) = mail.outbox
    assert message.to == [curator.email]
    assert message.subject == "Civil Directory: 1 notice about tides-senior"
    assert "mass_departure" in message.body
    assert "2 rows" in message.body
    assert "http://127.0.0.1:8000/curate/feeds/tides-senior" in message.body
    assert "Quill" not in message.body


def test_a_refused_delivery_is_told_by_its_code_alone(feed: Feed, curator: User) -> None:
    _failed(feed)
    send_digests(now=NOW)
    assert "Refused: empty_file." in mail.outbox[0].body
    assert "Quill" not in mail.outbox[0].body


def test_what_was_only_tried_is_told_to_nobody(feed: Feed, curator: User, tmp_path: Path) -> None:
    deliver(feed, tmp_path, "first.csv", posts=10)
    deliver(feed, tmp_path, "second.csv", posts=2, days=1, dry_run=True)
    assert not Notice.objects.exists()


def test_a_flood_of_refusals_is_one_message(feed: Feed, curator: User) -> None:
    for _ in range(50):
        _failed(feed)
    assert send_digests(now=NOW) == SENT
    (message,) = mail.outbox
    assert "50 notices" in message.subject
    assert message.body.count("Refused") == 1
    assert "50 times" in message.body


def test_the_first_goes_at_once_and_the_next_with_all_others_when_the_time_is_over(
    feed: Feed, curator: User
) -> None:
    _failed(feed)
    assert send_digests(now=NOW) == SENT
    for minutes in (1, 20, 40):
        _failed(feed, minutes=minutes)
        later = NOW + timedelta(minutes=minutes)
        assert send_digests(now=later) == Digests(sent=0, waiting=1, failed=0)
    assert send_digests(now=NOW + timedelta(minutes=60)) == SENT
    assert "3 notices" in mail.outbox[1].subject
    assert send_digests(now=NOW + timedelta(days=1)) == NOTHING
    assert not Notice.objects.filter(sent_at=None).exists()


def test_how_long_the_next_waits_is_a_setting(
    feed: Feed, curator: User, settings: Settings
) -> None:
    settings.NOTICE_DIGEST_MINUTES = 5
    _failed(feed)
    send_digests(now=NOW)
    _failed(feed)
    assert send_digests(now=NOW + timedelta(minutes=5)) == SENT


def test_all_feeds_of_one_owner_are_one_message(feed: Feed, curator: User) -> None:
    other = Feed.objects.create(
        slug="tides-hr", organisation=feed.organisation, connector="table", name="Tides\nHR"
    )
    _failed(feed)
    _failed(other, code="wrong_encoding")
    assert send_digests(now=NOW) == SENT
    (message,) = mail.outbox
    assert message.subject == "Civil Directory: 2 notices about 2 feeds"
    assert "wrong_encoding" in message.body
    assert "empty_file" in message.body


def test_one_owner_who_waits_keeps_no_other_waiting(feed: Feed, curator: User) -> None:
    _failed(feed)
    send_digests(now=NOW)
    operator = user_with("tom.marlow")
    grant_role(user=operator, role=Grant.Role.FEED_OPERATOR, on=feed, until=None, granted_by=None)
    _failed(feed)
    soon = NOW + timedelta(minutes=1)
    assert send_digests(now=soon) == Digests(sent=1, waiting=1, failed=0)
    assert mail.outbox[1].to == [operator.email]
    assert "1 notice " in mail.outbox[1].subject
    assert send_digests(now=NOW + timedelta(hours=2)) == SENT
    assert mail.outbox[2].to == [curator.email]


def test_a_mail_server_that_is_down_loses_no_notice(
    feed: Feed, curator: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.sync.test_notices.BrokenServer"
    assert _failed(feed).state == FeedRun.State.FAILED
    with caplog.at_level(logging.WARNING):
        assert send_digests(now=NOW) == Digests(sent=0, waiting=0, failed=1)
    assert curator.email not in caplog.text
    with pytest.raises(CommandError):
        call_command("send_notices")
    settings.EMAIL_BACKEND = working
    assert send_digests(now=NOW) == SENT


def test_operators_and_curators_own_a_feed_and_administrators_where_nobody_does(
    feed: Feed,
) -> None:
    administrator = user_with("rosa.quint", Grant.Role.ADMINISTRATOR)
    assert owners_of(feed=feed, now=NOW) == [administrator]
    curator = user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)
    elsewhere = Organisation.objects.create(slug="quays", name="Quays")
    user_with("ned.pier", Grant.Role.CURATOR, on=elsewhere)
    assert owners_of(feed=feed, now=NOW) == [curator]
    Grant.objects.filter(user=curator).update(until=NOW.date() - timedelta(days=1))
    assert owners_of(feed=feed, now=NOW) == [administrator]
    Grant.objects.filter(user=curator).update(until=NOW.date())
    User.objects.filter(pk=curator.pk).update(is_active=False)
    assert owners_of(feed=feed, now=NOW) == [administrator]


def test_where_nobody_can_be_told_yet_whoever_comes_is(feed: Feed) -> None:
    _failed(feed)
    assert send_digests(now=NOW) == NOTHING
    user_with("rosa.quint", Grant.Role.ADMINISTRATOR)
    assert send_digests(now=NOW) == SENT


def test_who_comes_later_is_not_told_what_all_others_were(feed: Feed, curator: User) -> None:
    _failed(feed)
    send_digests(now=NOW)
    user_with("tom.marlow", Grant.Role.CURATOR, on=feed.organisation)
    assert send_digests(now=NOW + timedelta(days=1)) == NOTHING


def test_a_page_shows_the_notices_of_ones_own_feeds(feed: Feed, curator: User) -> None:
    other = Feed.objects.create(
        slug="quays-hr",
        organisation=Organisation.objects.create(slug="quays", name="Quays"),
        connector="table",
    )
    first, second = _failed(feed), _failed(feed, minutes=1)
    _failed(other)
    shown = notices_for(user=curator, now=NOW + timedelta(minutes=2))
    assert [notice.run for notice in shown] == [second, first]
    administrator = user_with("rosa.quint", Grant.Role.ADMINISTRATOR)
    assert len(notices_for(user=administrator, now=NOW)) == 3
    assert not notices_for(user=user_with("ned.pier"), now=NOW)
    assert not notices_for(user=curator, now=NOW + timedelta(days=31))


@pytest.mark.parametrize(
    ("every", "spoken"),
    [
        (1, [date(2026, 4, 3), date(2026, 4, 10), date(2026, 4, 17)]),
        (7, [date(2026, 4, 9), date(2026, 4, 16)]),
        (14, [date(2026, 4, 16)]),
        (30, []),
    ],
)
def test_a_late_feed_is_spoken_of_once_a_cadence_and_once_a_week_at_most(
    feed: Feed, every: int, spoken: list[date]
) -> None:
    Feed.objects.filter(pk=feed.pk).update(expected_every_days=every)
    _came(feed, date(2026, 4, 1))
    assert _late_days(feed, date(2026, 4, 1), 20) == spoken


def test_a_delivery_ends_the_lateness_and_a_refused_one_does_not(feed: Feed) -> None:
    Feed.objects.filter(pk=feed.pk).update(expected_every_days=7)
    _came(feed, date(2026, 4, 1))
    _came(feed, date(2026, 4, 5), "failed", failure_code="empty_file")
    _came(feed, date(2026, 4, 6), dry_run=True)
    assert note_late_feeds(now=_noon(date(2026, 4, 9))) == 1
    assert "last came on 1 April 2026" in Notice.objects.get().text
    _came(feed, date(2026, 4, 10), "held", held_reasons=[{"rule": "mass_departure"}])
    assert _late_days(feed, date(2026, 4, 10), 8) == []


def test_a_feed_that_never_delivered_is_late_from_its_making(feed: Feed) -> None:
    made = date(2026, 4, 1)
    Feed.objects.filter(pk=feed.pk).update(expected_every_days=7, created_at=_noon(made))
    assert _late_days(feed, made, 9) == [date(2026, 4, 9)]
    assert "none came yet" in Notice.objects.get().text


@pytest.mark.parametrize("state", ["paused", "retired"])
def test_no_delivery_is_expected_of_a_feed_that_takes_none(feed: Feed, state: str) -> None:
    Feed.objects.filter(pk=feed.pk).update(expected_every_days=7, state=state)
    _came(feed, date(2026, 4, 1))
    assert not _late_days(feed, date(2026, 4, 1), 20)
