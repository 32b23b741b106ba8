"""Where the header leads, and what a search may be used for: what the person's roles reach."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from directory.curating.remit import Remit, remit_of


def curating(request: HttpRequest) -> dict[str, Any]:
    """
    `may_curate`, `may_read_searches`, `may_export`, `may_read_exports` and `may_read_trail` for
    templates; asked of the database, once, by a page that shows one of them, and no other.
    """

    @cache
    def remit() -> Remit | None:
        user = getattr(request, "user", None)
        return remit_of(user=user, now=timezone.now()) if isinstance(user, User) else None

    def whether(reaches: Callable[[Remit], bool]) -> "SimpleLazyObject[bool]":
        return SimpleLazyObject(lambda: (held := remit()) is not None and reaches(held))

    return {
        "may_curate": whether(bool),
        "may_read_searches": whether(lambda held: held.may_read_searches),
        "may_export": whether(lambda held: held.may_export),
        "may_read_trail": whether(lambda held: held.may_read_trail),
        "may_read_exports": whether(lambda held: held.may_read_exports),
    }
