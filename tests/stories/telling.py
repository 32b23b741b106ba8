"""
How a story of returns is told: synced, released where it is held for departures, and again;
what its runs told row by row, and what the directory holds after them.
"""

from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum

from accounts.models import User
from directory.folding import fold
from directory.models import Feed, FeedRun, Grant, Organisation, Person, Post, SourceRecord
from directory.sync.approving import approve
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.stories.counting import Told, Totals
from tests.stories.returns import Return

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

#: What a run may be held for here, and is released from: half a year passes between returns.
EXPECTED_RULES = {"mass_departure", "vanished_keys"}

#: A stacked file tells again what the same body's own returns have told.
STACKED_RULES = {"duplicate_of_another_feed"}

#: The returns are synced within the hour and half a year lies between them, so what a feed's
#: limits say of a week or of one column is not what this story is about.
HALF_A_YEAR = {
    "week_departures_floor": 1_000_000,
    "changed_limit_percent": 100,
    "blanked_limit_percent": 100,
    "faults_limit_percent": 100,
}

#: What a row may be refused for here: its reference is blank or a word such as Deleted, which
#: other posts may share; or two rows put the same person on the same post and differ.
EXPECTED_REFUSALS = {"invalid_reference", "duplicate_key"}

#: What a row is told when its Name is none that a machine can tell; the holder is undisclosed.
UNNAMED = {"name_unclear", "name_looks_like_a_title", "two_names_in_cell"}


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
        slug=one.feed_slug,
        defaults={"organisation": body, "connector": "organogram", **HALF_A_YEAR},
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
    """Release what is held for an expected reason, part after part."""
    seen = {run.pk: run for run in runs}
    while held := next((r for r in seen.values() if r.state == FeedRun.State.HELD), None):
        expected = EXPECTED_RULES | (STACKED_RULES if "-stacked" in held.feed.slug else set())
        assert {reason["rule"] for reason in held.held_reasons} <= expected
        for done in approve(
            run=held,
            digest=held.plan_digest,
            reason="Half a year has passed",
            approver=approver,
            now=NOW,
        ):
            seen[done.pk] = done
    return list(seen.values())


def told_by(run: FeedRun) -> Told:
    """What the run told the department that a reader of its file cannot know by itself."""
    faults = list(run.faults.all())
    refused = {fault.row: fault.code for fault in faults if fault.severity == "error"}
    assert set(refused.values()) <= EXPECTED_REFUSALS, (run.file_name, refused)
    assert len(refused) == run.counts["errors"], run.file_name
    return Told(
        refused=frozenset(refused),
        unnamed=frozenset(fault.row for fault in faults if fault.code in UNNAMED),
        departures_withheld=any(fault.code == "departures_withheld" for fault in faults),
    )


def held_totals(*, feed: Feed, kind: str) -> Totals:
    """What the directory holds of a feed's part, from its posts, appointments and people."""
    records = SourceRecord.objects.filter(feed=feed, delivery_kind=kind, state="current")
    people = Person.objects.filter(status="active", id__in=records.values("subject_id"))
    live = Post.objects.filter(feed=feed, status="live")
    if kind == "junior":
        counted = live.aggregate(posts=Count("posts_fte"), fte=Sum("posts_fte"))
        fte = counted["fte"] or Decimal(0)
        return Totals(posts={}, people=people.count(), counted=counted["posts"], fte=fte)
    in_post = Count("appointments", filter=Q(appointments__ends_on=None))
    posts = {
        reference: (holders, undisclosed)
        for reference, holders, undisclosed in live.filter(posts_fte=None)
        .annotate(holders=in_post)
        .values_list("reference", "holders", "holder_undisclosed")
    }
    return Totals(
        posts=posts,
        people=people.count(),
        appointments=sum(holders for holders, _ in posts.values()),
        vacant=sum(not holders and not undisclosed for holders, undisclosed in posts.values()),
        undisclosed=sum(undisclosed for _, undisclosed in posts.values()),
    )
