"""What the tests of curating start from."""

from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from directory.models import Feed, Grant
from tests.curating.harbour import make_feed, user_with


@pytest.fixture(autouse=True)
def deliveries_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are kept where nobody else looks."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")


@pytest.fixture
def feed(db: None) -> Feed:
    """The Harbour Office's feed, before its first delivery."""
    return make_feed()


@pytest.fixture
def curator(feed: Feed) -> User:
    """Decides about the Harbour Office's feeds."""
    return user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)


@pytest.fixture
def operator(feed: Feed) -> User:
    """Delivers for the feed."""
    return user_with("bo.lind", Grant.Role.FEED_OPERATOR, on=feed)
