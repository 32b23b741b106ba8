"""What people see where a page cannot be shown."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


def bad_address(request: HttpRequest, *, problems: Sequence[str] = ()) -> HttpResponse:
    """A 400 page that says what is wrong with the address and where to go from here."""
    return render(request, "400.html", {"problems": problems}, status=400)


def not_allowed(request: HttpRequest, *, message: str, url: str, link: str) -> HttpResponse:
    """A 403 page that says what somebody may not do, and leads to what they may."""
    return render(request, "403.html", {"message": message, "url": url, "link": link}, status=403)


def took_too_long(request: HttpRequest, *, text: str) -> HttpResponse:
    """A 503 page with the search that the database could not answer in time."""
    context = {"text": text, "hide_header_search": True}
    return render(request, "directory/search_too_slow.html", context, status=503)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for requests Django itself refuses; what it found stays in the log."""
    return bad_address(request)
