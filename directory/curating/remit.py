"""
Who may curate which feed, and who may take lists of people out of the directory or see who did:
read once for each request, asked before every change.

A feed that somebody may not see does not exist for them, so whoever looks for it is told
the same as if it never had.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from directory.grants import current_grants
from directory.models import Feed, FeedRun, Grant, Organisation
from directory.orgtree import organisations_below


class FeedNotFound(Exception):
    """There is no such feed or run, or none for this person."""


class FeedRefused(Exception):
    """A change to a feed that cannot be made; nothing was changed. The message says what to do."""


class MayNotCurate(FeedRefused):
    """The person's role does not reach that far."""


@dataclass(frozen=True, slots=True)
class FeedRights:
    """
    What one person may do with one feed.

    may_deliver: see its runs and faults, upload, and try a mapping.
    may_decide: also create, change, pause and retire it, release and undo runs, issue tokens.
    """

    may_deliver: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Remit:
    """
    What one person may curate among all feeds.

    everywhere: an administrator. organisation_ids: bodies whose curator they are, and those below.
    feed_ids: feeds they operate. audits: an auditor, who curates nothing by that.
    """

    everywhere: bool
    organisation_ids: frozenset[UUID]
    feed_ids: frozenset[UUID]
    audits: bool = False

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.organisation_ids or self.feed_ids)

    @property
    def may_create(self) -> bool:
        """Whether there is an organisation they may make a feed for."""
        return self.everywhere or bool(self.organisation_ids)

    @property
    def may_read_searches(self) -> bool:
        """Whether they see what was searched for in vain: those who give things their names."""
        return self.everywhere or bool(self.organisation_ids)

    @property
    def may_export(self) -> bool:
        """Whether they may download the people a search finds."""
        return self.everywhere or self.audits or bool(self.organisation_ids)

    @property
    def may_read_exports(self) -> bool:
        """Whether they see who downloaded whom, and why."""
        return self.everywhere or self.audits

    @property
    def may_read_trail(self) -> bool:
        """Whether they see what was done, by whom, and who looked."""
        return self.everywhere or self.audits

    @property
    def may_grant(self) -> bool:
        """Whether there is a role they may give somebody."""
        return self.everywhere or bool(self.organisation_ids)

    def rights(self, *, feed: Feed) -> FeedRights:
        """What they may do with this feed."""
        decides = self.everywhere or feed.organisation_id in self.organisation_ids
        return FeedRights(may_deliver=decides or feed.pk in self.feed_ids, may_decide=decides)

    def feeds(self) -> QuerySet[Feed]:
        """Every feed they may see."""
        feeds = Feed.objects.select_related("organisation")
        if self.everywhere:
            return feeds
        return feeds.filter(Q(organisation_id__in=self.organisation_ids) | Q(pk__in=self.feed_ids))

    def organisations(self) -> QuerySet[Organisation]:
        """The live organisations they may make a feed for, by name."""
        live = Organisation.objects.filter(status=Organisation.Status.LIVE).order_by("name", "slug")
        return live if self.everywhere else live.filter(pk__in=self.organisation_ids)


def remit_of(*, user: User, now: datetime) -> Remit:
    """What a user may curate at this moment; nothing for somebody without a role."""
    held = list(
        current_grants(user=user, now=now).values_list("role", "organisation_id", "feed_id")
    )
    role = Grant.Role
    curated = {body for name, body, _ in held if body and name == role.CURATOR}
    return Remit(
        everywhere=any(name == role.ADMINISTRATOR for name, _, _ in held),
        organisation_ids=organisations_below(organisation_ids=curated),
        feed_ids=frozenset(feed for name, _, feed in held if feed and name == role.FEED_OPERATOR),
        audits=any(name == role.AUDITOR for name, _, _ in held),
    )


def may_curate_feed(*, user: User, feed: Feed, now: datetime) -> FeedRights:
    """What this person may do with this feed at this moment."""
    return remit_of(user=user, now=now).rights(feed=feed)


def feed_for(*, user: User, slug: str, now: datetime) -> tuple[Feed, FeedRights]:
    """
    The feed with this slug and what the person may do with it.

    :raises FeedNotFound: if there is none, or none for them.
    """
    remit = remit_of(user=user, now=now)
    feed = remit.feeds().filter(slug__iexact=slug).first()
    if feed is None:
        raise FeedNotFound("There is no feed of this name.")
    return feed, remit.rights(feed=feed)


def run_for(*, user: User, run_id: UUID, now: datetime) -> tuple[FeedRun, FeedRights]:
    """
    The run with this id and what the person may do with its feed.

    :raises FeedNotFound: if there is none, or none for them.
    """
    remit = remit_of(user=user, now=now)
    run = (
        FeedRun.objects.filter(pk=run_id, feed__in=remit.feeds())
        .select_related(
            "feed__organisation", "submitted_by", "submitted_with", "approved_by", "undone_by"
        )
        .first()
    )
    if run is None:
        raise FeedNotFound("There is no run with this id.")
    return run, remit.rights(feed=run.feed)


def require_decider(*, user: User, feed: Feed, now: datetime) -> None:
    """
    Let through an administrator and the curators of the feed's organisation.

    :raises MayNotCurate: for anybody else.
    """
    if not may_curate_feed(user=user, feed=feed, now=now).may_decide:
        raise MayNotCurate(
            f"{user.email} needs the role curator on {feed.organisation.slug}, or administrator."
        )
