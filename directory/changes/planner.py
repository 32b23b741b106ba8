"""Tells PostgreSQL's planner what it cannot know about rows written a moment ago."""

from django.db.backends.utils import CursorWrapper

#: Up to so many rows, looking each up by an index is quicker than reading whole tables.
FEW = 500


def plan_for_whole_tables(*, cursor: CursorWrapper, rows_in: str) -> None:
    """
    For the rest of the transaction, join whole tables if `rows_in` has more than a few rows.

    Without statistics of new rows the planner takes them for few and would join them one by
    one: seconds become an hour at 100,000 rows. ANALYZE would tell it, and only a table's
    owner may run that, which the serving role is not.

    rows_in: a temporary table of ours; never a name from outside.
    """
    cursor.execute("SET LOCAL jit = off")
    cursor.execute("SET LOCAL work_mem = '64MB'")
    cursor.execute(f"SELECT count(*) FROM {rows_in}")
    many = cursor.fetchone()[0] > FEW
    cursor.execute(f"SET LOCAL enable_nestloop = {'off' if many else 'on'}")
