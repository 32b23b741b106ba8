"""Who is asking, as the domain wants to know it."""

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from directory.record_owners import viewer_for
from directory.visibility import Viewer


def viewer_of(*, request: HttpRequest) -> Viewer:
    """The viewer behind a request; sign-in is enforced before any view runs."""
    return viewer_for(user=user_of(request), now=timezone.now())


def user_of(request: HttpRequest) -> User:
    """Who is signed in; that somebody is, is enforced before any view runs."""
    assert isinstance(request.user, User)  # noqa: S101 - tells the type checker what middleware did
    return request.user
