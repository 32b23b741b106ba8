"""Whether the header leads to curating: only for those who have something to curate."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from directory.curating.remit import remit_of


def curating(request: HttpRequest) -> dict[str, Any]:
    """`may_curate` for templates; asked of the database by a page that shows it, and no other."""

    def may_curate() -> bool:
        user = getattr(request, "user", None)
        return isinstance(user, User) and bool(remit_of(user=user, now=timezone.now()))

    return {"may_curate": SimpleLazyObject(may_curate)}
