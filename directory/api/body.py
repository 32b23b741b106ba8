"""
The body of a push, on its way to the disk in chunks: never whole in memory.

Counted, digested and unpacked as it arrives, so that what is too large or too tightly packed
is refused before all of it was read.
"""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import UnsupportedMediaType

from directory.api.errors import InvalidParameters, MalformedBody, UnknownCoding
from directory.api.problems import Fault
from directory.sync.keeping import unfinished_file
from directory.sync.submitting import DigestMismatch, FileTooLarge

MEDIA_TYPES = (
    "text/csv",
    "text/tab-separated-values",
    "application/x-ndjson",
    "application/jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)

CHUNK_BYTES = 1 << 16

#: A table of people is packed to a twentieth or so; a bomb to a thousandth.
MOST_PACKED = 200
#: Up to so much, how tightly it was packed says nothing.
UNJUDGED_BYTES = 1 << 20

_DIGESTS = {"sha-256": "sha256", "sha-512": "sha512"}
_DIGEST = re.compile(r"\s*([a-z0-9-]+)\s*=\s*:([A-Za-z0-9+/=]*):\s*")


@contextmanager
def body_on_disk(*, request: HttpRequest) -> Iterator[Path]:
    """
    The unpacked body of the request as a file, for the length of the block.

    :raises UnsupportedMediaType, UnknownCoding, FileTooLarge, InvalidParameters:
        before anything of it is read.
    :raises MalformedBody, DigestMismatch, FileTooLarge: while it is.
    """
    _refuse_media_type(request)
    unpacked = _unpacking(request)
    promised = _promised_digests(request)
    if _length(request) > settings.MAX_DELIVERY_BYTES:
        raise FileTooLarge
    path = unfinished_file()
    try:
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:
            for chunk in unpacked(_checked(_chunks(request), promised)):
                if file.tell() + len(chunk) > settings.MAX_DELIVERY_BYTES:
                    raise FileTooLarge
                file.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _refuse_media_type(request: HttpRequest) -> None:
    given = (request.content_type or "").lower()
    if given and given not in MEDIA_TYPES:
        raise UnsupportedMediaType(given)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() else 0


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    """The body as it was sent."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    # Django reads nothing of a body whose length nobody said; the server knows where it ends.
    stream: Any = request.META["wsgi.input"] if is_chunked else request
    received = 0
    try:
        while chunk := stream.read(CHUNK_BYTES):
            received += len(chunk)
            if received > settings.MAX_DELIVERY_BYTES:
                raise FileTooLarge
            yield chunk
    except OSError:
        raise MalformedBody from None
    if not is_chunked and received != _length(request):
        # A connection that breaks looks like the end of the body.
        raise MalformedBody


def _promised_digests(request: HttpRequest) -> dict[str, bytes]:
    """
    The digests in `Content-Digest` (RFC 9530) that we can compute, by name.

    :raises InvalidParameters: if it is there and cannot be read.
    """
    text = request.headers.get("Content-Digest", "")
    promised = {}
    for member in text.split(",") if text else ():
        match = _DIGEST.fullmatch(member)
        try:
            value = base64.b64decode(match[2], validate=True) if match else b""
        except binascii.Error:
            value = b""
        if not match or not value:
            detail = "Write it as RFC 9530 has it: sha-256=:BASE64:."
            raise InvalidParameters(faults=[Fault("Content-Digest", detail)])
        promised[match[1]] = value
    if text and not promised.keys() & _DIGESTS.keys():
        detail = f"Use one of {', '.join(_DIGESTS)}."
        raise InvalidParameters(faults=[Fault("Content-Digest", detail)])
    return {name: value for name, value in promised.items() if name in _DIGESTS}


def _checked(chunks: Iterator[bytes], promised: dict[str, bytes]) -> Iterator[bytes]:
    """Pass the chunks on, and at their end hold them to the promised digests."""
    computed = {name: hashlib.new(_DIGESTS[name]) for name in promised}
    for chunk in chunks:
        for digest in computed.values():
            digest.update(chunk)
        yield chunk
    for name, value in promised.items():
        if computed[name].digest() != value:
            raise DigestMismatch(f"The body has another {name} than `Content-Digest` says.")


def _unpacking(request: HttpRequest) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return iter
    if coding in ("gzip", "x-gzip"):
        return _gunzipped
    raise UnknownCoding


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks unpacked, however many gzip members they are."""
    packed = unpacked = 0
    member = zlib.decompressobj(wbits=31)
    try:
        for data in chunks:
            packed += len(data)
            more = True
            while more:
                if member.eof:
                    member = zlib.decompressobj(wbits=31)
                out = member.decompress(data, CHUNK_BYTES)
                unpacked += len(out)
                if unpacked > max(UNJUDGED_BYTES, packed * MOST_PACKED):
                    raise FileTooLarge
                if out:
                    yield out
                data = member.unused_data if member.eof else member.unconsumed_tail
                # What was swallowed may still be waiting to be given out.
                more = bool(data) or (len(out) == CHUNK_BYTES and not member.eof)
    except zlib.error:
        raise MalformedBody from None
    if not member.eof:
        raise MalformedBody
