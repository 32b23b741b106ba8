"""
One database object per file, versioned: `project_gathered.8.sql`.

A released file never changes; a new version is the next number and a migration
that drops the old one first.
"""

from pathlib import Path

from django.db.migrations import RunSQL

HERE = Path(__file__).parent


def load(*, name: str, drop: str | None = None) -> RunSQL:
    """
    A migration operation that runs `name`.sql.

    name: file name without its ending, such as "fold_text.3".
    drop: the statements that take it away again; without them the migration cannot be undone.
    """
    # No parameters are passed, so a per cent sign in a file stands for itself.
    return RunSQL(sql=(HERE / f"{name}.sql").read_text(encoding="utf-8"), reverse_sql=drop)
