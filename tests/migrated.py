"""What migrations brought: kept aside, and put back after a test emptied every table."""

from collections.abc import Mapping

import psycopg
from django.db import connections
from psycopg import sql

#: Filled by Django itself after every flush.
FILLED_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


def rows_by_table() -> dict[str, bytes]:
    """Every row there is, as COPY writes it, by table."""
    tables = connections["owner"].introspection.table_names()
    with _as_owner() as connection:
        rows = {}
        for table in sorted(set(tables) - FILLED_BY_DJANGO):
            copy_out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
            with connection.cursor().copy(copy_out) as copy:
                rows[table] = b"".join(bytes(block) for block in copy)
    return {table: content for table, content in rows.items() if content}


def fill(*, rows_by_table: Mapping[str, bytes]) -> None:
    """Put the rows back into those of their tables that are empty."""
    with _as_owner() as connection, connection.transaction():
        for table, rows in rows_by_table.items():
            name = sql.Identifier(table)
            is_filled = connection.execute(
                sql.SQL("SELECT EXISTS (SELECT FROM {})").format(name)
            ).fetchone()
            if is_filled == (False,):
                copy_in = sql.SQL("COPY {} FROM STDIN").format(name)
                with connection.cursor().copy(copy_in) as copy:
                    copy.write(rows)
                _count_on(connection, table)


def _count_on(connection: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    """Number the next rows after those that came with numbers of their own."""
    numbered = connection.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_identity = 'YES'",
        [table],
    ).fetchall()
    for (column,) in numbered:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), max({})) FROM {}").format(
                sql.Literal(table),
                sql.Literal(column),
                sql.Identifier(str(column)),
                sql.Identifier(table),
            )
        )


def _as_owner() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of our own: Django denies a test every alias it has not asked for."""
    values = connections["owner"].settings_dict
    return psycopg.connect(
        host=values["HOST"],
        port=values["PORT"],
        user=values["USER"],
        password=values.get("PASSWORD"),
        dbname=values["NAME"],
        autocommit=True,
    )
