"""A team of pilots, and who keeps a search for them."""

import pytest

from accounts.models import User
from directory.models import Team
from tests.saved_searches.stage import keeper, make_pilots


@pytest.fixture
def pilots(db: None) -> Team:
    """The team, without anybody in it."""
    return make_pilots()


@pytest.fixture
def maya(db: None) -> User:
    """Somebody who may sign in, without any role."""
    return keeper()
