"""Who asks, and whom they might find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from accounts.models import User
from directory.grants import issue_token
from directory.models import Person
from tests.people import coming_together, make_organisation, make_person, make_team
from tests.stories.bad_deliveries.catalogue import ABSENT
from tests.stories.bad_questions.catalogue import STATUSES, lines

PAGE = "/search"
SEARCH = "/api/v1/search"
PEOPLE = "/api/v1/people/"
#: Every way to put a question.
DOORS = (PAGE, SEARCH, PEOPLE)


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the catalogue. statuses: those it may be answered with."""

    payload: tuple[Any, ...]
    statuses: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with a browser and a token, and the people there are by family name."""

    browser: Client
    machine: Client
    people: Mapping[str, Person]

    def get(self, path: str) -> Any:
        """The answer to an address; whatever it is, never a crash."""
        client = self.machine if path.startswith("/api/") else self.browser
        answer = client.get(path)
        assert answer.status_code < 500, path
        return answer

    def ask(self, text: str) -> Iterator[Any]:
        """The answers to a text, by each door."""
        for door in DOORS:
            yield self.get(f"{door}?q={quote(text)}")

    def found(self, text: str) -> list[list[str]]:
        """The family names found by each door, in order."""
        page = self.get(f"{PAGE}?q={quote(text)}").content.decode()
        places = {name: page.find(f'"/people/{one.pk}"') for name, one in self.people.items()}
        on_page = sorted((name for name in places if places[name] >= 0), key=places.__getitem__)
        machines = [self.get(f"{door}?q={quote(text)}").json() for door in (SEARCH, PEOPLE)]
        return [on_page, *([one["family_name"] for one in each["results"]] for each in machines)]


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    """The case that a test answers."""
    if not lines():
        pytest.skip(ABSENT)
    line = lines()[request.param]
    return Case(tuple(line.get("payload", ())), STATUSES[line["outcome"]])


@pytest.fixture
@coming_together()
def asker(db: None) -> Asker:
    """A team of people whose names are hard to type, and somebody who looks for them."""
    team = make_team("Dredging", organisation=make_organisation("Harbours Agency", acronym="HA"))
    cast = [
        ("Zoë", "Abara"),
        ("Cormac", "O’Neill"),
        ("Ines", "Smith-Jones"),
        ("Wouter", "van der Meer"),
        ("Bram", "Lindqvist"),
        ("Søren", "Łukasik"),
    ]
    people = {
        family: make_person(
            given, family, title="Dredger", team=team, email=f"{given[0]}_x@h.example"
        )
        for given, family in cast
    }
    browser = Client()
    browser.force_login(User.objects.known_by("reader@cabinet.example.gov.uk"))
    token = issue_token(name="Intranet", expires_days=30, now=datetime.now(UTC)).token
    machine = Client(headers={"Authorization": f"Bearer {token}"})
    return Asker(browser, machine, people)
