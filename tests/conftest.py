"""What every test may rely on: two database roles as in production, and the built stylesheet."""

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from directory.assets import ensure_assets
from tests import memory, migrated

#: What migrations brought, as COPY writes it, by table.
MIGRATED_ROWS = pytest.StashKey[dict[str, bytes]]()
#: Where the tests' own server is, for the workers that share it.
SERVER_PLACE = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run finds a place for its server; the workers are told of it."""
    told: str | None = getattr(config, "workerinput", {}).get("server_place")
    if told:
        config.stash[SERVER_PLACE] = Path(told)
    elif not hasattr(config, "workerinput") and memory.has_room():
        until_the_end = contextlib.ExitStack()
        config.add_cleanup(until_the_end.close)
        config.stash[SERVER_PLACE] = until_the_end.enter_context(memory.place())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist."""
    place = node.config.stash.get(SERVER_PLACE, None)
    node.workerinput["server_place"] = str(place) if place else None


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
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
    if place := request.config.stash.get(SERVER_PLACE, None):
        memory.use(memory.server_in(place))
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        default.settings_dict["TEST"]["MIRROR"] = None
        rows = request.config.stash[MIGRATED_ROWS] = migrated.rows_by_table()
    yield rows
    with django_db_blocker.unblock():
        _end_other_sessions()
        default.settings_dict["TEST"]["MIRROR"] = "owner"
        default.close()
        teardown_databases(made, verbosity=0)


def _end_other_sessions() -> None:
    """A thread or a process of some test may hold one yet, which bars dropping the database."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """
    Grades, professions and whatever else migrations brought outlive a transactional test.

    Such a test empties every table when it ends, these too; the next one, in whatever order,
    finds them again. A hook, because only after every fixture of the test is it sure to be over.
    """
    yield
    rows = item.config.stash.get(MIGRATED_ROWS, None)
    marker = item.get_closest_marker("django_db")
    emptied = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if rows and nextitem and (emptied or (marker and marker.kwargs.get("transaction"))):
        migrated.fill(rows_by_table=rows)


@pytest.fixture
def migrated_rows(transactional_db: None) -> None:
    """The transactional database, with what migrations brought."""


@pytest.fixture(scope="session", autouse=True)
def heads_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Emptying a test database is not emptying the one whose heads are written down."""
    settings.AUDIT_HEADS_FILE = tmp_path_factory.mktemp("audit") / "heads.jsonl"


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> None:
    """Pages need the stylesheet; building it is a matter of a second, once."""
    ensure_assets(project=settings.PROJECT)
