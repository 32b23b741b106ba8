"""What the tests of sync start from."""

from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from directory.models import Feed, FeedRun, Grant, Organisation
from tests.sync.tides import deliver, people_in_post, user_with


@pytest.fixture(autouse=True)
def deliveries_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files that wait for their turn are kept where nobody else looks."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")


@pytest.fixture
def feed(db: None) -> Feed:
    """The returns of a department that nobody has heard of."""
    body = Organisation.objects.create(slug="tides", name="Department of Tides")
    return Feed.objects.create(slug="tides-senior", organisation=body, connector="organogram")


@pytest.fixture
def curator(feed: Feed) -> User:
    """May release what the department's feeds deliver."""
    return user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)


@pytest.fixture
def held(feed: Feed, tmp_path: Path) -> FeedRun:
    """Eight of ten are missing from the second return, so it waits."""
    deliver(feed, tmp_path, "first.csv", posts=10)
    run = deliver(feed, tmp_path, "second.csv", posts=2, days=1)
    assert run.state == FeedRun.State.HELD
    assert people_in_post() == 10
    return run
