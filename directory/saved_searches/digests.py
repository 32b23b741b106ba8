"""
Tells people who is new in their saved searches: one e-mail a day about all of them at most.

At least once: a digest and the record of what was told stand or fall together, and the record is
written first, as with the notices of feeds (`sync.digests`).
"""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.admission import may_sign_in
from accounts.models import User
from directory.models import SavedSearch, SearchDigest
from directory.postgresql.advisory_locks import Namespace, is_ours
from directory.postgresql.disturbances import DISTURBANCES
from directory.record_owners import still_here
from directory.saved_searches.news import MOST_PEOPLE, News, news_of
from directory.search.query import QueryTooLong
from directory.search.within_time import SearchTooSlow

#: Whoever could not be told waits so long, so that others have their turn.
RETRY_AFTER: Final = timedelta(minutes=15)

_log = logging.getLogger(__name__)


class _Outcome(StrEnum):
    SENT = "sent"
    NOTHING = "nothing"
    FAILED = "failed"
    SERVER_DOWN = "server down"


@dataclass(frozen=True, slots=True)
class SearchDigests:
    """
    sent: digests that went. failed: those that did not, because of the mail server or a fault of
    ours; they go with a later attempt. nothing: people with nothing to be told today.
    """

    sent: int
    failed: int
    nothing: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a digest says of one search; url: the search itself."""

    search: SavedSearch
    news: News
    url: str


def send_search_digests(*, now: datetime, seconds: float | None = None) -> SearchDigests:
    """
    Compare, from SEARCH_DIGEST_HOUR on and once a day, everybody's saved searches with a digest,
    and tell those in whose searches somebody is new.

    Called as often as wanted, by several workers at once too; what a call does not come to, the
    next one does.

    seconds: begin with nobody else after so long; None to see to all.
    """
    local = timezone.localtime(now)
    outcomes: Counter[_Outcome] = Counter()
    if local.hour >= settings.SEARCH_DIGEST_HOUR:
        end = None if seconds is None else time.monotonic() + seconds
        for user in _due(now=now, today=local.date()):
            if end is not None and time.monotonic() > end:
                break
            outcome = _see_to(user=user, now=now, today=local.date())
            outcomes[outcome] += 1
            if outcome is _Outcome.SERVER_DOWN:
                break
    return SearchDigests(
        sent=outcomes[_Outcome.SENT],
        failed=outcomes[_Outcome.FAILED] + outcomes[_Outcome.SERVER_DOWN],
        nothing=outcomes[_Outcome.NOTHING],
    )


def _due(*, now: datetime, today: date) -> list[User]:
    """Who has a digest and was not seen to today; whoever could not be told before comes last."""
    wanted = SavedSearch.objects.filter(user=OuterRef("pk"), digest=True)
    looked, tried = "search_digest__looked_on", F("search_digest__tried_at")
    users = still_here(users=User.objects.all()).filter(
        Exists(wanted),
        Q(**{looked: None}) | Q(**{f"{looked}__lt": today}),
        Q(search_digest__tried_at=None) | Q(search_digest__tried_at__lte=now - RETRY_AFTER),
        is_active=True,
    )
    return [
        user
        for user in users.order_by(tried.asc(nulls_first=True), "pk")
        # Who may not sign in is told nothing, even while their account is still there.
        if not user.is_machine and may_sign_in(address=user.email)
    ]


def _see_to(*, user: User, now: datetime, today: date) -> _Outcome:
    """Compare one person's searches, and tell them who is new."""
    try:
        with transaction.atomic():
            # Somebody else may be telling this person just now.
            if not is_ours(namespace=Namespace.SEARCH_DIGEST, number=user.pk):
                return _Outcome.NOTHING
            state, _ = SearchDigest.objects.get_or_create(user=user)
            may_be_told = still_here(users=User.objects.filter(pk=user.pk, is_active=True)).exists()
            if not may_be_told or (state.looked_on and state.looked_on >= today):
                return _Outcome.NOTHING
            parts = _compare(user=user, now=now)
            state.looked_on = today
            state.sent_at = now if parts else state.sent_at
            state.save(update_fields=["looked_on", "sent_at"])
            if not parts:
                return _Outcome.NOTHING
            _message(user=user, parts=parts).send()
    except DISTURBANCES:
        raise
    except (SMTPException, OSError) as error:
        _log.warning("A digest of saved searches was not sent: %s", type(error).__name__)
        _try_later(user, now)
        only_theirs = isinstance(error, SMTPRecipientsRefused)
        return _Outcome.FAILED if only_theirs else _Outcome.SERVER_DOWN
    except Exception as error:  # noqa: BLE001 - what is wrong with one keeps nobody else waiting
        # Where, and never what: the values are somebody's.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("A digest of saved searches crashed with %s:\n%s", type(error).__name__, where)
        _try_later(user, now)
        return _Outcome.FAILED
    return _Outcome.SENT


def _try_later(user: User, now: datetime) -> None:
    SearchDigest.objects.update_or_create(user=user, defaults={"tried_at": now})


def _compare(*, user: User, now: datetime) -> list[Part]:
    """What is to be told; that it is known from now on is written with it."""
    parts = []
    for search in SavedSearch.objects.filter(user=user, digest=True).order_by(Lower("name"), "pk"):
        try:
            news = news_of(user=user, search=search, now=now)
        except (SearchTooSlow, QueryTooLong) as refusal:
            _log.warning("A saved search was not compared: %s", type(refusal).__name__)
            continue
        _remember(search, news, now)
        if news.people or news.matching is None:
            url = f"{settings.PUBLIC_URL}/search?{search.asked}"
            parts.append(Part(search=search, news=news, url=url))
    return parts


def _remember(search: SavedSearch, news: News, now: datetime) -> None:
    """Only what changed is written: the ids of a thousand people are long, and seldom others."""
    row = SavedSearch.objects.filter(pk=search.pk)
    if news.matching is None:
        row.update(digest=False, known=None, compared_at=now)
    elif news.matching != frozenset(search.known or ()):
        row.update(known=sorted(news.matching), compared_at=now)
    else:
        row.update(compared_at=now)


def _message(*, user: User, parts: Sequence[Part]) -> EmailMessage:
    # Who is new in two searches is one person.
    people = len(frozenset().union(*(part.news.new for part in parts)))
    about = f"“{parts[0].search.name}”" if len(parts) == 1 else f"{len(parts)} saved searches"
    new = "1 new person" if people == 1 else f"{people:,} new people"
    subject = f"{new} in {about}" if people else f"No more e-mails about {about}"
    mine = f"{settings.PUBLIC_URL}/me/searches"
    return EmailMessage(
        subject=f"Civil Directory: {subject}",
        body=render_to_string(
            "notices/saved_searches.txt",
            {
                "parts": parts,
                "people_url": f"{settings.PUBLIC_URL}/people",
                "mine_url": mine,
                "most": MOST_PEOPLE,
            },
        ),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{mine}>"},
    )
