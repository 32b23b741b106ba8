"""
A directory to try out: invented people, synced as departments would, and a cast to sign in as.

Everything goes through the doors an operator uses. Doing it again finds what is there.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from accounts.demo_links import LINK_LIFETIME
from accounts.models import User
from directory import organisations
from directory.grants import IssuedToken, grant_role, issue_token, withdraw_token
from directory.models import (
    Appointment,
    Credential,
    Feed,
    FeedRun,
    Grant,
    Organisation,
    OrganisationDomain,
    Person,
    Team,
)
from directory.postgresql.grants import OWNER_ALIAS
from directory.record_owners import link
from directory.sync.receiving import Order
from directory.sync.run import sync
from directory.synthetic.cast import CAST, CastMember
from directory.synthetic.generate import generate
from directory.synthetic.manifest import Delivery, Manifest, read_manifest

SEED = 1
READER_NAME = "demo reader"
#: States of a run after which its file needs no second delivery.
SETTLED = (
    FeedRun.State.HELD,
    FeedRun.State.APPROVED,
    FeedRun.State.REJECTED,
    FeedRun.State.APPLIED,
    FeedRun.State.UNDONE,
)

#: A quarter of a year lies between two deliveries of the demo, in which more happens than in the
#: day that a feed's limits are meant for.
QUARTERLY_LIMITS = {
    "departures_limit_percent": 25,
    "changed_limit_percent": 60,
    "blanked_limit_percent": 60,
}

Tell = Callable[[str], object]


class OtherDemo(Exception):
    """The database holds a demo of another size; the message says how to go on."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made; the defaults of the command."""

    people: int = 5000
    organisations: int = 12
    periods: int = 3


@dataclass(frozen=True, slots=True)
class Feeds:
    """The files of a demo, and where they are."""

    folder: Path
    manifest: Manifest

    def digest_of(self, delivery: Delivery) -> str:
        """SHA-256 of a file, as its run keeps it."""
        return hashlib.sha256((self.folder / delivery.path).read_bytes()).hexdigest()


def fill_directory(*, state_dir: Path, size: Size, now: datetime, tell: Tell) -> None:
    """
    Make the files, the organisations and the feeds, and sync period by period.

    state_dir: where the files are kept for the next time.
    tell: gets a line for everything that takes a moment.

    :raises ImpossibleSize: if so many cannot be made.
    :raises OtherDemo: if the database holds a demo of another size.
    """
    feeds = _make_feeds(state_dir=state_dir, size=size, tell=tell)
    _refuse_other_demo(feeds=feeds)
    waiting = list(_unsynced(feeds=feeds))
    if not waiting:
        tell("Everything is synced already.")
        return
    _make_organisations_and_feeds(feeds=feeds, now=now, tell=tell)
    _limit(feeds=feeds, limits=QUARTERLY_LIMITS)
    for number, (_, deliveries) in enumerate(
        groupby(waiting, key=lambda one: (one.as_of, one.organisation))
    ):
        _sync(feeds=feeds, deliveries=list(deliveries), now=now, tell=tell)
        # After the 1st, 2nd, 4th, 8th …, as often as the tables double.
        if number & (number + 1) == 0:
            _count_rows()
    # What is delivered from now on is judged as any feed's deliveries are.
    usual = Feed()
    _limit(feeds=feeds, limits={name: getattr(usual, name) for name in QUARTERLY_LIMITS})


def _make_feeds(*, state_dir: Path, size: Size, tell: Tell) -> Feeds:
    folder = state_dir / "demo" / f"{size.people}-{size.organisations}-{size.periods}"
    try:
        return Feeds(folder, read_manifest(directory=folder))
    except (FileNotFoundError, ValueError):
        tell(f"Inventing {size.people:,} people in {size.organisations} organisations …")
    manifest = generate(
        folder,
        people=size.people,
        seed=SEED,
        periods=size.periods,
        organisations=size.organisations,
    )
    return Feeds(folder, manifest)


def _refuse_other_demo(*, feeds: Feeds) -> None:
    """A file of another demo would look like everybody leaving, and be held."""
    for delivery in feeds.manifest.deliveries:
        if delivery.period:
            continue
        runs = FeedRun.objects.filter(
            feed__slug=delivery.feed, kind=delivery.kind, state__in=SETTLED
        )
        if runs.exists() and not runs.filter(content_digest=feeds.digest_of(delivery)).exists():
            raise OtherDemo(
                "The database holds another demo: run demo with the numbers it was made with, "
                "or empty the database first with manage.py flush."
            )


def _unsynced(*, feeds: Feeds) -> Iterator[Delivery]:
    settled = set(
        FeedRun.objects.filter(state__in=SETTLED).values_list("feed__slug", "content_digest")
    )
    for delivery in feeds.manifest.deliveries:
        if (delivery.feed, feeds.digest_of(delivery)) not in settled:
            yield delivery


def _make_organisations_and_feeds(*, feeds: Feeds, now: datetime, tell: Tell) -> None:
    tell("Loading the organisations …")
    manifest, folder = feeds.manifest, feeds.folder
    document = json.loads((folder / manifest.organisations_file).read_text(encoding="utf-8"))
    organisations.load(document=document, now=now)
    for entry in manifest.organisations:
        OrganisationDomain.objects.get_or_create(
            organisation=Organisation.objects.get(slug=entry.slug), domain=entry.email_domain
        )
    first = {delivery.feed: delivery for delivery in reversed(manifest.deliveries)}
    for slug, delivery in first.items():
        mapping = [f"--mapping={folder / delivery.mapping}"] if delivery.mapping else []
        call_command(
            "create_feed",
            slug,
            f"--organisation={delivery.organisation}",
            f"--connector={delivery.connector}",
            *mapping,
            stdout=io.StringIO(),
        )


def _sync(*, feeds: Feeds, deliveries: list[Delivery], now: datetime, tell: Tell) -> None:
    """Sync what one organisation delivered for one period."""
    first = deliveries[0]
    organisation = Organisation.objects.get(slug=first.organisation)
    people = sum(delivery.in_post for delivery in deliveries)
    tell(f"Syncing {organisation.name}, {first.as_of:%B %Y}: {people:,} people …")
    for delivery in deliveries:
        order = Order(
            feed=Feed.objects.select_related("organisation").get(slug=delivery.feed),
            path=feeds.folder / delivery.path,
            as_of=delivery.as_of,
            complete=delivery.complete,
            submitted_by=None,
            dry_run=False,
            now=min(now, _delivered_at(delivery)),
        )
        for run in sync(order=order):
            if run.state == FeedRun.State.HELD:
                reasons = " ".join(reason["message"] for reason in run.held_reasons)
                tell(f"  {delivery.path} waits for approval: {reasons}")
            elif run.state != FeedRun.State.APPLIED:
                tell(f"  {delivery.path} was refused: {run.failure_message}")


def _delivered_at(delivery: Delivery) -> datetime:
    """
    The morning of the day a delivery describes.

    Months are synced in a minute, and the week's safeguard would add their leavers up.
    """
    return datetime.combine(delivery.as_of, time(9), tzinfo=UTC)


def _limit(*, feeds: Feeds, limits: Mapping[str, int]) -> None:
    """Set what a run of the demo's feeds may do by itself."""
    slugs = {delivery.feed for delivery in feeds.manifest.deliveries}
    Feed.objects.filter(slug__in=slugs).update(**limits)


def _count_rows() -> None:
    """
    Let the planner know how full the tables are now.

    PostgreSQL does so by itself, about a minute later, and plans for empty tables until then.
    """
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute("ANALYZE")


def cast_users() -> list[tuple[CastMember, User]]:
    """The cast, each with the role they play; to be called after `fill_directory`."""
    users = []
    for member in CAST:
        user = User.objects.known_by(member.email)
        role, on = _part(member)
        grant_role(user=user, role=role, on=on, until=None, granted_by=None)
        record = Person.objects.get(email=member.email, merged_into=None)
        link(user=user, person=record, linked_by=None)
        users.append((member, user))
    return users


def _part(member: CastMember) -> tuple[Grant.Role, Organisation | Team | Feed | None]:
    """The role of a cast member, and what it is held on."""
    if member.role == "team_leader":
        return Grant.Role.TEAM_LEADER, _team_of(member)
    if member.role == "department_curator":
        return Grant.Role.CURATOR, Organisation.objects.get(slug=member.organisation_slug)
    if member.role == "hr_operator":
        feed = Feed.objects.filter(organisation__slug=member.organisation_slug)
        return Grant.Role.FEED_OPERATOR, feed.earliest("created_at")
    if member.role == "auditor":
        return Grant.Role.AUDITOR, None
    return Grant.Role.OFFICIAL, None


def _team_of(member: CastMember) -> Team:
    """
    The team a cast member works in.

    :raises Appointment.DoesNotExist: if their feed was not applied.
    """
    held = Appointment.objects.select_related("post__team").get(
        person__email=member.email, ends_on=None
    )
    return held.post.team


def reader_token(*, now: datetime) -> IssuedToken:
    """
    A token for trying the API, as long-lived as the links.

    Tokens of earlier runs go on working, until they have expired and are cleared away here.
    """
    for credential in Credential.objects.filter(
        name=READER_NAME, issued_at__lt=now - LINK_LIFETIME
    ):
        withdraw_token(credential=credential)
    days = LINK_LIFETIME // timedelta(days=1)
    return issue_token(name=READER_NAME, expires_days=days, now=now)
