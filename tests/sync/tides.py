"""
The Department of Tides: a feed whose second return leaves out most posts, and so is held.

Its officials are invented.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from accounts.models import User
from directory.grants import grant_role
from directory.models import Feed, FeedRun, Organisation, Person
from directory.sync.approving import approve
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.connectors.deliveries import SENIOR_HEADER, senior_return

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
REASON = "The Leeds office closed"
STACK = ("Back to Index", "Senion/Junior", *SENIOR_HEADER)


def user_with(name: str, role: str = "", *, on: Organisation | None = None) -> User:
    """Somebody who signs in, and their role if they have one."""
    user = User.objects.known_by(f"{name}@example.gov.uk")
    if role:
        grant_role(user=user, role=role, on=on, until=None, granted_by=None)
    return user


def rows_of(posts: int) -> list[dict[str, str]]:
    """The rows of the first so many posts, each with its holder."""
    return [
        {
            "Post Unique Reference": f"T{number}",
            "Name": f"Ada Quill{'abcdefghij'[number]}",
            "Reports to Senior Post": "XX",
            "Parent Department": "Department of Tides",
            "Organisation": "Department of Tides",
        }
        for number in range(posts)
    ]


def deliver(
    feed: Feed,
    folder: Path,
    name: str,
    *,
    posts: int,
    days: int = 0,
    by: User | None = None,
    dry_run: bool = False,
) -> FeedRun:
    """Deliver a return of so many posts."""
    path = folder / name
    path.write_text(senior_return(*rows_of(posts)), encoding="utf-8")
    (run,) = sync_file(feed, path, days=days, by=by, dry_run=dry_run)
    return run


def sync_file(
    feed: Feed, path: Path, *, days: int = 0, by: User | None = None, dry_run: bool = False
) -> list[FeedRun]:
    """Sync a file as it stood some days after the first of March."""
    return sync(
        order=Order(
            feed=feed,
            path=path,
            as_of=date(2026, 3, 1) + timedelta(days=days),
            complete=True,
            submitted_by=by,
            dry_run=dry_run,
            now=NOW + timedelta(days=days),
        )
    )


def write_stack(folder: Path) -> Path:
    """Three returns in one file; the second names two of ten."""
    months = (("Mar-24", 10), ("Sep-24", 2), ("Mar-25", 3))
    rows = [
        row | {"Back to Index": month, "Senion/Junior": "Senior"}
        for month, posts in months
        for row in rows_of(posts)
    ]
    path = folder / "stack.csv"
    path.write_text(senior_return(*rows, header=STACK), encoding="utf-8")
    return path


def release(run: FeedRun, approver: User, **other: str) -> list[FeedRun]:
    """Release the run nine days later, by its own digest unless another is named."""
    said = {"digest": run.plan_digest, "reason": REASON} | other
    return approve(run=run, approver=approver, now=NOW + timedelta(days=9), **said)


def people_in_post() -> int:
    """How many people the directory shows in post."""
    return Person.objects.filter(status="active").count()


def states() -> list[str]:
    """The states of all runs, by the day they describe."""
    return list(FeedRun.objects.order_by("as_of").values_list("state", flat=True))
