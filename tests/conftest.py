"""What every test may rely on: two database roles as in production, and the built stylesheet."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from directory.assets import ensure_assets
from tests import migrated


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[dict[str, bytes]]:
    """
    Test databases are made by the owner; the tests themselves run as the serving role.

    Always both, whichever tests are run: the plugin's own fixture sets up the aliases that
    the collected tests name, and the mirror of one that is not set up is the real database.

    Django makes no database for an alias that mirrors another, which is what we want,
    but neither does it empty it after a transactional test, so the mark goes once the
    databases are made. The value is what migrations brought, as COPY writes it, by table.
    """
    default = connections["default"]
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        default.settings_dict["TEST"]["MIRROR"] = None
        rows = migrated.rows_by_table()
    yield rows
    default.settings_dict["TEST"]["MIRROR"] = "owner"
    default.close()
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def migrated_rows_come_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """
    Grades, professions and whatever else migrations brought outlive a transactional test.

    Such a test empties every table when it ends, these too; the next one, in whatever order,
    finds them again.
    """
    marker = request.node.get_closest_marker("django_db")
    emptying = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not emptying and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    rows: dict[str, bytes] = request.getfixturevalue("django_db_setup")
    yield
    migrated.fill(rows_by_table=rows)


@pytest.fixture
def migrated_rows(transactional_db: None) -> None:
    """The transactional database, with what migrations brought."""


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> None:
    """Pages need the stylesheet; building it is a matter of a second, once."""
    ensure_assets(project=settings.PROJECT)
