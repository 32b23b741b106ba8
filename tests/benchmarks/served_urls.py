"""The product's addresses, and one whose answer is empty behind all that the others pass."""

from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.endpoint import Endpoint


class EmptyView(Endpoint):
    """Nothing, for who may read."""

    def get(self, request: Request) -> Response:
        """An empty object."""
        return Response({})


urlpatterns = [
    path("api/v1/empty", EmptyView.as_view()),
    path("", include("directory.urls")),
]
