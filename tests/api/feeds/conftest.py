"""A feed that takes deliveries through the API, and the system that pushes them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from directory.models import Feed, Organisation
from tests.api.feeds.pushing import pusher_of


@pytest.fixture(autouse=True)
def deliveries_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where bodies and deliveries are kept."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def feed(db: None) -> Feed:
    """The returns of the Department of Tides."""
    body = Organisation.objects.create(slug="tides", name="Department of Tides")
    return Feed.objects.create(slug="tides-senior", organisation=body, connector="organogram")


@pytest.fixture
def pusher(feed: Feed) -> Client:
    """The department's HR system."""
    return pusher_of(feed)
