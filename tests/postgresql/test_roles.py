"""Two roles: the owner of the tables, and the one that serves and owns nothing."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pghistory
import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction
from psycopg import sql

from directory.models import Organisation
from directory.postgresql.fitness import (
    UnfitDatabase,
    refuse_powerful_role,
    refuse_unfit_database,
)
from directory.postgresql.grants import append_only_tables, tables_of_triggers

Connection = psycopg.Connection[tuple[Any, ...]]


def connect(alias: str, *, database: str | None = None) -> Connection:
    """A connection of our own with the role of the alias."""
    values = connections[alias].settings_dict
    return psycopg.connect(
        host=values["HOST"],
        port=values["PORT"],
        user=values["USER"],
        password=values.get("PASSWORD"),
        dbname=database or values["NAME"],
        autocommit=True,
    )


@pytest.fixture
def two_roles(db: None) -> None:
    """Skips where one URL serves both roles."""
    users = {connections[alias].settings_dict["USER"] for alias in ("default", "owner")}
    if len(users) == 1:
        pytest.skip("DATABASE_OWNER_URL is not set, so there is only one role")


@pytest.mark.usefixtures("two_roles")
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE accounts_user CASCADE",
        "CREATE TABLE mine ()",
        "ALTER TABLE accounts_user ADD x int",
    ],
)
def test_the_serving_role_changes_no_table(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("two_roles")
def test_the_serving_role_makes_temporary_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE staging (line int) ON COMMIT DROP")
        cursor.execute("SELECT count(*) FROM staging")
        assert cursor.fetchone() == (0,)


def may(*, privilege: str, tables: Iterable[str]) -> set[bool]:
    """Whether the serving role may do this to each of the tables, as a set of answers."""
    role = connections["default"].settings_dict["USER"]
    query = "SELECT has_table_privilege(%s, %s, %s)"
    with connect("owner") as owner:
        rows = [owner.execute(query, [role, table, privilege]).fetchone() for table in tables]
    return {bool(row and row[0]) for row in rows}


@pytest.mark.usefixtures("two_roles")
def test_the_serving_role_only_adds_to_the_audit() -> None:
    present = connections["default"].introspection.table_names()
    audit = set(append_only_tables(present=present))
    by_triggers = set(tables_of_triggers(present=present))
    assert audit - by_triggers == {"directory_look", "directory_searchexport"}
    assert by_triggers - audit == {"pghistory_context"}
    assert may(privilege="SELECT", tables=audit | by_triggers) == {True}
    for privilege in ("UPDATE", "DELETE", "TRUNCATE"):
        assert may(privilege=privilege, tables=audit | by_triggers) == {False}
    assert may(privilege="INSERT", tables=by_triggers) == {False}
    assert may(privilege="INSERT", tables=audit - by_triggers) == {True}


@pytest.mark.usefixtures("two_roles")
def test_what_the_serving_role_does_is_recorded_all_the_same() -> None:
    """As the owner, by triggers; and who did it cannot be said otherwise afterwards."""
    with pghistory.context(user=7):
        made = Organisation.objects.create(slug="tides", name="Tides")
    event = apps.get_model("directory", "OrganisationEvent").objects.get(pgh_obj=made)
    assert event.pgh_context.metadata == {"user": 7}
    for statement in (
        "UPDATE pghistory_context SET metadata = '{}'",
        "INSERT INTO pghistory_context (id, metadata, created_at, updated_at)"
        " VALUES (gen_random_uuid(), '{}', now(), now())",
        "INSERT INTO directory_organisationevent SELECT * FROM directory_organisationevent",
    ):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.usefixtures("two_roles")
def test_production_refuses_to_serve_as_the_owner() -> None:
    with connect("default") as serving:
        refuse_powerful_role(serving)
    with connect("owner") as owner, pytest.raises(UnfitDatabase, match="which owns tables"):
        refuse_powerful_role(owner)


@pytest.fixture
def ascii_database(db: None) -> Iterator[str]:
    """A database in which letters beyond ASCII are no letters."""
    name = f"{connections['owner'].settings_dict['NAME']}_ascii"
    identifier = sql.Identifier(name)
    with connect("owner") as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(identifier))
        owner.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING UTF8"
                " LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
            ).format(identifier)
        )
        yield name
        owner.execute(sql.SQL("DROP DATABASE {}").format(identifier))


def test_a_database_that_loses_letters_is_refused(ascii_database: str) -> None:
    with (
        connect("owner", database=ascii_database) as unfit,
        pytest.raises(UnfitDatabase, match="LC_CTYPE"),
    ):
        refuse_unfit_database(unfit)


def test_a_server_older_than_15_is_refused() -> None:
    old = SimpleNamespace(info=SimpleNamespace(server_version=14_0012))
    with pytest.raises(UnfitDatabase, match="PostgreSQL 14 server"):
        refuse_unfit_database(cast(Connection, old))
