"""The two roles and the database that the cluster's superuser makes, and nothing else."""

from typing import Any

import psycopg
from psycopg import sql

DATABASE = "directory"
#: Migrates, creates test databases, owns every table.
OWNER_ROLE = "directory_owner"
#: Serves web and worker; owns nothing.
WEB_ROLE = "directory_web"

_ROLE_ATTRIBUTES = {OWNER_ROLE: "LOGIN CREATEDB", WEB_ROLE: "LOGIN"}


def prepare(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """
    Make what is missing; the connection is the superuser's, in autocommit.

    Two processes may get here together, so what another has just made is accepted.
    """
    roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role, attributes in _ROLE_ATTRIBUTES.items():
        if role not in roles:
            _create(connection, sql.SQL("CREATE ROLE {} " + attributes).format(_name(role)))
    databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
    if DATABASE not in databases:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        _create(connection, statement.format(_name(DATABASE), _name(OWNER_ROLE)))


def _name(text: str) -> sql.Identifier:
    return sql.Identifier(text)


def _create(connection: psycopg.Connection[tuple[Any, ...]], statement: sql.Composed) -> None:
    try:
        connection.execute(statement)
    except (
        psycopg.errors.DuplicateObject,
        psycopg.errors.DuplicateDatabase,
        psycopg.errors.UniqueViolation,
    ):
        return
