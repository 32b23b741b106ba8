"""Officials of the newest returns at hand are found by name, through the API and on the page."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from directory.grants import issue_token
from directory.models import Person
from tests.stories.returns import ORGANOGRAMS, all_returns
from tests.stories.telling import feed_of, sync_return

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ORGANOGRAMS.exists(), reason="The public returns are not at hand."),
]


@pytest.mark.parametrize("name", ["hmt_senior_staff.csv", "dfe_senior_staff.csv"])
def test_officials_of_the_newest_returns_are_found_by_name(name: str) -> None:
    one = next(one for one in all_returns() if one.path.name == name)
    (run,) = sync_return(one, feed=feed_of(one))
    assert run.state == "applied"
    people = list(Person.objects.order_by("id")[:10])
    assert len(people) == 10
    token = issue_token(
        name="reader", feed=None, organisation=None, expires_days=1, now=timezone.now()
    )
    reader = {"authorization": f"Bearer {token.token}"}
    browser = Client()
    browser.force_login(User.objects.known_by("amara.lindqvist@example.gov.uk"))
    for person in people:
        query = urlencode({"q": person.display_name})
        found = Client().get(f"/api/v1/people/?{query}", headers=reader).json()
        assert str(person.id) in {hit["id"] for hit in found["results"]}
        page = browser.get(f"/search?{query}")
        assert f"/people/{person.id}" in page.content.decode()
