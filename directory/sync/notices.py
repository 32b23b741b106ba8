"""
What those who look after a feed should know: a run is held, a delivery was refused, none came.

Noted where it happens, once each, and told later (`digests`), so that neither a flood of
refusals nor a mail server that is down has any bearing on a sync.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import MACHINE_DOMAIN, User
from directory.grants import grants_held, roles_of
from directory.models import Feed, FeedRun, Grant, Notice

#: A feed that stays late is spoken of again after its cadence, and no sooner than this.
_REMIND_AFTER = timedelta(days=7)

#: How long a notice stays on the page of those it concerns.
_SHOWN_FOR = timedelta(days=30)

#: Runs that show their feed alive: something came that could be read, and was not rejected.
_DELIVERED = (
    FeedRun.State.RECEIVED,
    FeedRun.State.PARSED,
    FeedRun.State.PLANNED,
    FeedRun.State.HELD,
    FeedRun.State.APPROVED,
    FeedRun.State.APPLIED,
    FeedRun.State.UNDONE,
)


def note_held(*, run: FeedRun, now: datetime) -> None:
    """Note that safeguards hold the run: which, and how much they would let through."""
    rules = ", ".join(sorted({reason["rule"] for reason in run.held_reasons}))
    counts = run.counts
    numbers = ", ".join(
        f"{counts[name]:,} {words}"
        for name, words in (("rows", "rows"), ("errors", "in error"), ("departures", "leaving"))
        if name in counts
    )
    text = f"Held by {rules} ({numbers})." if numbers else f"Held by {rules}."
    _note(kind=Notice.Kind.HELD, run=run, text=text, now=now)


def note_failed(*, run: FeedRun, now: datetime) -> None:
    """Note that a delivery was refused; its code says why, its message may quote the file."""
    text = f"Refused: {run.failure_code}. Nothing of it was applied."
    _note(kind=Notice.Kind.FAILED, run=run, text=text, now=now)


def note_late_feeds(*, now: datetime) -> int:
    """
    Note each live feed whose delivery is overdue; how many notices that makes.

    The first once a whole cadence has passed without a delivery, and again after each further
    one, though not more than once a week: whoever was told yesterday knows.
    """
    today = timezone.localtime(now).date()
    feeds = Feed.objects.filter(state=Feed.State.LIVE, expected_every_days__isnull=False)
    delivered = Q(runs__dry_run=False, runs__state__in=_DELIVERED)
    late = []
    for feed in feeds.annotate(last_at=Max("runs__received_at", filter=delivered)):
        last = timezone.localtime(feed.last_at or feed.created_at).date()
        every = timedelta(days=feed.expected_every_days or 1)
        if (day := _missed(due=last + every, step=max(every, _REMIND_AFTER), today=today)) is None:
            continue
        came = f"the last came on {last.day} {last:%B %Y}" if feed.last_at else "none came yet"
        days = "day" if every.days == 1 else f"{every.days} days"
        text = f"Late: a delivery is expected every {days}, and {came}."
        late.append(Notice(kind=Notice.Kind.LATE, feed=feed, day=day, text=text, made_at=now))
    return _keep(late)


def owners_of(*, feed: Feed, now: datetime) -> list[User]:
    """
    Who is told about a feed: its operators and the curators of its organisation.

    Where it has neither, the administrators, so that somebody is.
    """
    granted = grants_held(now=now)
    own = granted.filter(
        Q(role=Grant.Role.FEED_OPERATOR, feed=feed)
        | Q(role=Grant.Role.CURATOR, organisation=feed.organisation_id)
    )
    for grants in (own, granted.filter(role=Grant.Role.ADMINISTRATOR)):
        owners = User.objects.filter(is_active=True, pk__in=grants.values("user"))
        if found := list(owners.exclude(email__endswith=f"@{MACHINE_DOMAIN}").order_by("email")):
            return found
    return []


def notices_for(*, user: User, now: datetime, limit: int = 50) -> list[Notice]:
    """The notices of the last 30 days that a user may see, the newest first, with feed and run."""
    roles = roles_of(user=user, now=now)
    notices = Notice.objects.filter(made_at__gt=now - _SHOWN_FOR)
    if not any(grant.role == Grant.Role.ADMINISTRATOR for grant in roles):
        operated = [g.feed_id for g in roles if g.role == Grant.Role.FEED_OPERATOR]
        curated = [g.organisation_id for g in roles if g.role == Grant.Role.CURATOR]
        notices = notices.filter(Q(feed__in=operated) | Q(feed__organisation__in=curated))
    shown = notices.select_related("feed__organisation", "run").order_by("-made_at", "pk")
    return list(shown[:limit])


def _note(*, kind: Notice.Kind, run: FeedRun, text: str, now: datetime) -> None:
    if run.dry_run:
        return
    day = timezone.localtime(now).date()
    _keep([Notice(kind=kind, feed=run.feed, run=run, day=day, text=text, made_at=now)])


def _keep(notices: Collection[Notice]) -> int:
    """Keep those that are new; a notice of the same run or day, by whomever, is the same."""
    before = {notice.pk for notice in notices}
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return Notice.objects.filter(pk__in=before).count()


def _missed(*, due: date, step: timedelta, today: date) -> date | None:
    """The last day on which there was reason to speak, None while the due day is not over."""
    if today <= due:
        return None
    return due + (today - due - timedelta(days=1)) // step * step
