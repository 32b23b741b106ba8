"""Reads the database as it stands at one moment, and leaves it as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from directory.changes.planner import plan_for_whole_tables
from directory.checking.broken import EXAMPLES, Broken


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the same moment, whatever is synced meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            plan_for_whole_tables(cursor=cursor)
        yield
        transaction.set_rollback(True)


@contextmanager
def untouched(*, scratch: str = "") -> Iterator[None]:
    """
    The database itself refuses every write inside, except into the scratch tables.

    scratch: statements that make temporary tables; they are gone afterwards.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            if scratch:
                cursor.execute(scratch)
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)


def broken_by(*, sql: str, named: dict[str, Any]) -> Broken:
    """
    How many rows a query finds, and the first of them.

    sql: the query, constant, of one column `id`. named: values of its parameters.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) OVER (), id FROM ({sql}) AS broken ORDER BY id LIMIT {EXAMPLES}",
            named,
        )
        rows = cursor.fetchall()
    return Broken(rows[0][0] if rows else 0, tuple(str(row[1]) for row in rows))
