"""The query string, read strictly: what we do not understand is refused, never ignored."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote_to_bytes

from django.http import QueryDict

from directory.api.errors import InvalidParameters, MalformedQuery, QueryTooLong
from directory.api.problems import Fault

MAX_QUERY_BYTES = 4000

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def check_encoding(*, query_string: str) -> None:
    """
    Refuse a query string that cannot be read as it was meant.

    Django replaces what it cannot decode, so a search for a garbled name would
    answer "nobody" where the client has a fault to mend.

    :raises QueryTooLong: beyond MAX_QUERY_BYTES.
    :raises MalformedQuery: for broken percent escapes, bytes that are not UTF-8
        (surrogates among them) and control characters.
    """
    if len(query_string) > MAX_QUERY_BYTES:
        raise QueryTooLong
    if _BROKEN_ESCAPE.search(query_string):
        raise MalformedQuery
    try:
        # WSGI hands bytes over as latin-1; a test client may hand over more.
        raw = unquote_to_bytes(query_string.encode("latin-1"))
        text = raw.decode("utf-8")
    except UnicodeError:
        raise MalformedQuery from None
    if _CONTROL.search(text):
        raise MalformedQuery


def check_names(*, given: QueryDict, known: Mapping[str, bool]) -> None:
    """
    Refuse parameters that the resource does not have, and those given too often.

    known: name to whether it may be repeated.

    :raises InvalidParameters: naming every one of them.
    """
    faults = [_unknown(name, known) for name in given if name not in known]
    faults += [
        Fault(name, "Give this parameter once.")
        for name, repeatable in known.items()
        if not repeatable and len(given.getlist(name)) > 1
    ]
    if faults:
        raise InvalidParameters(faults=faults)


def _unknown(name: str, known: Collection[str]) -> Fault:
    takes = f"takes {', '.join(sorted(known))}" if known else "takes no parameters"
    return Fault(name, f"There is no such parameter; this resource {takes}.")
