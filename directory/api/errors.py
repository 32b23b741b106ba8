"""How every exception under /api/ becomes a problem of `problems.py`."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.log import log_response
from rest_framework import exceptions
from rest_framework.views import set_rollback

from directory.api import problems
from directory.api.problems import Fault, Kind, problem_response
from directory.search import find
from directory.sync import receiving, submitting


class MalformedQuery(exceptions.ParseError):
    """The query string is not percent-encoded UTF-8, or carries control characters."""


class QueryTooLong(exceptions.APIException):
    """The query string is longer than we read."""

    status_code = 414


class MalformedBody(Exception):
    """The body ends too early, or is not packed as its header says."""


class UnknownCoding(Exception):
    """The body is packed in a way we do not unpack."""


class InvalidParameters(exceptions.APIException):
    """
    One or more query parameters are unknown, repeated or have a value they do not take.

    faults: one for each, in the order of their names.
    """

    status_code = 400

    def __init__(self, *, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.parameter))
        super().__init__()


class ExplainRefused(exceptions.PermissionDenied):
    """How people are ranked is shown to curators, and the token is not one's."""

    faults = (Fault("explain", "This token is not a curator's: leave it out."),)


_KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (InvalidParameters, problems.INVALID_PARAMETERS),
    (exceptions.ParseError, problems.MALFORMED_REQUEST),
    (SuspiciousOperation, problems.MALFORMED_REQUEST),
    (exceptions.NotAuthenticated, problems.AUTHENTICATION_REQUIRED),
    (exceptions.AuthenticationFailed, problems.INVALID_TOKEN),
    (exceptions.PermissionDenied, problems.PERMISSION_DENIED),
    (PermissionDenied, problems.PERMISSION_DENIED),
    (exceptions.NotFound, problems.NOT_FOUND),
    (Http404, problems.NOT_FOUND),
    (ObjectDoesNotExist, problems.NOT_FOUND),
    (exceptions.MethodNotAllowed, problems.METHOD_NOT_ALLOWED),
    (exceptions.NotAcceptable, problems.NOT_ACCEPTABLE),
    (QueryTooLong, problems.URI_TOO_LONG),
    (exceptions.UnsupportedMediaType, problems.UNSUPPORTED_MEDIA_TYPE),
    (exceptions.Throttled, problems.TOO_MANY_REQUESTS),
    (find.SearchTooSlow, problems.SEARCH_TOO_SLOW),
    (MalformedBody, problems.MALFORMED_BODY),
    (UnknownCoding, problems.UNKNOWN_CODING),
    (submitting.FileTooLarge, problems.DELIVERY_TOO_LARGE),
    (submitting.DigestMismatch, problems.DIGEST_MISMATCH),
    (submitting.IdempotencyKeyReused, problems.IDEMPOTENCY_KEY_REUSED),
    (receiving.FeedPaused, problems.FEED_PAUSED),
    (receiving.FeedRetired, problems.FEED_RETIRED),
)

#: What these say, such as the limit itself, no kind can know.
_SAY_MORE = (submitting.FileTooLarge,)


def problem_for(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """
    The answer to an exception, as `REST_FRAMEWORK["EXCEPTION_HANDLER"]` calls it.

    One that nobody foresaw is logged as a crash, and the answer says no more than that.
    The text never depends on the object asked for, so that what is hidden and
    what does not exist are answered with the same bytes.
    """
    if isinstance(exception, find.BadCursor):
        exception = InvalidParameters(faults=[Fault("cursor", str(exception))])
    elif isinstance(exception, find.QueryTooLong):
        exception = InvalidParameters(faults=[Fault("q", str(exception))])
    for error_class, kind in _KINDS:
        if isinstance(exception, error_class):
            set_rollback()
            return problem_response(
                kind=kind,
                detail=str(exception) if isinstance(exception, _SAY_MORE) else "",
                faults=getattr(exception, "faults", ()),
                headers=_headers(exception),
            )
    return _crash(exception, context["request"]._request)


def _crash(exception: Exception, request: HttpRequest) -> HttpResponse:
    """Log the exception as Django would."""
    set_rollback()
    response = problem_response(kind=problems.SERVER_ERROR)
    got_request_exception.send(sender=None, request=request)
    log_response(
        "%s: %s",
        response.reason_phrase,
        request.path,
        response=response,
        request=request,
        exception=exception,
    )
    return response


def _headers(exception: Exception) -> dict[str, str]:
    headers = {}
    if challenge := getattr(exception, "auth_header", ""):
        headers["WWW-Authenticate"] = str(challenge)
    if (wait_seconds := getattr(exception, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait_seconds))
    return headers
