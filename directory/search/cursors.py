"""
Where the next page begins: the sort key of the last hit, signed so that nobody makes one up.

Without the time, so that the same page has the same bytes whenever it is asked for.
"""

from collections.abc import Sequence
from typing import Any

from django.core import signing

_SALT = "directory.search"


class BadCursor(Exception):
    """The cursor was not made here, or for another list."""


def write_cursor(*, listing: str, key: Sequence[Any]) -> str:
    """A cursor for the hits after `key`, whose values are text and whole numbers."""
    return signing.Signer(salt=_SALT).sign_object([listing, *key])


def read_cursor(*, listing: str, cursor: str) -> list[Any] | None:
    """
    The key in a cursor; None for the first page.

    :raises BadCursor: if it is not one of ours for this listing.
    """
    if not cursor:
        return None
    try:
        made_for, *key = signing.Signer(salt=_SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise BadCursor(
            "This cursor is not valid here; start again from the first page."
        ) from error
    if made_for != listing:
        raise BadCursor("This cursor belongs to another list; start again from the first page.")
    return list(key)
