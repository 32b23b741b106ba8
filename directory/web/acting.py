"""Every request is answered by a database that knows who asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from directory.postgresql.acting import NOBODY, acting_for


class ActingMiddleware:
    """
    Acts for whoever signed in, and for nobody where nobody did.

    The API tells by itself whom its token names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":  # That the process lives it says without the database.
            return self.get_response(request)
        with acting_for(str(request.user.pk) if request.user.is_authenticated else NOBODY):
            return self.get_response(request)
