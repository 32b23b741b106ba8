"""What earned each hit its place, for those who curate an organisation, or all of them."""

import pytest
from django.test import Client

from accounts.models import User
from directory.grants import grant_role
from directory.models import Feed, Grant, Organisation
from directory.record_owners import link
from tests.people import make_person
from tests.web.reading import get_text, text_of
from tests.web.stage import Stage

EXPLAINED = "/search?q=amara+nwosu&explain=1"


@pytest.fixture
def curator(stage: Stage, client: Client) -> Client:
    """A browser of somebody who works beside Amara and curates the department."""
    user = User.objects.known_by("wanda.keys@dpt.example.gov.uk")
    grant_role(
        user=user,
        role=Grant.Role.CURATOR,
        on=Organisation.objects.get(acronym="DPT"),
        until=None,
        granted_by=None,
    )
    wanda = make_person("Wanda", "Keys", title="Clerk", team=stage.trade)
    link(user=user, person=wanda, linked_by=None)
    client.force_login(user)
    return client


def test_a_curator_reads_what_earned_each_hit_its_place(curator: Client) -> None:
    text = get_text(curator, EXPLAINED)
    assert (
        "84.6 points amara name 40 nwosu name 40 family name begins so 4"
        " your team 0.1 your organisation 0.2 how full the record is 0.3"
    ) in text


def test_explaining_stays_until_it_is_hidden(curator: Client) -> None:
    plain = curator.get("/search?q=officer").content.decode()
    assert 'href="/search?q=officer&amp;explain=1">Explain the order</a>' in plain
    explained = curator.get("/search?q=officer&explain=1").content.decode()
    assert 'href="/search?q=officer">Hide the points</a>' in explained
    assert explained.count('<input type="hidden" name="explain" value="1">') == 2
    assert "Explain the order" not in explained


def test_where_names_order_people_nobody_has_points(curator: Client) -> None:
    for address in ("/search?grade=G7&explain=1", "/search?q=adviser&sort=name&explain=1"):
        text = get_text(curator, address)
        assert "In this order nobody earns points." in text
        assert "0.1" not in text


def test_for_others_the_order_is_not_explained(reader: Client, stage: Stage) -> None:
    assert "Explain the order" not in get_text(reader, "/search?q=officer")
    answer = reader.get(EXPLAINED)
    assert answer.status_code == 403
    assert "You cannot do this" in text_of(answer)
    assert "shown to curators of an organisation" in text_of(answer)
    assert 'href="/search?q=amara+nwosu"' in answer.content.decode()
    assert "Deputy Director" not in answer.content.decode()


def test_operating_a_feed_is_not_enough(reader: Client, stage: Stage) -> None:
    feed = Feed.objects.get(slug="dpt-hr")
    role = Grant.Role.FEED_OPERATOR
    grant_role(user=stage.reader, role=role, on=feed, until=None, granted_by=None)
    assert reader.get(EXPLAINED).status_code == 403


@pytest.mark.parametrize("given", ["explain=yes", "explain=1&explain=1", "explain=1&tab=teams"])
def test_what_explain_does_not_take_is_refused(reader: Client, given: str) -> None:
    answer = reader.get(f"/search?q=amara&{given}")
    assert answer.status_code == 400
    assert "“explain”" in answer.content.decode()
