"""The stage and somebody signed in to look at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.standing import standing
from tests.web.desk import Desk, set_desk
from tests.web.stage import Stage, set_stage


@pytest.fixture(scope="module")
def standing_stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], Stage]]:
    """How each test of a file gets it."""
    with standing(request, django_db_blocker, lambda: set_stage(crowd=2), name="stage") as one:
        yield one


@pytest.fixture
def stage(standing_stage: Callable[[], Stage], db: None) -> Stage:
    """Everybody, with a small crowd."""
    return standing_stage()


@pytest.fixture
def reader(stage: Stage, client: Client) -> Client:
    """A browser in which an official who belongs to no body of the stage has signed in."""
    client.force_login(stage.reader)
    return client


@pytest.fixture(scope="module")
def standing_desk(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], tuple[Desk, Path]]]:
    """How each test of a file gets it, and the folder of its files."""

    def set_somewhere() -> tuple[Desk, Path]:
        folder = tmp_path_factory.mktemp("desk")
        with pytest.MonkeyPatch.context() as patch:
            keep_files(patch, folder)
            return set_desk(folder), folder

    with standing(request, django_db_blocker, set_somewhere, name="desk") as one:
        yield one


@pytest.fixture
def desk(
    standing_desk: Callable[[], tuple[Desk, Path]],
    db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """The Harbour Office's desk, with files that nobody else sees."""
    desk, folder = standing_desk()
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    keep_files(monkeypatch, tmp_path)
    return desk


def keep_files(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Deliveries, and samples, below this folder."""
    patch.setattr(settings, "DELIVERIES_DIR", folder / "kept")
    patch.setattr(settings, "SAMPLES_DIR", folder / "samples")
