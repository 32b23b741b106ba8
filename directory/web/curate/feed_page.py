"""What the page of a feed shows: what it needs, its runs, its settings, tokens and trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from directory.curating.remit import FeedRights
from directory.grants import held_tokens
from directory.models import Feed, FeedRun, FeedTrailEntry, SourceRecord
from directory.web.curate.feed_list import Need, RunLine, needs_by_feed, run_line
from directory.web.curate.places import FEEDS, HOME
from directory.web.curate.wording import Tag, feed_tag
from directory.web.places import Place, organisation_url

#: Runs on one page.
RUNS_PER_PAGE: Final = 20
_TRAIL_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token that opens the feed; key is its visible beginning."""

    credential_id: UUID
    name: str
    key: str
    issued_at: datetime
    expires_at: datetime | None
    is_expired: bool
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit, in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """
    One feed as one person sees it.

    vouched_for: people in post whom the feed names now. is_retired: nothing about it changes.
    """

    feed: Feed
    tag: Tag
    organisation: Place
    above: tuple[Place, ...]
    needs: tuple[Need, ...]
    runs: tuple[RunLine, ...]
    page: int
    has_next: bool
    vouched_for: int
    limits: tuple[LimitLine, ...]
    tokens: tuple[TokenLine, ...]
    trail: tuple[FeedTrailEntry, ...]
    may_decide: bool
    takes_deliveries: bool
    is_retired: bool


def read_feed_page(*, feed: Feed, rights: FeedRights, page: int, now: datetime) -> FeedPage:
    """
    The page of a feed.

    page: of its runs, from 1.
    """
    start = (page - 1) * RUNS_PER_PAGE
    runs = list(FeedRun.objects.filter(feed=feed)[start : start + RUNS_PER_PAGE + 1])
    vouched_for = SourceRecord.objects.filter(
        feed=feed, kind="person", state=SourceRecord.State.CURRENT
    )
    return FeedPage(
        feed=feed,
        tag=feed_tag(feed=feed),
        organisation=Place(str(feed.organisation), organisation_url(feed.organisation.slug)),
        above=(HOME, FEEDS),
        needs=tuple(needs_by_feed(feeds=[feed])[feed.pk]),
        runs=tuple(run_line(run=run) for run in runs[:RUNS_PER_PAGE]),
        page=page,
        has_next=len(runs) > RUNS_PER_PAGE,
        vouched_for=vouched_for.count(),
        limits=limit_lines(feed=feed),
        tokens=tuple(token_lines(feed=feed, now=now)) if rights.may_decide else (),
        trail=tuple(feed.trail.select_related("by")[:_TRAIL_SHOWN]),
        may_decide=rights.may_decide,
        takes_deliveries=feed.state == Feed.State.LIVE,
        is_retired=feed.state == Feed.State.RETIRED,
    )


def token_lines(*, feed: Feed, now: datetime) -> Sequence[TokenLine]:
    """The feed's tokens, the newest first."""
    return [
        TokenLine(
            credential_id=held.credential.pk,
            name=held.credential.name,
            key=held.credential.token_key,
            issued_at=held.credential.issued_at,
            expires_at=held.expires_at,
            is_expired=held.expires_at is not None and held.expires_at <= now,
            last_used_at=held.last_used_at,
        )
        for held in held_tokens(feed=feed)
    ]


def limit_lines(*, feed: Feed) -> tuple[LimitLine, ...]:
    """What holds a run of the feed, in words."""
    days = feed.expected_every_days
    return (
        LimitLine(
            "People and posts leaving in one run",
            f"more than {feed.departures_floor} and more than {_share(feed, 'departures_limit')}",
        ),
        LimitLine(
            "Leaving within seven days",
            f"more than {feed.week_departures_floor} and more than "
            f"{_share(feed, 'week_departures_limit')}",
        ),
        LimitLine("Known keys in a complete file", f"less than {_share(feed, 'known_keys_floor')}"),
        LimitLine("Rows in which one column changes", f"more than {_share(feed, 'changed_limit')}"),
        LimitLine("Values of a column going blank", f"more than {_share(feed, 'blanked_limit')}"),
        LimitLine(
            "Rows in error",
            f"more than {feed.faults_floor} and more than {_share(feed, 'faults_limit')}",
        ),
        LimitLine(
            "Without a delivery",
            f"more than {days} day{'' if days == 1 else 's'}" if days else "never told of",
        ),
    )


def _share(feed: Feed, name: str) -> str:
    return f"{float(getattr(feed, f'{name}_percent')):g} %"
