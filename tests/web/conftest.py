"""The stage and somebody signed in to look at it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.web.desk import Desk, set_desk
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


@pytest.fixture
def desk(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The Harbour Office's desk, with files that nobody else sees."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")
    monkeypatch.setattr(settings, "SAMPLES_DIR", tmp_path / "samples")
    return set_desk(tmp_path)
