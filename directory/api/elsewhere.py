"""Addresses under /api/ that are written a little differently, or lead nowhere."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from directory.api.endpoint import Endpoint


@extend_schema(exclude=True)
class NowhereView(Endpoint):
    """Answers in JSON where Django would answer with a page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """
        The resource at the same address with or without its last slash, if there is one.

        Served and not redirected to: a client that forgot a slash loses nothing by it.
        """
        if meant := _meant(path=request.path_info):
            answer: HttpResponseBase = meant.func(request, *meant.args, **meant.kwargs)
            return answer
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """
        Whoever may read learns that nothing is here, whatever they meant to do to it.

        :raises NotFound: always, once somebody known asks.
        """
        APIView.initial(self, request, *args, **kwargs)
        raise NotFound


def _meant(*, path: str) -> ResolverMatch | None:
    if path.endswith("//"):
        return None
    try:
        match = resolve(path.removesuffix("/") if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    is_nowhere = getattr(match.func, "view_class", None) is NowhereView
    return match if match.app_names == ["api"] and not is_nowhere else None
