"""What a curator sees of the order, and everybody of related expertise, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from directory.grants import grant_role
from directory.models import Expertise, ExpertiseTag, Grant, Organisation, Person
from directory.record_owners import link
from tests.browser.conftest import open_window, session_of
from tests.browser.looking import violations, whatever_is_wrong
from tests.people import make_person, project
from tests.web.stage import Stage

#: Held by the trade team, but for Amara; the last by all the crowd.
LABELS = ("Customs law", "Border inspections", "Freight forecasting", "Harbour radio")
EXPLAINED = "/search?q=customs+law+adviser&explain=1"
RELATED = "/search?q=customs+law"
NOT_ALLOWED = "/search?q=trade&explain=1"


@pytest.fixture(scope="module")
def curator(stage: Stage) -> User:
    """Somebody of the trade team who curates the department; their colleagues know customs."""
    user = User.objects.known_by("wanda.keys@dpt.example.gov.uk")
    body = Organisation.objects.get(acronym="DPT")
    grant_role(user=user, role=Grant.Role.CURATOR, on=body, until=None, granted_by=None)
    wanda = make_person(
        "Wanda", "Keys", title="Clerk", team=stage.trade, location="4 Wharf Street, Leeds"
    )
    link(user=user, person=wanda, linked_by=None)
    tags = [
        ExpertiseTag.objects.create(slug=label.lower().replace(" ", "-"), preferred_label=label)
        for label in LABELS
    ]
    people = Person.objects.filter(appointments__post__team=stage.trade, listing="government")
    for person in people.exclude(pk=stage.amara.pk):
        for tag in tags[:3]:
            Expertise.objects.create(person=person, tag=tag)
        project(person)
    for person in Person.objects.filter(appointments__post__team=stage.crowd):
        Expertise.objects.create(person=person, tag=tags[3])
        project(person)
    return user


@pytest.fixture
def desk(browser: Browser, server: str, curator: User, complaints: list[str]) -> Iterator[Page]:
    """A page before which the curator sits."""
    for window in open_window(browser, server, session_of(curator), complaints, javascript=True):
        yield window.new_page()


def test_a_curator_opens_and_hides_the_explanation(desk: Page) -> None:
    desk.goto("/search?q=adviser")
    desk.get_by_role("link", name="Explain the order").click()
    first = desk.get_by_role("article").first
    expect(first).to_contain_text("adviser job title 24")
    expect(first).to_contain_text("your organisation 0.2")
    desk.get_by_role("link", name="Hide the points").click()
    expect(desk.get_by_role("article").first).not_to_contain_text("points")


def test_related_expertise_leads_on(desk: Page) -> None:
    desk.goto(RELATED)
    related = desk.get_by_role("navigation", name="Related expertise")
    expect(related.get_by_role("link")).to_have_count(2)
    related.get_by_role("link", name="Freight forecasting").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Freight forecasting")


def test_nothing_is_wrong_with_these_pages(desk: Page, page: Page) -> None:
    paths = [EXPLAINED, RELATED]
    assert whatever_is_wrong(desk, paths) == []
    assert violations(page, [NOT_ALLOWED]) == []
