"""The stage and somebody signed in to look at it."""

import pytest
from django.test import Client

from tests.web.stage import Stage, set_stage


@pytest.fixture
def stage(db: None) -> Stage:
    """Everybody, with a small crowd."""
    return set_stage(crowd=2)


@pytest.fixture
def reader(stage: Stage, client: Client) -> Client:
    """A browser in which an official who belongs to no body of the stage has signed in."""
    client.force_login(stage.reader)
    return client
