"""Who is asking, as the domain wants to know it."""

from django.http import HttpRequest

from directory.visibility import Viewer


def viewer_of(*, request: HttpRequest) -> Viewer:
    """The viewer behind a request; sign-in is enforced before any view runs."""
    return Viewer(user_id=request.user.pk, email=getattr(request.user, "email", ""))
