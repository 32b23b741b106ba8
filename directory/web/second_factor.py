"""Whoever curates shows more than a mailbox: a passkey, or the code of an app."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.second_factor import has_second_factor

View = Callable[..., HttpResponse]

#: Addresses outside `/curate/` that take what a mailbox alone does not open.
_ELSEWHERE: Final = frozenset({"directory:export"})


class SecondFactorMiddleware:
    """
    Leads whoever would curate and has no second factor to where they set one up.

    Whoever has one was asked for it when they signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The way there, where somebody is to be led there; None to go on."""
        match = request.resolver_match
        if not settings.REQUIRE_SECOND_FACTOR or match is None:
            return None
        if match.app_name != "curate" and match.view_name not in _ELSEWHERE:
            return None
        if not isinstance(request.user, User) or has_second_factor(user=request.user):
            return None
        messages.info(request, "To curate, set up a passkey or an authenticator app first.")
        return redirect("mfa_index")


def confirmed(view: View) -> View:
    """
    Ask whoever sends the form of this page to confirm that it is them, unless they did just now.

    Whoever has no second factor, where none is required, has nothing to confirm it with.
    """
    asked: View = reauthentication_required(view, allow_get=True)
    return asked
