"""The description of the API, its page, and what each kind of problem means."""

from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api import descriptions
from directory.api.authentication import BearerAuthentication
from directory.api.endpoint import Endpoint
from directory.api.problems import KINDS
from directory.api.serializers import ProblemKindSerializer


class Documentation(Endpoint):
    """
    What a person reads in a browser as well: any token will do, and so does a sign-in.

    It shows nothing of the directory, so a cookie may open it.
    """

    authentication_classes = [BearerAuthentication, SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The answer depends on the cookie too."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        return response


@extend_schema(exclude=True)
class SchemaView(Documentation, SpectacularAPIView):
    """The OpenAPI description, as JSON or YAML."""

    renderer_classes = [
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    ]


@method_decorator(csp_update({"img-src": "data:"}), name="dispatch")
@extend_schema(exclude=True)
class DocsView(Documentation, SpectacularSwaggerSplitView):
    """The description as a page; its script is a file of its own, as our CSP wants it."""

    renderer_classes = [TemplateHTMLRenderer]
    template_name = "api/docs.html"
    url_name = "api:schema"

    def parameters(self) -> dict[str, bool]:
        """`script` asks for the script."""
        return {"script": False}

    def handle_exception(  # type: ignore[override]
        self, exc: Exception
    ) -> HttpResponseBase:
        """Somebody with a browser is led to the sign-in page."""
        response = super().handle_exception(exc)
        if response.status_code == 401 and "text/html" in self.request.headers.get("Accept", ""):
            return redirect_to_login(self.request.get_full_path())
        return response


class ProblemKindView(Documentation):
    """One kind of problem, at the address that is its `type`."""

    @descriptions.one(
        name="read_problem",
        summary="Read what a kind of problem means",
        serializer=ProblemKindSerializer,
        tag="documentation",
    )
    def get(self, request: Request, name: str) -> Response:
        """What it means, and what to do."""
        if name not in KINDS:
            raise NotFound
        return Response(ProblemKindSerializer(KINDS[name]).data)
