"""Who is asking, as the domain wants to know it."""

from django.http import HttpRequest
from django.utils import timezone

from directory.record_owners import viewer_for
from directory.visibility import Viewer
from directory.web.curate.doors import user_of


def viewer_of(*, request: HttpRequest) -> Viewer:
    """The viewer behind a request; sign-in is enforced before any view runs."""
    return viewer_for(user=user_of(request), now=timezone.now())
