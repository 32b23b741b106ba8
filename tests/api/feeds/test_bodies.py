"""The body of a push is taken whole and checked, however it is sent, or not at all."""

import base64
import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from directory.models import FeedRun
from tests.api.feeds.pushing import RETURN, RUNS, kept, push
from tests.api.test_problems import parameters, problem


class Counted(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        self.taken += len(chunk)
        return chunk


def post_stream(client: Client, stream: io.BytesIO, **environ: Any) -> Any:
    return client.generic(
        "POST", RUNS, content_type="text/csv", **(environ | {"wsgi.input": stream})
    )


def test_one_byte_too_many_is_refused_before_any_is_read(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN))
    assert push(pusher).status_code == 202
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN) - 1)
    stream = Counted(RETURN)
    problem(post_stream(pusher, stream, CONTENT_LENGTH=str(len(RETURN))), "delivery-too-large")
    assert stream.taken == 0


def test_a_body_of_no_stated_length_is_read_no_further_than_the_limit(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", 1 << 20)
    stream = Counted(b"a,b\n" * (1 << 20))
    answer = post_stream(pusher, stream, HTTP_TRANSFER_ENCODING="chunked")
    problem(answer, "delivery-too-large")
    assert stream.taken <= (1 << 20) + (1 << 17)
    assert kept(deliveries_dir) == []


def test_a_body_of_no_stated_length_is_taken_whole(pusher: Client) -> None:
    answer = post_stream(pusher, io.BytesIO(RETURN), HTTP_TRANSFER_ENCODING="chunked")
    assert answer.json()["size_bytes"] == len(RETURN)


def test_a_body_that_breaks_off_is_not_taken(pusher: Client, deliveries_dir: Path) -> None:
    answer = post_stream(pusher, io.BytesIO(RETURN[:-9]), CONTENT_LENGTH=str(len(RETURN)))
    problem(answer, "malformed-body")
    assert kept(deliveries_dir) == []
    assert not FeedRun.objects.exists()


# Packed bodies


def test_a_packed_body_is_taken_as_what_was_packed(pusher: Client) -> None:
    packed = gzip.compress(RETURN[:500]) + gzip.compress(RETURN[500:])
    taken = push(pusher, packed, content_encoding="gzip").json()
    assert taken["content_digest"] == hashlib.sha256(RETURN).hexdigest()
    assert taken["size_bytes"] == len(RETURN)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        RETURN,
        gzip.compress(RETURN)[:-1],
        gzip.compress(RETURN)[:20],
        gzip.compress(RETURN) + b"more",
        zlib.compress(RETURN),
        gzip.compress(RETURN)[:-8] + b"\0" * 8,
    ],
    # Packed bytes hold the second they were packed in, and names of tests have to stay the same.
    ids=["nothing", "plain", "cut", "cut early", "with more", "zlib", "wrong length"],
)
def test_a_body_that_is_not_what_its_header_says_is_refused(body: bytes, pusher: Client) -> None:
    problem(push(pusher, body, content_encoding="gzip"), "malformed-body")


def test_a_bomb_is_refused_while_it_is_small(
    pusher: Client, monkeypatch: pytest.MonkeyPatch, deliveries_dir: Path
) -> None:
    bomb = gzip.compress(b"a" * (64 << 20))
    assert len(bomb) < 70_000
    problem(push(pusher, bomb, content_encoding="gzip"), "delivery-too-large")
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(RETURN) - 1)
    problem(push(pusher, gzip.compress(RETURN), content_encoding="gzip"), "delivery-too-large")
    assert kept(deliveries_dir) == []


def test_what_waits_in_the_unpacker_is_given_out_whole(pusher: Client) -> None:
    body = b"a,b\n" + b"x,y\n" * 300_000
    packed = gzip.compress(body)
    assert push(pusher, packed, content_encoding="gzip").status_code in (202, 413)
    mixed = hashlib.shake_128(b"tides").hexdigest(400_000).encode()
    taken = push(pusher, gzip.compress(mixed), content_encoding="gzip").json()
    assert taken["content_digest"] == hashlib.sha256(mixed).hexdigest()


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip"])
def test_another_packing_is_refused(coding: str, pusher: Client) -> None:
    problem(push(pusher, content_encoding=coding), "unsupported-content-encoding")


# Digests


def digest_of(body: bytes, name: str = "sha256") -> str:
    return base64.b64encode(hashlib.new(name, body).digest()).decode()


def test_a_digest_is_of_the_body_as_it_was_sent(pusher: Client) -> None:
    packed = gzip.compress(RETURN)
    digest = f"sha-256=:{digest_of(packed)}:, sha-512=:{digest_of(packed, 'sha512')}:"
    answer = push(pusher, packed, content_encoding="gzip", content_digest=digest)
    assert answer.status_code == 202


def test_a_body_with_another_digest_is_refused(pusher: Client, deliveries_dir: Path) -> None:
    digest = f"sha-256=:{digest_of(RETURN + b' ')}:"
    problem(push(pusher, content_digest=digest), "digest-mismatch")
    assert kept(deliveries_dir) == []
    assert not FeedRun.objects.exists()


@pytest.mark.parametrize("digest", ["nonsense", "sha-256=abc", "sha-256=:%%%:", "md5=:aaaa:", ","])
def test_a_digest_that_cannot_be_checked_is_refused(digest: str, pusher: Client) -> None:
    assert parameters(push(pusher, content_digest=digest)) == ["Content-Digest"]
