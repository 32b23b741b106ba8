"""
Every kind of refusal the API answers with, and how one is written (RFC 9457).

`type` is the stable part: a client branches on it, never on `title` or `detail`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"

#: Where each kind is explained; its address is the problem's `type`.
PLACE = "/api/v1/docs/problems/"


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of problem.

    name: last part of its `type`, stable for good.
    remedy: what the reader of the documentation can do about it.
    """

    name: str
    status: int
    title: str
    remedy: str

    @property
    def type(self) -> str:
        """The URI reference that identifies this kind."""
        return PLACE + self.name


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: the query parameter it is in, and what to do."""

    parameter: str
    detail: str


MALFORMED_REQUEST = Kind(
    "malformed-request",
    400,
    "The request cannot be read",
    "Percent-encode the query as UTF-8, without control characters.",
)
INVALID_PARAMETERS = Kind(
    "invalid-parameters",
    400,
    "A query parameter is not valid",
    "Read `errors`: each names a parameter and says what it takes.",
)
AUTHENTICATION_REQUIRED = Kind(
    "authentication-required",
    401,
    "A token is required",
    "Send `Authorization: Bearer TOKEN`; cookies are ignored.",
)
INVALID_TOKEN = Kind(
    "invalid-token",
    401,
    "The token is not valid",
    "It is mistyped, expired or withdrawn: ask an administrator for another.",
)
PERMISSION_DENIED = Kind(
    "permission-denied",
    403,
    "The token is not for this",
    "Read with a token that was issued for reading; push with one issued for that very feed.",
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "Nothing is here",
    "Check the address. What you may not see looks the same as what does not exist.",
)
PRECONDITION_FAILED = Kind(
    "precondition-failed",
    412,
    "The resource is not as you expect it",
    "Read it again: it differs from what `If-Match` names.",
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    405,
    "The method is not allowed here",
    "Use a method that the answer's `Allow` names.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    "No such representation",
    "Accept `application/json`.",
)
URI_TOO_LONG = Kind(
    "uri-too-long",
    414,
    "The query is too long",
    "Keep the query below 4,000 bytes: ask for fewer things at once.",
)
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported-media-type",
    415,
    "The body's media type is not understood",
    "Send one of the media types that the documentation of the resource names.",
)
UNKNOWN_CODING = Kind(
    "unsupported-content-encoding",
    415,
    "The body is packed in a way we do not unpack",
    "Send it as it is, or with `Content-Encoding: gzip`.",
)
MALFORMED_BODY = Kind(
    "malformed-body",
    400,
    "The body cannot be read to its end",
    "It broke off, or is not packed as `Content-Encoding` says: send it again, whole.",
)
DELIVERY_TOO_LARGE = Kind(
    "delivery-too-large",
    413,
    "The delivery is too large",
    "Keep it within the documented limit once unpacked, and pack it at most to a 200th: send "
    "what changed (`complete=false`), a part at a time.",
)
DIGEST_MISMATCH = Kind(
    "digest-mismatch",
    422,
    "The body is not the one that was sent",
    "It has another digest than `Content-Digest` says: send it again.",
)
IDEMPOTENCY_KEY_REUSED = Kind(
    "idempotency-key-reused",
    422,
    "The key names another request",
    "Nothing was taken. Use a new `Idempotency-Key` for every new request.",
)
FEED_PAUSED = Kind(
    "feed-paused",
    409,
    "The feed is paused",
    "Nothing was taken. Whoever looks after the feed resumes it; then send it again.",
)
FEED_RETIRED = Kind(
    "feed-retired",
    409,
    "The feed is retired",
    "Nothing was taken, nor will be: the organisation delivers with another feed now.",
)
TOO_MANY_REQUESTS = Kind(
    "too-many-requests",
    429,
    "Too many requests",
    "Wait for the number of seconds that `Retry-After` names.",
)
SERVER_ERROR = Kind(
    "server-error",
    500,
    "Something went wrong here",
    "Try again; if it persists, report the time of the request.",
)

SEARCH_TOO_SLOW = Kind(
    "search-too-slow",
    503,
    "The search takes too long",
    "Ask for something narrower: more words, or a filter.",
)

KINDS = {
    kind.name: kind
    for kind in (
        MALFORMED_REQUEST,
        INVALID_PARAMETERS,
        AUTHENTICATION_REQUIRED,
        INVALID_TOKEN,
        PERMISSION_DENIED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        PRECONDITION_FAILED,
        URI_TOO_LONG,
        UNSUPPORTED_MEDIA_TYPE,
        UNKNOWN_CODING,
        MALFORMED_BODY,
        DELIVERY_TOO_LARGE,
        DIGEST_MISMATCH,
        IDEMPOTENCY_KEY_REUSED,
        FEED_PAUSED,
        FEED_RETIRED,
        TOO_MANY_REQUESTS,
        SERVER_ERROR,
        SEARCH_TOO_SLOW,
    )
}


def problem_response(
    *,
    kind: Kind,
    detail: str = "",
    faults: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem as it goes out; a plain response, so no view's renderer changes its form."""
    body: dict[str, object] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.remedy,
    }
    errors = [{"parameter": fault.parameter, "detail": fault.detail} for fault in faults]
    if errors:
        body["errors"] = errors
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(
        content, status=kind.status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )
