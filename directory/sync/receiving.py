"""A delivery arrives: its file is opened, its run's row written, an outdated one refused."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from accounts.models import User
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.registry import CONNECTORS
from directory.models import Feed, FeedRun
from directory.profile import POLICY_VERSION
from directory.records import Delivery, Vocabulary
from directory.sync import report
from directory.sync.keeping import UNFINISHED, content_digest, kept_file, unfinished_file
from directory.sync.locks import leave_kept_file
from directory.sync.snapshot import load_vocabulary

#: A mapping or connector changed since a part was received, and reads the file otherwise.
READ_OTHERWISE = "delivery_read_otherwise"
READ_OTHERWISE_HINT = "The file is read otherwise than when it was delivered; deliver it again."


class StaleDelivery(Exception):
    """The delivery describes an earlier day than what the feed already holds."""

    code = "stale_delivery"


class WrongRowCount(Exception):
    """The file does not have as many rows as its submitter said."""

    code = "row_count_mismatch"


class FeedPaused(Exception):
    """The feed takes no deliveries for the time being."""


class FeedRetired(Exception):
    """The feed takes no deliveries any more."""


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
    Write a run for the file and open it: a run for each of its parts, in their order.

    A file that cannot be read leaves one failed run that says why.

    :raises FeedPaused: if the feed takes nothing for now. :raises FeedRetired: if never again.
    """
    refuse_resting_feed(feed=order.feed)
    run = FeedRun.objects.create(
        feed=order.feed,
        as_of=order.as_of,
        complete=order.complete,
        dry_run=order.dry_run,
        file_name=order.path.name[:255],
        content_digest=content_digest(path=order.path),
        size_bytes=order.path.stat().st_size,
        submitted_by=order.submitted_by,
        trail=report.first_step(note=order.path.name, now=order.now),
    )
    return parts_of(run=run, path=order.path, now=order.now)


def parts_of(*, run: FeedRun, path: Path, now: datetime) -> Iterator[Received]:
    """
    Open a run's file: the first part takes the run over, each further one gets one of its own.

    A second time, after whoever read it was killed, the same parts get the same runs.
    """
    try:
        parts, salt = open_parts(feed=run.feed, path=path)
        _refuse_wrong_row_count(run=run, parts=parts)
    except (UnreadableDelivery, WrongRowCount) as refusal:
        report.failed_as_a_whole(run=run, code=refusal.code, message=str(refusal), now=now)
        yield Received(run, None)
        return
    runs = _runs_of(run=run, parts=parts, salt=salt)
    for stray in run.further_parts.filter(UNFINISHED).exclude(pk__in=[one.pk for one in runs]):
        report.failed(run=stray, code=READ_OTHERWISE, message=READ_OTHERWISE_HINT, now=now)
    for part, its_run in zip(parts, runs, strict=True):
        yield Received(its_run, part, salt)


def refuse_resting_feed(*, feed: Feed) -> None:
    """
    Refuse a delivery to a feed that takes none.

    :raises FeedPaused: if it takes none for now. :raises FeedRetired: if never again.
    """
    if feed.state == Feed.State.PAUSED:
        raise FeedPaused(f"The feed {feed.slug} is paused; somebody who looks after it resumes it.")
    if feed.state == Feed.State.RETIRED:
        raise FeedRetired(f"The feed {feed.slug} is retired and takes no deliveries any more.")


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


@transaction.atomic
def keep_file(*, run: FeedRun, path: Path) -> None:
    """
    Keep the run's file, without what nobody reads, until the run is settled.

    path: the file, which may be the one kept whole until now.
    """
    kept = kept_file(run=run)
    leave_kept_file(name=kept.name)
    if kept.exists() and content_digest(path=kept) != run.content_digest:
        # It is such a copy already.
        return
    unfinished = unfinished_file()
    try:
        CONNECTORS[run.feed.connector].copy_used(
            path=path,
            mapping=run.feed.mapping,
            vocabulary=load_vocabulary(feed=run.feed),
            copy=unfinished,
            file_name=run.file_name,
        )
        unfinished.rename(kept)
    finally:
        unfinished.unlink(missing_ok=True)


def salt_of(*, feed: Feed, version: int, vocabulary: Vocabulary) -> str:
    """The versions that stand in every row's digest: when one changes, every row is read again."""
    mapping = sha256(json.dumps(feed.mapping, sort_keys=True).encode()).hexdigest()
    return f"{feed.connector} {version} {mapping} {POLICY_VERSION} {vocabulary.version}"


def read_with(*, salt: str) -> str:
    """SHA-256 over the same, hexadecimal, as a run keeps it."""
    return sha256(salt.encode()).hexdigest()


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


def _refuse_wrong_row_count(*, run: FeedRun, parts: Sequence[Delivery]) -> None:
    if run.expected_rows is None:
        return
    rows = sum(1 for part in parts for _ in part.rows())
    if rows != run.expected_rows:
        raise WrongRowCount(
            f"The file has {rows} rows and was to have {run.expected_rows}; it may have been "
            "cut off on its way. Export it again and send it whole."
        )


def _runs_of(*, run: FeedRun, parts: Sequence[Delivery], salt: str) -> list[FeedRun]:
    with transaction.atomic():
        if FeedRun.objects.filter(UNFINISHED, pk=run.pk).exists():
            first = parts[0]
            run.kind, run.as_of = first.kind.value, first.as_of or run.as_of
            run.read_with = read_with(salt=salt)
            run.save(update_fields=["kind", "as_of", "read_with"])
        return [run, *(_further_run(first=run, part=part) for part in parts[1:])]


def _further_run(*, first: FeedRun, part: Delivery) -> FeedRun:
    same = {
        name: getattr(first, name)
        for name in (
            "feed",
            "complete",
            "dry_run",
            "channel",
            "file_name",
            "content_digest",
            "size_bytes",
            "submitted_by",
            "submitted_with",
            "read_with",
        )
    }
    further, _ = FeedRun.objects.get_or_create(
        part_of=first,
        kind=part.kind.value,
        as_of=part.as_of or first.as_of,
        defaults=same | {"trail": first.trail[:1]},
    )
    further.feed = first.feed
    return further
