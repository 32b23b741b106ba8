"""What every resource of the API has in common: who may ask, strict parameters, validators."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from directory.api import problems
from directory.api.authentication import viewer_of
from directory.api.filters import ApiFilters
from directory.api.parameters import check_encoding, check_names
from directory.api.serializers import SparseSerializer
from directory.looks import note_look
from directory.models import Credential, Look
from directory.visibility import Viewer


class Endpoint(APIView):
    """
    A resource, read as a rule.

    filters: the parameters it takes, None for none at all.
    writes_with: the method by which it takes something, if it does.
    """

    http_method_names = ["get", "head", "options"]
    filters: ClassVar[type[ApiFilters] | None] = None
    writes_with: ClassVar[str] = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who is asking comes first: without a token nobody learns even what parameters exist."""
        super().initial(request, *args, **kwargs)
        check_encoding(query_string=request.META.get("QUERY_STRING", ""))
        if request.method in ("GET", "HEAD") or request.method == self.writes_with:
            check_names(given=request.query_params, known=self.parameters())

    def parameters(self) -> dict[str, bool]:
        """The parameters this resource takes, and whether each may be repeated."""
        taken = self.filters.parameters() if self.filters else {}
        return {name: parameter.repeatable for name, parameter in taken.items()}

    def options(  # type: ignore[override] # of Django, where DRF has its own request
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        """`Allow` says it all."""
        return Response(status=204)

    def finalize_response(  # type: ignore[override] # problems are plain responses
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Make the answer one that only its asker may keep, and must ask about before reuse."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if response.status_code == 200 and isinstance(request.auth, Credential):
            note_look(
                viewer=self.viewer(),
                what=Look.What.API,
                person_id=kwargs.get("person_id"),
                asked=request.get_full_path(),
            )
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Authorization",))
        if response.status_code == 200 and isinstance(response, Response):
            response.add_post_render_callback(
                lambda rendered: _validated(request=request, response=rendered)
            )
        return response

    def viewer(self) -> Viewer:
        """Who asks."""
        return viewer_of(request=self.request)

    def given(self) -> dict[str, Any]:
        """
        The parameters' values.

        :raises InvalidParameters: if one has a value it does not take.
        """
        return self.filters.read(given=self.request.query_params) if self.filters else {}

    def one(
        self, serializer: type[SparseSerializer], what: Any, given: Mapping[str, Any]
    ) -> Response:
        """One object, with the members asked for."""
        shown = serializer(what, only=given["fields"], context=self._context())
        return Response(shown.data)

    def all_shown(
        self,
        serializer: type[SparseSerializer],
        what: Sequence[Any],
        given: Mapping[str, Any],
        **context: Any,
    ) -> list[dict[str, Any]]:
        """The objects of a page, with the members asked for; context: for the serializer."""
        context |= self._context()
        shown = serializer(what, many=True, only=given["fields"], context=context)
        return list(shown.data)

    def page(self, *, results: list[dict[str, Any]], next_cursor: str, **more: Any) -> Response:
        """One page of a list: its results and the address of the next, also as a `Link`."""
        following = None
        headers = {}
        if next_cursor:
            asked = [(k, v) for k, v in self.asked() if k != "cursor"]
            following = self.address(asked=[*asked, ("cursor", next_cursor)])
            headers["Link"] = f'<{following}>; rel="next"'
        return Response({"results": results, "next": following} | more, headers=headers)

    def asked(self) -> list[tuple[str, str]]:
        """The parameters as they were sent, name and value."""
        return [(k, v) for k, values in self.request.query_params.lists() for v in values]

    def address(self, *, asked: Sequence[tuple[str, str]]) -> str:
        """The absolute address of this resource with other parameters."""
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(asked)}")

    def _context(self) -> dict[str, Any]:
        return {"site": self.request.build_absolute_uri("/")}


def _validated(*, request: Request, response: HttpResponse) -> HttpResponseBase:
    """Give the answer a strong validator; 304 if the client holds these very bytes."""
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if not {"If-Match", "If-None-Match"} & set(request.headers):
        return response
    answer = get_conditional_response(request._request, etag=response["ETag"], response=response)
    if answer is not None and answer.status_code == problems.PRECONDITION_FAILED.status:
        return problems.problem_response(kind=problems.PRECONDITION_FAILED)
    return answer or response
