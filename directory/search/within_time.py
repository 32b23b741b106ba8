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
_BY_TOKENS: Final = {"enable_seqscan": "off", "enable_indexscan": "off"}
_ALWAYS: Final = {"statement_timeout": f"{TIMEOUT_SECONDS}s", "jit": "off"}


@contextmanager
def within_time(*, any_plan: bool = False) -> Iterator[None]:
    """
    Give every statement inside `TIMEOUT_SECONDS`, and give the caller's own settings back.

    any_plan: they are not about tokens, and the planner may choose.

    :raises SearchTooSlow: if one of them takes longer.
    """
    within_another = connection.in_atomic_block
    ours = _ALWAYS if any_plan else _ALWAYS | _BY_TOKENS
    change = ", ".join(f"set_config('{name}', %s, true)" for name in ours)
    read = ", ".join(f"current_setting('{name}')" for name in ours)
    try:
        with transaction.atomic(), connection.cursor() as db:
            db.execute(f"SELECT {read}, {change}", list(ours.values()))
            before = db.fetchone()[: len(ours)]
            yield
            # Otherwise they end with the transaction.
            if within_another:
                db.execute(f"SELECT {change}", before)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow(
                "This search takes too long; ask for something narrower."
            ) from error
        raise
