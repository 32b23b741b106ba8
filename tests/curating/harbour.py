"""
The Harbour Office: a feed of people in the table layout, and those who look after it.

Its officials are invented.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from accounts.models import User
from directory.grants import Place, grant_role
from directory.models import Feed, FeedRun, Organisation
from directory.sync.receiving import Order
from directory.sync.run import sync

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
REASON = "The payroll system is renumbered"

PEOPLE_HEADER = "source_key,given_name,family_name,unit_code,job_title,manager_key,status"
#: Key, given name, family name, job title, key of the manager.
STAFF = (
    ("H1", "Maya", "Holt", "Harbour Master", ""),
    ("H2", "Tom", "Marlow", "Pilot", "H1"),
    ("H3", "Ada", "Quill", "Clerk", "H1"),
    ("H4", "Wen", "Osei", "Clerk", "H3"),
)

Official = tuple[str, str, str, str, str]


def make_feed(*, slug: str = "harbour-hr", organisation: Organisation | None = None) -> Feed:
    """A feed in the table layout; without an organisation that of the Harbour Office."""
    body = (
        organisation
        or Organisation.objects.get_or_create(
            slug="harbour-office", defaults={"name": "Harbour Office"}
        )[0]
    )
    return Feed.objects.create(slug=slug, organisation=body, connector="table")


def user_with(name: str, role: str = "", *, on: Place | None = None) -> User:
    """Somebody who signs in, and their role if they have one."""
    user = User.objects.known_by(f"{name}@example.gov.uk")
    if role:
        grant_role(user=user, role=role, on=on, until=None, granted_by=None)
    return user


def people_file(folder: Path, *staff: Official, name: str = "people.csv") -> Path:
    """A complete delivery of these officials, all in the one team."""
    rows = [
        f"{key},{given},{family},Q1,{title},{manager},active"
        for key, given, family, title, manager in staff
    ]
    path = folder / name
    path.write_text("\n".join([PEOPLE_HEADER, *rows, ""]), encoding="utf-8")
    return path


def deliver(feed: Feed, path: Path, *, days: int = 0, by: User | None = None) -> FeedRun:
    """Sync a file as it stood some days after the first of March."""
    (run,) = sync(
        order=Order(
            feed=feed,
            path=path,
            as_of=date(2026, 3, 1) + timedelta(days=days),
            complete=True,
            submitted_by=by,
            dry_run=False,
            now=NOW + timedelta(days=days),
        )
    )
    return run


def deliver_staff(feed: Feed, folder: Path, *staff: Official, days: int = 0) -> FeedRun:
    """Deliver the team once, then these officials, or everybody."""
    teams = folder / "teams.csv"
    if not teams.exists():
        teams.write_text("unit_code,parent_code,name\nQ1,,Quayside\n", encoding="utf-8")
        assert deliver(feed, teams).state == FeedRun.State.APPLIED
    return deliver(feed, people_file(folder, *(staff or STAFF)), days=days)
