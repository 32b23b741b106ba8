"""
Tells people what was noted about their feeds: one e-mail for all of it, not a flood.

At least once: a digest and the record that it went stand or fall together, and the record
is written first. Should the database go away in the instant after the mail server took a
digest, it goes again; the other way round a held run might wait for somebody never told.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, Max, Q
from django.template.loader import render_to_string

from accounts.models import User
from directory.models import Feed, Notice, NoticeReceipt
from directory.postgresql.advisory_locks import Namespace, is_ours
from directory.sync.notices import owners_of

#: Lines about one feed in a digest; the rest are counted.
_MOST_LINES = 10

_log = logging.getLogger(__name__)


class _Outcome(StrEnum):
    SENT = "sent"
    WAITS = "waits"
    FAILED = "failed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Digests:
    """
    sent: digests that went. waiting: people told so lately that the next has to wait.
    failed: digests the mail server did not take, which go with the next attempt.
    """

    sent: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Line:
    """What a digest says at once of notices that say the same."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class _Part:
    """What a digest says of one feed. more: notices beyond its lines."""

    feed: Feed
    url: str
    lines: tuple[_Line, ...]
    more: int


def send_digests(*, now: datetime) -> Digests:
    """
    Send everybody one e-mail about all that their feeds have to tell and they were not told.

    Whoever was told within NOTICE_DIGEST_MINUTES waits; after a quiet time the first notice
    goes at once. Called as often as wanted, by several workers at once too.
    """
    untold = Notice.objects.filter(sent_at=None)
    feeds = Feed.objects.filter(pk__in=untold.values("feed")).select_related("organisation")
    owners = {feed: owners_of(feed=feed, now=now) for feed in feeds.order_by("slug")}
    feeds_of: dict[User, list[Feed]] = defaultdict(list)
    for feed, users in owners.items():
        for user in users:
            feeds_of[user].append(feed)
    outcomes = Counter(_send(user=user, feeds=own, now=now) for user, own in feeds_of.items())
    for feed, users in owners.items():
        _close(feed=feed, owners=users, now=now)
    return Digests(
        sent=outcomes[_Outcome.SENT],
        waiting=outcomes[_Outcome.WAITS],
        failed=outcomes[_Outcome.FAILED],
    )


def _send(*, user: User, feeds: Sequence[Feed], now: datetime) -> _Outcome:
    try:
        with transaction.atomic():
            # Somebody else may be telling this person just now.
            if not is_ours(namespace=Namespace.NOTICE_DIGEST, number=user.pk):
                return _Outcome.WAITS
            notices = list(
                Notice.objects.filter(feed__in=feeds, sent_at=None)
                .exclude(receipts__user=user)
                .order_by("made_at", "pk")
            )
            if not notices:
                return _Outcome.NOTHING
            if _was_told_lately(user, now):
                return _Outcome.WAITS
            NoticeReceipt.objects.bulk_create(
                NoticeReceipt(notice=notice, user=user, sent_at=now) for notice in notices
            )
            _message(user=user, feeds=feeds, notices=notices).send()
    except (SMTPException, OSError) as error:
        _log.warning("A digest of %d feeds was not sent: %s", len(feeds), type(error).__name__)
        return _Outcome.FAILED
    return _Outcome.SENT


def _was_told_lately(user: User, now: datetime) -> bool:
    last = NoticeReceipt.objects.filter(user=user).aggregate(at=Max("sent_at"))["at"]
    return last is not None and last > now - timedelta(minutes=settings.NOTICE_DIGEST_MINUTES)


def _close(*, feed: Feed, owners: Sequence[User], now: datetime) -> None:
    """Whoever comes to look after the feed later is not told what everybody was told before."""
    told = Count("receipts", filter=Q(receipts__user__in=owners))
    done = Notice.objects.filter(feed=feed, sent_at=None).annotate(told=told)
    if owners:
        ids = done.filter(told__gte=len(owners)).values_list("pk", flat=True)
        Notice.objects.filter(pk__in=list(ids)).update(sent_at=now)


def _message(*, user: User, feeds: Sequence[Feed], notices: Sequence[Notice]) -> EmailMessage:
    parts = [
        part
        for feed in feeds
        if (part := _part(feed, [notice for notice in notices if notice.feed_id == feed.pk])).lines
    ]
    total = len(notices)
    told = "1 notice" if total == 1 else f"{total:,} notices"
    about = str(parts[0].feed) if len(parts) == 1 else f"{len(parts)} feeds"
    return EmailMessage(
        # A feed's name is typed by people, and a subject is one line.
        subject=" ".join(f"Civil Directory: {told} about {about}".split()),
        body=render_to_string(
            "notices/digest.txt", {"parts": parts, "minutes": settings.NOTICE_DIGEST_MINUTES}
        ),
        to=[user.email],
    )


def _part(feed: Feed, notices: Sequence[Notice]) -> _Part:
    """The latest first; notices of one wording are one line."""
    times = Counter(notice.text for notice in reversed(notices))
    lines = tuple(_Line(text=text, times=count) for text, count in times.items())
    return _Part(
        feed=feed,
        url=f"{settings.PUBLIC_URL}/curate/feeds/{feed.slug}",
        lines=lines[:_MOST_LINES],
        more=sum(line.times for line in lines[_MOST_LINES:]),
    )
