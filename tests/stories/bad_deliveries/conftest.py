"""What every answer to a case starts from."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.stories.bad_deliveries.catalogue import ABSENT, ANSWERED, Case, lines
from tests.stories.bad_deliveries.department import Department, make_department


@pytest.fixture(autouse=True)
def deliveries_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are kept where nobody else looks, and nobody has asked too much before."""
    monkeypatch.setattr(settings, "DELIVERIES_DIR", tmp_path / "kept")
    cache.clear()


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    """The case that a test answers."""
    if not lines():
        pytest.skip(ABSENT)
    name = request.param
    return Case(name, lines()[name].get("payload"), ANSWERED[name].ends)


@pytest.fixture
def department(db: None, tmp_path: Path) -> Department:
    """A hundred officials, as they were delivered yesterday."""
    return make_department(tmp_path)


@pytest.fixture
def new_department(db: None, tmp_path: Path) -> Department:
    """Its team, and nobody yet."""
    return make_department(tmp_path, people=0)
