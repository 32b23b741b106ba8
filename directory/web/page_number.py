"""Which page of a list is asked for."""

from django.http import HttpRequest


def page_number(*, request: HttpRequest) -> int | None:
    """The page asked for, from 1; None where it is no page number."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    return int(text) or None
