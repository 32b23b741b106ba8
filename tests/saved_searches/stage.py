"""
Pilots, and somebody who keeps searches for them.

Everybody here is invented.
"""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import User
from directory.models import Person, SavedSearch, Team
from directory.saved_searches.digests import SearchDigests
from directory.saved_searches.keeping import save_search
from directory.search.find import parse
from tests.people import make_organisation, make_person, make_team, project

#: After SEARCH_DIGEST_HOUR, so that digests go.
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
SENT = SearchDigests(sent=1, failed=0, nothing=0)
FAILED = SearchDigests(sent=0, failed=1, nothing=0)
NOTHING = SearchDigests(sent=0, failed=0, nothing=1)
NOBODY_DUE = SearchDigests(sent=0, failed=0, nothing=0)
DAY = timedelta(days=1)
BROKEN = "tests.saved_searches.stage.BrokenServer"


class BrokenServer(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError


def make_pilots() -> Team:
    """The team in which everybody works."""
    return make_team("Pilots", organisation=make_organisation("Harbours Agency", acronym="HA"))


def make_pilot(team: Team, given: str, family: str, *, listing: str = "government") -> Person:
    """One of them."""
    return make_person(given, family, title="Pilot", team=team, grade="G7", listing=listing)


def keeper(name: str = "maya.holt") -> User:
    """Somebody who may sign in, without any role."""
    return User.objects.known_by(f"{name}@example.gov.uk")


def keep(user: User, text: str = "pilot", *, now: datetime = NOW) -> SavedSearch:
    """They save a search of these words."""
    return save_search(user=user, query=parse(text=text), now=now).search


def hide(person: Person, listing: str = Person.Listing.PROTECTED) -> None:
    """The person exists for nobody any more."""
    person.listing = listing
    person.save()
    project(person)


def body() -> str:
    """The text of the last message."""
    return str(mail.outbox[-1].body)
