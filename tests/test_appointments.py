"""The posts of a person, the same wherever they are shown."""

from datetime import date
from decimal import Decimal

import pytest

from directory.appointments import HeldPost, all_posts, held_posts
from directory.models import Appointment, Person
from tests.people import STAGE_DAY, appoint, make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Person:
    """Holds two posts since the same day, held another before."""
    person = make_person("Ada", "Quill")
    team = make_team("Ports", organisation=make_organisation("Tides"))
    for title, fte in (("Pilot", "0.4"), ("Harbour Master", "0.6"), ("Clerk", "1")):
        held = appoint(person, make_post(title, team=team))
        Appointment.objects.filter(pk=held.pk).update(fte=Decimal(fte))
    Appointment.objects.filter(post__title="Clerk").update(
        first_stated_on=date(2025, 3, 31), ends_on=STAGE_DAY
    )
    return person


def test_of_posts_begun_together_the_largest_share_comes_first(ada: Person) -> None:
    assert _titles(held_posts(person_ids=[ada.pk])[ada.pk]) == ["Harbour Master", "Pilot"]


def test_the_whole_history_keeps_the_order_of_what_is_held_now(ada: Person) -> None:
    posts = all_posts(person_ids=[ada.pk])[ada.pk]
    assert _titles(posts) == ["Harbour Master", "Pilot", "Clerk"]
    assert [post.until_date for post in posts] == [None, None, STAGE_DAY]


def test_somebody_without_posts_is_absent(ada: Person) -> None:
    other = make_person("Tom", "Marlow")
    assert set(all_posts(person_ids=[ada.pk, other.pk])) == {ada.pk}


def _titles(posts: tuple[HeldPost, ...]) -> list[str]:
    return [post.title for post in posts]
