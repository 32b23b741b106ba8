"""Where one test of a file plays on an empty stage, nothing stands before it."""

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


def test_the_first_has_its_own(body: Organisation) -> None:
    assert Organisation.objects.get() == body


def test_one_that_wants_nobody_finds_nobody(db: None) -> None:
    assert not Organisation.objects.exists()


def test_the_last_has_its_own_too(body: Organisation) -> None:
    assert Organisation.objects.get() == body
