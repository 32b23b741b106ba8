"""How the feed API is described in OpenAPI."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from rest_framework import serializers as rest

from directory.api import problems
from directory.api.body import MEDIA_TYPES
from directory.api.descriptions import ALWAYS, one, page, parameters, refusals
from directory.api.feed_filters import KEY_CHARACTERS, DeliveryFilters, PageFilters, PlanFilters
from directory.api.feed_serializers import (
    PlanLineSerializer,
    RunFaultSerializer,
    RunSerializer,
    TakenRunSerializer,
)

Described = Callable[..., Any]

_TAG = "feeds"

_EXAMPLES = [
    OpenApiExample(
        "One row that changed",
        media_type="application/x-ndjson",
        request_only=True,
        value='{"source_key": "10023", "given_name": "Maya", "family_name": "Holt", '
        '"unit_code": "POL-1", "status": "active"}',
    ),
    OpenApiExample(
        "A file",
        media_type="text/csv",
        request_only=True,
        value="source_key,given_name,family_name,unit_code,status\n10023,Maya,Holt,POL-1,active\n",
    ),
]


def _header(name: str, meaning: str, **described: Any) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        type={"type": "string"} | described,
        location=OpenApiParameter.HEADER,
        description=meaning,
    )


_HEADERS = [
    _header(
        "Idempotency-Key",
        "Your own name for this request: sent again, it is answered with the same run.",
        minLength=1,
        maxLength=KEY_CHARACTERS,
    ),
    _header("Content-Digest", "Of the body as it is sent (RFC 9530): `sha-256=:BASE64:`."),
    _header("Content-Encoding", "How the body is packed.", enum=["identity", "gzip"]),
]

runs: Described = page(
    name="list_runs",
    answer="PageOfRuns",
    summary="List what was delivered, the newest first",
    of=RunSerializer,
    filters=PageFilters,
    tag=_TAG,
)

run: Described = one(
    name="read_run",
    summary="Read what became of a delivery",
    serializer=RunSerializer,
    tag=_TAG,
)

faults: Described = page(
    name="list_faults",
    answer="PageOfFaults",
    summary="List what was wrong with a delivery, as JSON or CSV",
    of=RunFaultSerializer,
    filters=PageFilters,
    tag=_TAG,
    also_csv=True,
)

plan: Described = page(
    name="list_plan",
    answer="PageOfPlan",
    summary="List what a delivery does, field by field, as JSON or CSV",
    of=PlanLineSerializer,
    filters=PlanFilters,
    tag=_TAG,
    also_csv=True,
    more={
        "counts": rest.DictField(
            child=rest.DictField(child=rest.IntegerField()),
            help_text="Lines of the whole plan by `action` and by `situation`.",
        ),
        "digest": rest.CharField(help_text="Of the whole plan; an approval names it."),
    },
)

delivery: Described = extend_schema(
    operation_id="deliver",
    summary="Deliver a file, or rows that changed",
    tags=[_TAG],
    parameters=[*parameters(filters=DeliveryFilters), *_HEADERS],
    request=dict.fromkeys(MEDIA_TYPES, OpenApiTypes.BINARY),
    examples=_EXAMPLES,
    responses={
        202: OpenApiResponse(
            response=TakenRunSerializer, description="Taken: follow the run at `Location`."
        ),
        **refusals(
            *ALWAYS,
            problems.INVALID_PARAMETERS,
            problems.MALFORMED_BODY,
            problems.FEED_PAUSED,
            problems.FEED_RETIRED,
            problems.DELIVERY_TOO_LARGE,
            problems.UNSUPPORTED_MEDIA_TYPE,
            problems.UNKNOWN_CODING,
            problems.DIGEST_MISMATCH,
            problems.IDEMPOTENCY_KEY_REUSED,
        ),
    },
)
