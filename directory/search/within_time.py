"""How long a search may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

#: Longest that one statement of a search may take.
TIMEOUT_SECONDS: Final = 5


class SearchTooSlow(Exception):
    """The database did not answer within `TIMEOUT_SECONDS`."""


# A condition of many tokens looks dear to the planner, which then reads the whole table, or walks
# along some other index: a hundred times slower than the index of tokens.
_OURS: Final = {
    "statement_timeout": f"{TIMEOUT_SECONDS}s",
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "jit": "off",
}


_CHANGE: Final = ", ".join(f"set_config('{name}', %s, true)" for name in _OURS)
_READ: Final = ", ".join(f"current_setting('{name}')" for name in _OURS)


@contextmanager
def within_time() -> Iterator[None]:
    """
    Give every statement inside `TIMEOUT_SECONDS`, and give the caller's own settings back.

    :raises SearchTooSlow: if one of them takes longer.
    """
    within_another = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as db:
            db.execute(f"SELECT {_READ}, {_CHANGE}", list(_OURS.values()))
            before = db.fetchone()[: len(_OURS)]
            yield
            # Otherwise they end with the transaction.
            if within_another:
                db.execute(f"SELECT {_CHANGE}", before)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow(
                "This search takes too long; ask for something narrower."
            ) from error
        raise
