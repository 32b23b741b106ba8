"""
Feeds are made, changed, paused, resumed and retired; each leaves a line in the feed's trail.

Retiring a feed makes no leavers: the people and posts it vouched for stay as they are.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.registry import CONNECTORS
from directory.curating.changing import Deed, changing, require_settled, write_trail
from directory.curating.remit import FeedRefused, MayNotCurate, remit_of
from directory.grants import withdraw_token
from directory.models import Feed, Organisation

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class WrongSlug(FeedRefused):
    """The address of a feed is not written so."""


class SlugTaken(FeedRefused):
    """Another feed has this address."""


class UnknownConnector(FeedRefused):
    """No layout has this name."""


class MappingRefused(FeedRefused):
    """The connector cannot follow the mapping; the message names the setting."""


class ReasonMissing(FeedRefused):
    """Whoever looks after the feed next has to know why."""


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
    with changing(feed=feed, actor=actor, now=now) as held:
        before, held.name = str(held), name.strip()
        if str(held) != before:
            held.save(update_fields=["name"])
            note = f"Was called {before}, is called {held}."
            write_trail(feed=held, deed=Deed.RENAMED, note=note, by=actor, at=now)
    return held


def set_mapping(*, feed: Feed, mapping: Mapping[str, Any], actor: User, now: datetime) -> Feed:
    """
    How the feed's columns and words become ours; the next delivery is read anew in whole.

    mapping: as parsed from TOML.

    :raises MappingRefused: if the feed's connector cannot follow it.
    :raises FeedRefused: by the name of what else speaks against it.
    """
    _check_mapping(connector=feed.connector, mapping=mapping)
    with changing(feed=feed, actor=actor, now=now) as held:
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
    with changing(feed=feed, actor=actor, now=now) as held:
        if held.state != Feed.State.PAUSED:
            _enter(held, Feed.State.PAUSED)
            write_trail(feed=held, deed=Deed.PAUSED, reason=reason.strip(), by=actor, at=now)
    return held


def resume(*, feed: Feed, actor: User, now: datetime) -> Feed:
    """
    Take deliveries again.

    :raises FeedRefused: by the name of what speaks against it.
    """
    with changing(feed=feed, actor=actor, now=now) as held:
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
    with changing(feed=feed, actor=actor, now=now) as held:
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
