"""What every page gets because somebody is signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from accounts.budgets import Budget, Overspent, overspent, spend

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """
    Keeps what a signed-in person saw out of every cache, their own browser's included.

    A view that sets its own `Cache-Control`, such as a photo's, keeps it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class BudgetMiddleware:
    """
    Everybody may open so many pages a minute: enough for whoever reads, not for whoever copies.

    The API counts what its tokens ask for itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            budget = Budget(name="pages", limit=settings.PAGES_PER_MINUTE, seconds=60)
            try:
                spend(who=str(request.user.pk), budget=budget, now=timezone.now())
            except Overspent as refusal:
                overspent.send(sender=None, user=request.user, budget=budget)
                response = render(request, "429.html", status=429)
                response["Retry-After"] = str(refusal.wait_seconds)
                return response
        return self.get_response(request)
