"""How resources are described in OpenAPI: parameters, pages, and the problems to expect."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers as rest

from directory.api import problems
from directory.api.filters import ApiFilters
from directory.api.problems import MEDIA_TYPE, Kind
from directory.api.search_serializers import (
    FacetsSerializer,
    NothingFoundSerializer,
    RelatedTagSerializer,
)
from directory.api.serializers import ProblemSerializer

#: What any resource may answer with.
ALWAYS = (
    problems.AUTHENTICATION_REQUIRED,
    problems.PERMISSION_DENIED,
    problems.NOT_ACCEPTABLE,
    problems.MALFORMED_REQUEST,
    problems.URI_TOO_LONG,
    problems.SERVER_ERROR,
)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description names our authentication."""

    target_class = "directory.api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """RFC 6750, as OpenAPI writes it."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token issued with `manage.py issue_token`: `--reader NAME` to read, "
            "`--feed SLUG` to push to a feed.",
        }


def one(
    *,
    name: str,
    summary: str,
    serializer: type[rest.Serializer[Any]],
    filters: type[ApiFilters] | None = None,
    tag: str,
    moves: bool = False,
) -> Callable[..., Any]:
    """
    Describes a method that answers with one object.

    moves: the object may have become part of another.
    """
    moved = {308: OpenApiResponse(description="It is part of another now: see `Location`.")}
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[tag],
        parameters=parameters(filters=filters) if filters else [],
        responses={
            200: serializer,
            **(moved if moves else {}),
            304: OpenApiResponse(description="The client holds it already (`If-None-Match`)."),
            **refusals(*ALWAYS, problems.NOT_FOUND),
        },
    )


def page(
    *,
    name: str,
    answer: str,
    summary: str,
    of: type[rest.Serializer[Any]],
    filters: type[ApiFilters],
    tag: str,
    counted: bool = False,
    also_csv: bool = False,
    more: Mapping[str, Any] | None = None,
) -> Callable[..., Any]:
    """
    Describes a method that answers with one page of a list.

    answer: name of the answer's schema.
    counted: with the total and the facets of a search.
    also_csv: the whole list is to be had as CSV. more: further members of the page.
    """
    members: dict[str, Any] = {
        "results": of(many=True),
        "next": rest.URLField(allow_null=True, help_text="Address of the next page."),
    }
    if counted:
        members |= {
            "total": rest.IntegerField(help_text="People on all pages."),
            "is_about": rest.BooleanField(
                help_text="Total and counts are taken from a sample, as there are so many."
            ),
            "is_closest": rest.BooleanField(
                help_text="Nobody fits all the words; these people fit some of them."
            ),
            "facets": FacetsSerializer(),
            "related_expertise": RelatedTagSerializer(
                many=True,
                help_text="Where expertise is asked for, what those found state more often than"
                " others do, on the first page.",
            ),
            "nothing_found": NothingFoundSerializer(
                allow_null=True, help_text="Why nobody was found; null where somebody was."
            ),
        }
    shown = inline_serializer(name=answer, fields=members | dict(more or {}))
    csv: dict[Any, Any] = {(200, "text/csv"): OpenApiTypes.STR} if also_csv else {}
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[tag],
        parameters=parameters(filters=filters),
        responses={
            (200, "application/json"): shown,
            **csv,
            **refusals(*ALWAYS, problems.SEARCH_TOO_SLOW),
        },
    )


def parameters(*, filters: type[ApiFilters]) -> list[OpenApiParameter]:
    """The parameters of a resource."""
    return [
        OpenApiParameter(
            name,
            type=dict(parameter.described),
            location=OpenApiParameter.QUERY,
            description=parameter.meaning,
            # A repeated parameter is what OpenAPI calls exploded; a list with commas is not.
            explode=parameter.repeatable if parameter.described["type"] == "array" else None,
            style="form" if parameter.described["type"] == "array" else None,
        )
        for name, parameter in filters.parameters().items()
    ]


def refusals(*kinds: Kind) -> Mapping[tuple[int, str], OpenApiResponse]:
    """The problems that a resource may answer with, by status."""
    titles: dict[int, list[str]] = {}
    for kind in kinds:
        titles.setdefault(kind.status, []).append(kind.title)
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            response=ProblemSerializer, description=f"{'; '.join(of_status)}."
        )
        for status, of_status in titles.items()
    }
