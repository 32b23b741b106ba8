"""
The Harbour Office's desk: a feed with runs in several states, and people of every role.

Everybody here is invented.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client

from accounts.models import User
from directory.models import Feed, FeedRun, Grant, Organisation
from tests.curating.harbour import STAFF, deliver, deliver_staff, make_feed, people_file, user_with

#: A row in error, so that there is a fault to see.
FAULTY = ("H9", "Una", "Bell", "Clerk\x07", "H1")
FEED = "/curate/feeds/harbour-hr"


@dataclass(frozen=True, slots=True)
class Desk:
    """
    The feed, and what became of its deliveries.

    held: leaves out most people. users: role to who plays it; those elsewhere have the same
    roles on another organisation's feed.
    """

    feed: Feed
    elsewhere: Feed
    applied: FeedRun
    held: FeedRun
    failed: FeedRun
    users: dict[str, User]

    def browser(self, role: str) -> Client:
        """A browser in which somebody of this role signed in."""
        client = Client()
        client.force_login(self.users[role])
        return client

    def send(self, page: str, role: str = "curator", **form: object) -> Any:
        """The answer to a form of the feed."""
        return self.browser(role).post(f"{FEED}{page}", form)


def staff_of(size: int) -> list[tuple[str, str, str, str, str]]:
    """Everybody, and so many clerks that a missing half is too many."""
    clerks = [
        (f"H{100 + n}", f"Robin{chr(97 + n)}", "Quayside", "Clerk", "H1") for n in range(size)
    ]
    return [*STAFF, *clerks]


def set_desk(folder: Path) -> Desk:
    """Make the feed, and deliver: once well, once with most people missing, once unreadable."""
    feed = make_feed()
    winds = Organisation.objects.create(slug="winds", name="Department of Winds")
    elsewhere = make_feed(slug="winds-hr", organisation=winds)
    applied = deliver_staff(feed, folder, *staff_of(20), FAULTY)
    held = deliver(feed, people_file(folder, *staff_of(4), name="half.csv"), days=1)
    unreadable = folder / "notes.csv"
    unreadable.write_text("name,number\nAnn,1\n", encoding="utf-8")
    failed = deliver(feed, unreadable, days=2)
    assert [run.state for run in (applied, held, failed)] == ["applied", "held", "failed"]
    users = {
        "administrator": user_with("tom.marlow", Grant.Role.ADMINISTRATOR),
        "curator": user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation),
        "operator": user_with("bo.lind", Grant.Role.FEED_OPERATOR, on=feed),
        "curator elsewhere": user_with("wen.osei", Grant.Role.CURATOR, on=winds),
        "operator elsewhere": user_with("ada.quill", Grant.Role.FEED_OPERATOR, on=elsewhere),
        "auditor": user_with("una.bell", Grant.Role.AUDITOR),
        "official": user_with("nobody.special"),
    }
    return Desk(feed, elsewhere, applied, held, failed, users)
