"""How rows take what the undo wants of them, or go."""

from django.db import connection

from directory.changes.undoing.nouns import Noun


def assignments(*, noun: Noun, but: frozenset[str] = frozenset()) -> str:
    """
    SQL: every column of the noun as its wanted row has it.

    but: columns that are written otherwise.
    """
    columns = [column for column in noun.columns if column not in but]
    return (
        f"({', '.join(columns)}, updated_at)"
        f" = ({', '.join(f'wanted.{column}' for column in columns)}, now())"
    )


def delete_going(*, noun: Noun) -> None:
    """Delete what the run made of this noun, as far as nothing stands on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {noun.table} standing USING going_{noun.word} going"
            " WHERE going.id = standing.id"
        )
