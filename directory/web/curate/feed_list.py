"""The lists of feeds: what somebody looks after, and which of it needs them first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from directory.curating.remit import Remit
from directory.models import Feed, FeedRun, Notice
from directory.sync.notices import notices_for
from directory.web.curate.places import feed_place, run_url
from directory.web.curate.run_page import run_title
from directory.web.curate.wording import Tag, feed_tag, run_tag
from directory.web.places import Place

_NOTICES_SHOWN: Final = 20
#: What is most urgent first.
_URGENCY: Final = {"held": 0, "failed": 1, "late": 2}


@dataclass(frozen=True, slots=True)
class Need:
    """
    One thing about a feed that waits for somebody.

    kind: held, failed or late. url: where to do something about it.
    """

    kind: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Something the person was told about one of their feeds."""

    feed: Place
    made_at: datetime
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list."""

    place: Place
    tag: Tag
    received_at: datetime
    counts: Mapping[str, int]
    file_name: str
    dry_run: bool


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed in a list, with its newest run and what it needs."""

    place: Place
    organisation: str
    tag: Tag
    last_run: RunLine | None
    needs: tuple[Need, ...]


def run_line(*, run: FeedRun) -> RunLine:
    """A run as lists show it."""
    return RunLine(
        place=Place(label=run_title(run=run), url=run_url(run.pk)),
        tag=run_tag(run=run),
        received_at=run.received_at,
        counts=run.counts,
        file_name=run.file_name,
        dry_run=run.dry_run,
    )


def read_feed_lines(*, remit: Remit) -> tuple[FeedLine, ...]:
    """Every feed of a remit: those that need somebody first, then by organisation and name."""
    feeds = list(remit.feeds().order_by("organisation__name", "slug"))
    newest = FeedRun.objects.filter(feed__in=feeds, dry_run=False)
    last_runs = {
        run.feed_id: run for run in newest.order_by("feed_id", "-received_at").distinct("feed_id")
    }
    needs = needs_by_feed(feeds=feeds)
    lines = [
        FeedLine(
            place=feed_place(feed),
            organisation=str(feed.organisation),
            tag=feed_tag(feed=feed),
            last_run=run_line(run=last_runs[feed.pk]) if feed.pk in last_runs else None,
            needs=tuple(needs[feed.pk]),
        )
        for feed in feeds
    ]
    return tuple(sorted(lines, key=_urgency))


def read_notice_lines(*, user: User, now: datetime) -> tuple[NoticeLine, ...]:
    """What was told about their feeds lately, the newest first."""
    return tuple(
        NoticeLine(
            feed=feed_place(notice.feed),
            made_at=notice.made_at,
            text=notice.text,
            url=run_url(notice.run_id) if notice.run_id else feed_place(notice.feed).url,
        )
        for notice in notices_for(user=user, now=now, limit=_NOTICES_SHOWN)
    )


def needs_by_feed(*, feeds: Iterable[Feed]) -> Mapping[UUID, list[Need]]:
    """What waits for somebody, feed by feed, the most urgent first; nothing for retired feeds."""
    wanted = [feed.pk for feed in feeds if feed.state != Feed.State.RETIRED]
    needs: dict[UUID, list[Need]] = defaultdict(list)
    held = FeedRun.objects.filter(feed__in=wanted, state=FeedRun.State.HELD, dry_run=False)
    for run in held.order_by("received_at"):
        text = f"{run_title(run=run)} is held and needs a decision"
        needs[run.feed_id].append(Need("held", text, run_url(run.pk)))
    for run in _newest_failed(wanted):
        text = f"{run_title(run=run)} was refused: {run.failure_message}"
        needs[run.feed_id].append(Need("failed", text, run_url(run.pk)))
    for notice in _late(wanted):
        needs[notice.feed_id].append(Need("late", notice.text, feed_place(notice.feed).url))
    return needs


def _newest_failed(feeds: list[UUID]) -> QuerySet[FeedRun]:
    """Failed runs that no later delivery of the same feed and kind has put right."""
    newest = FeedRun.objects.filter(
        feed=OuterRef("feed"), kind=OuterRef("kind"), dry_run=False
    ).order_by("-received_at")
    return FeedRun.objects.filter(
        feed__in=feeds,
        state=FeedRun.State.FAILED,
        dry_run=False,
        pk=Subquery(newest.values("pk")[:1]),
    ).order_by("-received_at")


def _late(feeds: list[UUID]) -> QuerySet[Notice]:
    """The newest notice of each feed that no delivery has answered."""
    newest = FeedRun.objects.filter(feed=OuterRef("feed"), dry_run=False).order_by("-received_at")
    return (
        Notice.objects.filter(feed__in=feeds, kind=Notice.Kind.LATE)
        .annotate(delivered_at=Subquery(newest.values("received_at")[:1]))
        .filter(Q(delivered_at=None) | Q(delivered_at__lt=F("made_at")))
        .select_related("feed")
        .order_by("feed_id", "-made_at")
        .distinct("feed_id")
    )


def _urgency(line: FeedLine) -> int:
    return min((_URGENCY[need.kind] for need in line.needs), default=len(_URGENCY))
