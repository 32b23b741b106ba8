"""Tells PostgreSQL's planner what it cannot know about rows written a moment ago."""

from typing import Final

from django.db.backends.utils import CursorWrapper

#: Up to so many rows are rather looked up one by one than found among all there are.
FEW_ROWS: Final = 20_000

#: For each row of `change`, what the feed holds under its key, as `{held}`. Looked up row by row
#: (OFFSET 0 keeps the planner from making a join of it), so that it costs what changes.
HELD_UNDER_KEY: Final = """
    CROSS JOIN LATERAL (
        SELECT * FROM directory_sourcerecord
         WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
           AND source_key = change.source_key AND state = 'current' AND origin = 'feed'
        OFFSET 0) {held}
"""


def plan_for_whole_tables(*, cursor: CursorWrapper) -> None:
    """
    For the rest of the transaction, join by hashing rather than row by row.

    Without statistics of new rows the planner takes them for few and would look each up in
    turn: seconds become an hour at 100,000 rows. ANALYZE would tell it, and only a table's
    owner may run that, which the serving role is not. Hashing is never far from the best
    plan, and its cost grows with the tables and not with their product.
    """
    cursor.execute("SET LOCAL jit = off")
    cursor.execute("SET LOCAL work_mem = '64MB'")
    cursor.execute("SET LOCAL enable_nestloop = off")


def are_few(*, cursor: CursorWrapper, table: str) -> bool:
    """Whether a table, one of ours by its name, has no more than `FEW_ROWS`."""
    cursor.execute(f"SELECT count(*) FROM (SELECT FROM {table} LIMIT {FEW_ROWS + 1}) few")
    (rows,) = cursor.fetchone()
    return bool(rows <= FEW_ROWS)


def looked_up(*, statement: str, few: bool) -> str:
    """
    The statement, each of whose look-ups `CROSS JOIN LATERAL (SELECT … {each})` is made row by row
    where there are few rows to look up, and is a join like any other where there are many.

    What a run costs is then what it changes. Settings of the planner would not do: without
    statistics it begins at the wrong end. Inside such a look-up no condition may stand by which an
    index of other columns is partial, or that index may be walked from end to end.
    """
    return statement.replace("{each}", "OFFSET 0" if few else "")
