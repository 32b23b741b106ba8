"""Two roles: the owner of the tables, and the one that serves and owns nothing."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from psycopg import sql

from directory.postgresql.fitness import (
    UnfitDatabase,
    refuse_powerful_role,
    refuse_unfit_database,
)
from directory.postgresql.grants import CHAIN_TABLES, append_only_tables

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


@pytest.mark.usefixtures("two_roles")
def test_the_serving_role_only_adds_to_the_audit() -> None:
    with connect("owner") as owner:
        tables = append_only_tables(present=connections["default"].introspection.table_names())
        role = connections["default"].settings_dict["USER"]
        query = "SELECT has_table_privilege(%s, %s, %s)"
        chains = {
            owner.execute(query, [role, table, "INSERT"]).fetchone() for table in CHAIN_TABLES
        }
        may = {
            privilege: {
                owner.execute(query, [role, table, privilege]).fetchone()
                for table in set(tables) - CHAIN_TABLES
            }
            for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
        }
    assert {"directory_personevent", "directory_searchexport"} <= set(tables)
    assert set(tables) >= CHAIN_TABLES
    assert chains == {(False,)}
    assert may["SELECT"] == may["INSERT"] == {(True,)}
    assert may["UPDATE"] == may["DELETE"] == may["TRUNCATE"] == {(False,)}


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
