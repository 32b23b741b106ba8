"""A delivery arrives: its file is opened, its run's row written, an outdated one refused."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from accounts.models import User
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.registry import CONNECTORS
from directory.models import Feed, FeedRun
from directory.profile import POLICY_VERSION
from directory.records import Delivery, Vocabulary
from directory.sync import report
from directory.sync.snapshot import load_vocabulary


class StaleDelivery(Exception):
    """The delivery describes an earlier day than what the feed already holds."""

    code = "stale_delivery"


@dataclass(frozen=True, slots=True)
class Order:
    """
    What a submitter asks for.

    as_of: the day the file describes; a stacked file says it itself, part by part.
    complete: everybody the feed vouches for is in the file, so that absence means departure.
    dry_run: compute and show the plan, and stop there.
    """

    feed: Feed
    path: Path
    as_of: date
    complete: bool
    submitted_by: User | None
    dry_run: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """One part of a delivery with its run; `delivery` is None when the file was refused."""

    run: FeedRun
    delivery: Delivery | None
    salt: str = ""


def receive(*, order: Order) -> Iterator[Received]:
    """
    Open the file and write a run for each of its parts, in the order they are to be applied.

    A file that cannot be read leaves one failed run that says why.
    """
    digest = content_digest(path=order.path)
    try:
        parts, salt = open_parts(feed=order.feed, path=order.path)
    except UnreadableDelivery as refusal:
        run = _run(order=order, part=None, digest=digest)
        report.failed(run=run, code=refusal.code, message=refusal.message, now=order.now)
        yield Received(run, None)
        return
    for part in parts:
        yield Received(_run(order=order, part=part, digest=digest), part, salt)


def open_parts(*, feed: Feed, path: Path, file_name: str = "") -> tuple[Sequence[Delivery], str]:
    """
    The parts of a feed's file, and the salt of their rows' digests.

    file_name: what its sender calls it, where `path` is not called so.

    :raises UnreadableDelivery: if the file cannot be read.
    """
    vocabulary = load_vocabulary(feed=feed)
    connector = CONNECTORS[feed.connector]
    parts = connector.open(
        path=path, mapping=feed.mapping, vocabulary=vocabulary, file_name=file_name
    )
    return parts, salt_of(feed=feed, version=connector.version, vocabulary=vocabulary)


def content_digest(*, path: Path) -> str:
    """SHA-256 of the file, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def keep_file(*, run: FeedRun, path: Path) -> None:
    """Keep the run's file, without what nobody reads, until the run is settled."""
    kept = kept_file(run=run)
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{uuid4()}")
        CONNECTORS[run.feed.connector].copy_used(
            path=path,
            mapping=run.feed.mapping,
            vocabulary=load_vocabulary(feed=run.feed),
            copy=unfinished,
            file_name=run.file_name,
        )
        unfinished.rename(kept)


def kept_file(*, run: FeedRun) -> Path:
    """Where the run's file is kept; feeds read different columns of the same file."""
    return Path(settings.DELIVERIES_DIR) / f"{run.feed_id}-{run.content_digest}"


def forget_file(*, run: FeedRun) -> None:
    """Remove the run's kept file, unless another run still needs it."""
    needed = FeedRun.objects.filter(
        feed=run.feed_id,
        content_digest=run.content_digest,
        state__in=(FeedRun.State.RECEIVED, FeedRun.State.HELD),
        dry_run=False,
    )
    if not needed.exists():
        kept_file(run=run).unlink(missing_ok=True)


def salt_of(*, feed: Feed, version: int, vocabulary: Vocabulary) -> str:
    """The versions that stand in every row's digest: when one changes, every row is read again."""
    mapping = sha256(json.dumps(feed.mapping, sort_keys=True).encode()).hexdigest()
    return f"{feed.connector} {version} {mapping} {POLICY_VERSION} {vocabulary.version}"


def refuse_stale_delivery(*, run: FeedRun, base: FeedRun | None) -> None:
    """
    Refuse a delivery older than the one its part of the feed stands on.

    :raises StaleDelivery: if so; applying it would turn the directory back.
    """
    if base is not None and run.as_of < base.as_of:
        raise StaleDelivery(
            f"This file describes {run.as_of}, and the feed already stands at {base.as_of}; "
            "deliver a newer one."
        )


def _run(*, order: Order, part: Delivery | None, digest: str) -> FeedRun:
    return FeedRun.objects.create(
        feed=order.feed,
        kind=part.kind.value if part else "",
        as_of=(part.as_of if part else None) or order.as_of,
        complete=order.complete,
        dry_run=order.dry_run,
        file_name=order.path.name[:255],
        content_digest=digest,
        size_bytes=order.path.stat().st_size,
        submitted_by=order.submitted_by,
        trail=[{"at": order.now.isoformat(), "state": "received", "note": order.path.name}],
    )
