"""
Feeds are made, changed, paused, resumed and retired; each leaves a line in the feed's trail.

Retiring a feed makes no leavers: the people and posts it vouched for stay as they are.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.registry import CONNECTORS
from directory.curating.remit import FeedRefused, MayNotCurate, remit_of, require_decider
from directory.grants import withdraw_token
from directory.models import Feed, FeedRun, FeedTrailEntry, Organisation

Deed = FeedTrailEntry.Deed

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: States in which a run still has something to come.
UNSETTLED: Final = (
    FeedRun.State.RECEIVED,
    FeedRun.State.PARSED,
    FeedRun.State.PLANNED,
    FeedRun.State.HELD,
    FeedRun.State.APPROVED,
)


class WrongSlug(FeedRefused):
    """The address of a feed is not written so."""


class SlugTaken(FeedRefused):
    """Another feed has this address."""


class UnknownConnector(FeedRefused):
    """No layout has this name."""


class MappingRefused(FeedRefused):
    """The connector cannot follow the mapping; the message names the setting."""


class WrongLimit(FeedRefused):
    """A limit is no share from 0 to 100 %, or no number."""


class ReasonMissing(FeedRefused):
    """Whoever looks after the feed next has to know why."""


class AlreadyRetired(FeedRefused):
    """A retired feed is never changed again."""


class RunsUnsettled(FeedRefused):
    """A run of the feed is under way or waits for a decision."""


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """The limits of a feed, each as the field of `Feed` with its name; None for no cadence."""

    departures_limit_percent: Decimal
    departures_floor: int
    week_departures_limit_percent: Decimal
    week_departures_floor: int
    known_keys_floor_percent: Decimal
    changed_limit_percent: Decimal
    blanked_limit_percent: Decimal
    faults_limit_percent: Decimal
    faults_floor: int
    expected_every_days: int | None


def limits_of(*, feed: Feed) -> FeedLimits:
    """The limits a feed has now."""
    return FeedLimits(**{name: getattr(feed, name) for name in FeedLimits.__dataclass_fields__})


@transaction.atomic
def create_feed(
    *,
    slug: str,
    name: str,
    organisation: Organisation,
    connector: str,
    mapping: Mapping[str, Any],
    actor: User,
    now: datetime,
) -> Feed:
    """
    A new feed of an organisation, with the limits every feed starts with.

    :raises FeedRefused: by the name of what speaks against it.
    """
    remit = remit_of(user=actor, now=now)
    if not (remit.everywhere or organisation.pk in remit.organisation_ids):
        raise MayNotCurate(
            f"{actor.email} needs the role curator on {organisation.slug}, or administrator."
        )
    if not _SLUG.fullmatch(slug) or len(slug) > 100:
        raise WrongSlug("Use small letters, digits and single hyphens, such as treasury-hr.")
    if Feed.objects.filter(slug__iexact=slug).exists():
        # Never whose: another organisation's feeds do not exist for a curator.
        raise SlugTaken("This address is taken; choose another.")
    if connector not in CONNECTORS:
        raise UnknownConnector("Choose one of the layouts.")
    _check_mapping(connector=connector, mapping=mapping)
    feed = Feed.objects.create(
        slug=slug,
        name=name.strip(),
        organisation=organisation,
        connector=connector,
        mapping=dict(mapping),
    )
    write_trail(feed=feed, deed=Deed.CREATED, note=f"Created for {organisation}.", by=actor, at=now)
    return feed


def rename(*, feed: Feed, name: str, actor: User, now: datetime) -> Feed:
    """
    Give the feed another name; its address stays.

    :raises FeedRefused: by the name of what speaks against it.
    """
    with _changing(feed, actor, now) as held:
        before, held.name = str(held), name.strip()
        if str(held) != before:
            held.save(update_fields=["name"])
            note = f"Was called {before}, is called {held}."
            write_trail(feed=held, deed=Deed.RENAMED, note=note, by=actor, at=now)
    return held


def set_limits(*, feed: Feed, limits: FeedLimits, actor: User, now: datetime) -> Feed:
    """
    What one run of the feed may do by itself, and how often a delivery is expected.

    :raises FeedRefused: by the name of what speaks against it.
    """
    said = asdict(limits)
    for name, value in said.items():
        if name.endswith("_percent") and not (value.is_finite() and 0 <= value <= 100):
            raise WrongLimit("A share is a number from 0 to 100.")
        if name.endswith("_floor") and not 0 <= value <= 1_000_000:
            raise WrongLimit("A number of people or rows is a whole number from 0.")
    if limits.expected_every_days is not None and not 1 <= limits.expected_every_days <= 3_650:
        raise WrongLimit("Days between two deliveries are a whole number from 1 to 3,650.")
    with _changing(feed, actor, now) as held:
        changed = {
            name: (getattr(held, name), value)
            for name, value in said.items()
            if getattr(held, name) != value
        }
        if changed:
            for name, (_, value) in changed.items():
                setattr(held, name, value)
            held.save(update_fields=list(changed))
            write_trail(feed=held, deed=Deed.LIMITS, note=_told(changed), by=actor, at=now)
    return held


def set_mapping(*, feed: Feed, mapping: Mapping[str, Any], actor: User, now: datetime) -> Feed:
    """
    How the feed's columns and words become ours; the next delivery is read anew in whole.

    mapping: as parsed from TOML.

    :raises MappingRefused: if the feed's connector cannot follow it.
    :raises FeedRefused: by the name of what else speaks against it.
    """
    _check_mapping(connector=feed.connector, mapping=mapping)
    with _changing(feed, actor, now) as held:
        if held.mapping != dict(mapping):
            held.mapping = dict(mapping)
            held.save(update_fields=["mapping"])
            note = "Every row of the next delivery is read again."
            write_trail(feed=held, deed=Deed.MAPPING, note=note, by=actor, at=now)
    return held


def pause(*, feed: Feed, reason: str, actor: User, now: datetime) -> Feed:
    """
    Take no deliveries until the feed is resumed; a run that waits can still be decided.

    :raises FeedRefused: by the name of what speaks against it.
    """
    _require_reason(reason)
    with _changing(feed, actor, now) as held:
        if held.state != Feed.State.PAUSED:
            _enter(held, Feed.State.PAUSED)
            write_trail(feed=held, deed=Deed.PAUSED, reason=reason.strip(), by=actor, at=now)
    return held


def resume(*, feed: Feed, actor: User, now: datetime) -> Feed:
    """
    Take deliveries again.

    :raises FeedRefused: by the name of what speaks against it.
    """
    with _changing(feed, actor, now) as held:
        if held.state != Feed.State.LIVE:
            _enter(held, Feed.State.LIVE)
            write_trail(feed=held, deed=Deed.RESUMED, by=actor, at=now)
    return held


def retire(*, feed: Feed, reason: str, actor: User, now: datetime) -> Feed:
    """
    End the feed for good: no delivery is taken any more, its tokens open nothing.

    Nobody leaves by it: whom it vouched for, and their posts, stay as they are.

    :raises RunsUnsettled: while a run is under way or waits for a decision.
    :raises FeedRefused: by the name of what else speaks against it.
    """
    _require_reason(reason)
    with _changing(feed, actor, now) as held:
        require_settled(feed=held)
        tokens = list(held.credentials.all())
        for credential in tokens:
            withdraw_token(credential=credential)
        _enter(held, Feed.State.RETIRED)
        note = "Its people and posts stay."
        if tokens:
            note += f" Tokens withdrawn: {len(tokens)}."
        write_trail(
            feed=held, deed=Deed.RETIRED, note=note, reason=reason.strip(), by=actor, at=now
        )
    return held


def require_settled(*, feed: Feed) -> None:
    """
    Let through a feed none of whose runs has anything to come.

    :raises RunsUnsettled: otherwise.
    """
    open_runs = FeedRun.objects.filter(feed=feed, state__in=UNSETTLED, dry_run=False).count()
    if open_runs:
        raise RunsUnsettled(
            f"{open_runs} {'run is' if open_runs == 1 else 'runs are'} under way or held;"
            " wait for them, or release or reject them first."
        )


def require_open(*, feed: Feed) -> None:
    """
    Let through a feed that is not retired.

    :raises AlreadyRetired: otherwise.
    """
    if feed.state == Feed.State.RETIRED:
        raise AlreadyRetired("This feed is retired; nothing about it is changed any more.")


def write_trail(
    *, feed: Feed, deed: str, by: User | None, at: datetime, note: str = "", reason: str = ""
) -> None:
    """Add a line to the feed's trail."""
    FeedTrailEntry.objects.create(feed=feed, deed=deed, note=note, reason=reason, by=by, at=at)


@contextmanager
def _changing(feed: Feed, actor: User, now: datetime) -> Iterator[Feed]:
    """The feed as it stands, locked against a second change at once, if this person may."""
    require_decider(user=actor, feed=feed, now=now)
    with transaction.atomic():
        held = (
            Feed.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=feed.pk)
        )
        require_open(feed=held)
        yield held


def _enter(feed: Feed, state: Feed.State) -> None:
    feed.state = state
    feed.save(update_fields=["state"])


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("Say why; the reason is kept with the feed.")


def _check_mapping(*, connector: str, mapping: Mapping[str, Any]) -> None:
    try:
        CONNECTORS[connector].check_mapping(mapping=mapping)
    except UnreadableDelivery as refusal:
        raise MappingRefused(refusal.message) from None


def _told(changed: Mapping[str, tuple[object, object]]) -> str:
    """What changed in words: `departures limit percent 5.00 to 10.00; …`."""
    return "; ".join(
        f"{name.replace('_', ' ')} {'none' if old is None else old} to "
        f"{'none' if new is None else new}"
        for name, (old, new) in changed.items()
    )
