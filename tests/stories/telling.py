"""How a story of returns is told: synced, released where it is held for departures, and again."""

from datetime import UTC, datetime

from accounts.models import User
from directory.folding import fold
from directory.models import Feed, FeedRun, Grant, Organisation
from directory.sync.approving import approve
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.stories.returns import Return

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

#: What a run may be held for here: half a year passes between returns.
EXPECTED_RULES = {"mass_departure", "vanished_keys"}


def somebody_who_approves() -> User:
    """An administrator, who releases what is held for departures alone."""
    user = User.objects.known_by("rosalind.achterberg@example.gov.uk")
    Grant.objects.get_or_create(user=user, role=Grant.Role.ADMINISTRATOR)
    return user


def feed_of(one: Return) -> Feed:
    """The feed of a return; its organisation is a published one where the name is known."""
    known = {} if one.stacked else {fold(o.name): o for o in Organisation.objects.all()}
    body = (
        known.get(one.body)
        or Organisation.objects.get_or_create(
            slug=one.organisation_slug, defaults={"name": one.body}
        )[0]
    )
    feed, _ = Feed.objects.get_or_create(
        slug=one.feed_slug, defaults={"organisation": body, "connector": "organogram"}
    )
    return feed


def sync_return(one: Return, *, feed: Feed) -> list[FeedRun]:
    """Sync a file as its department would; nothing but its runs tell how it went."""
    return sync(
        order=Order(
            feed=feed,
            path=one.path,
            as_of=one.as_of,
            complete=True,
            submitted_by=None,
            dry_run=False,
            now=NOW,
        )
    )


def release(runs: list[FeedRun], *, approver: User) -> list[FeedRun]:
    """Release what is held for departures or vanished keys, part after part."""
    seen = {run.pk: run for run in runs}
    while held := next((r for r in seen.values() if r.state == FeedRun.State.HELD), None):
        assert {reason["rule"] for reason in held.held_reasons} <= EXPECTED_RULES
        for done in approve(
            run=held,
            digest=held.plan_digest,
            reason="Half a year has passed",
            approver=approver,
            now=NOW,
        ):
            seen[done.pk] = done
    return list(seen.values())
