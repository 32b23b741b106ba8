"""A stage that all tests of a file play on is set once, and each finds it as it was set."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from directory.models import Organisation
from tests.people import make_organisation
from tests.standing import standing


@pytest.fixture(scope="module")
def standing_body(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], Organisation]]:
    with standing(
        request, django_db_blocker, lambda: make_organisation("Harbours Agency"), name="body"
    ) as one:
        yield one


@pytest.fixture
def body(standing_body: Callable[[], Organisation], db: None) -> Organisation:
    return standing_body()


@pytest.mark.parametrize("turn", range(2))
def test_what_a_test_changes_the_next_one_does_not_see(body: Organisation, turn: int) -> None:
    assert Organisation.objects.get().name == body.name == "Harbours Agency"
    body.name = f"Agency of turn {turn}"
    body.save()
    make_organisation("Board of Quays")


_SEEN: set[object] = set()


@pytest.mark.parametrize("turn", range(2))
def test_it_is_set_once(body: Organisation, turn: int) -> None:
    _SEEN.add(body.pk)
    assert len(_SEEN) == 1
