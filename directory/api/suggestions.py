"""What somebody may mean while they type, for a box in a system of the reader's own."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api import descriptions, problems
from directory.api.endpoint import Endpoint
from directory.api.filters import ApiFilters, size_parameter, text_parameter
from directory.api.serializers import API_PATH
from directory.search.suggest import DEFAULT_SIZE, MAX_SIZE, Suggestion, suggest

KINDS: Final = [
    ("person", "A person"),
    ("team", "A team"),
    ("organisation", "An organisation"),
    ("expertise", "A term of expertise"),
]


class SuggestFilters(ApiFilters):
    """What somebody typed so far."""

    q = text_parameter(
        meaning="What was typed so far: the beginning of a name, acronym, e-mail address or"
        " telephone number, or of several words of it. No text, no suggestions."
    )
    size = size_parameter(
        meaning="Most people; of each other kind there are half as many, rounded up.",
        default=DEFAULT_SIZE,
        most=MAX_SIZE,
    )


class LabelPartSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_match = serializers.BooleanField(help_text="What was typed begins this.")


class SuggestionSerializer(serializers.Serializer[Any]):
    """One thing to go to; made from its kind and a `search.suggest.Suggestion`."""

    kind = serializers.ChoiceField(choices=KINDS)
    id = serializers.UUIDField()
    label = serializers.CharField(help_text="What to show.")  # type: ignore[assignment] # DRF's own is text
    parts = LabelPartSerializer(
        many=True, help_text="The label in pieces, in order, to show what was matched."
    )
    title = serializers.CharField(help_text="Job title of a person; empty for other kinds.")
    organisation = serializers.CharField(help_text="Organisation of a person or a team.")
    people = serializers.IntegerField(
        allow_null=True, help_text="About how many people claim the expertise."
    )
    is_closed = serializers.BooleanField(help_text="An organisation that is no more.")
    url = serializers.SerializerMethodField(
        help_text="The record in the API; for expertise, the people found by it."
    )
    web_url = serializers.SerializerMethodField(help_text="The page for people.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, shown: Mapping[str, Any]) -> str:
        kind, address = shown["kind"], quote(shown["address"])
        paths = {
            "person": f"{API_PATH}people/{address}/",
            "team": f"{API_PATH}teams/{shown['id']}/",
            "organisation": f"{API_PATH}organisations/{address}/",
            "expertise": f"{API_PATH}people/?{urlencode({'q': shown['label']})}",
        }
        return f"{self.context['site']}{paths[kind]}"

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, shown: Mapping[str, Any]) -> str:
        kind, address = shown["kind"], quote(shown["address"])
        paths = {
            "person": f"people/{address}",
            "team": f"teams/{address}",
            "organisation": f"organisations/{address}",
            "expertise": f"search?{urlencode({'q': shown['label']})}",
        }
        return f"{self.context['site']}{paths[kind]}"


class SuggestView(Endpoint):
    """A few people, teams, organisations and terms of expertise, of each kind the best first."""

    filters = SuggestFilters

    @extend_schema(
        operation_id="suggest",
        summary="Suggest people, teams, organisations and expertise for what was typed so far",
        tags=["people"],
        parameters=descriptions.parameters(filters=SuggestFilters),
        responses={
            (200, "application/json"): inline_serializer(
                name="Suggestions", fields={"results": SuggestionSerializer(many=True)}
            ),
            304: OpenApiResponse(description="The client holds it already (`If-None-Match`)."),
            **descriptions.refusals(*descriptions.ALWAYS, problems.SEARCH_TOO_SLOW),
        },
    )
    def get(self, request: Request) -> Response:
        """What may be meant."""
        given = self.given()
        found = suggest(viewer=self.viewer(), text=given["q"], size=given["size"])
        shown = SuggestionSerializer(
            [_shown(kind, one) for kind, ones in found for one in ones],
            many=True,
            context={"site": request.build_absolute_uri("/")},
        )
        return Response({"results": shown.data})


def _shown(kind: str, one: Suggestion) -> dict[str, Any]:
    names = ("id", "label", "parts", "title", "organisation", "people", "is_closed", "address")
    return {"kind": kind} | {name: getattr(one, name) for name in names}
