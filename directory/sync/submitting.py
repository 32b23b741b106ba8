"""
The door for every delivery that somebody waits for: kept, written down once, and queued.

Whatever the channel, the same delivery sent twice is one run, and so are twelve that arrive
at the same moment under one key.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from directory.connectors.registry import CONNECTORS
from directory.models import Credential, Feed, FeedRun
from directory.sync import report
from directory.sync.apply import was_overtaken
from directory.sync.keeping import UNSETTLED, content_digest, keep_whole_file
from directory.sync.locks import submit_one_by_one
from directory.sync.queue import enqueue
from directory.sync.receiving import read_with, refuse_resting_feed, salt_of
from directory.sync.snapshot import load_vocabulary


class FileTooLarge(Exception):
    """The file is larger than the documented limit."""

    def __init__(self) -> None:
        limit = settings.MAX_DELIVERY_BYTES
        super().__init__(
            f"A delivery has at most {limit:,} bytes, and 200 times as many as it was packed to; "
            "send what changed (`complete=false`), a part at a time."
        )


class DigestMismatch(Exception):
    """The file is not the one whose digest its submitter sent along."""


class IdempotencyKeyReused(Exception):
    """The key was used before, for another request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """
    A delivery and what is asked of it.

    file_name: what its sender calls it; the content is read from `path`.
    as_of: the day it describes; None for the day of `now`.
    idempotency_key: the sender's name for this very request; empty for none.
    expected_rows: how many rows it has, as far as its sender knows.
    content_digest: SHA-256 as the sender computed it, hexadecimal; empty for none.
    """

    feed: Feed
    path: Path
    file_name: str
    as_of: date | None
    complete: bool
    dry_run: bool
    channel: FeedRun.Channel
    idempotency_key: str = ""
    expected_rows: int | None = None
    content_digest: str = ""
    submitted_by: User | None = None
    submitted_with: Credential | None = None
    now: datetime

    @property
    def day(self) -> date:
        """The day the file describes."""
        return self.as_of or timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The run of a submission; `replayed` when it is that of an earlier, equal one."""

    run: FeedRun
    replayed: bool


def submit(*, submission: Submission) -> Submitted:
    """
    Keep the file, write one run for it and have the worker carry it out.

    Answered with an earlier run where the key says that it is the same request, or where
    this very file is what the feed stands at, so that nothing could come of it.

    :raises FileTooLarge, DigestMismatch, IdempotencyKeyReused, FeedPaused, FeedRetired:
        nothing is kept or written.
    """
    size_bytes = submission.path.stat().st_size
    if size_bytes > settings.MAX_DELIVERY_BYTES:
        raise FileTooLarge
    digest = content_digest(path=submission.path)
    if submission.content_digest not in ("", digest):
        raise DigestMismatch("The file has another SHA-256 than was sent with it; send it again.")
    with transaction.atomic():
        submit_one_by_one(feed_id=submission.feed.pk)
        if earlier := _same_request(submission=submission, digest=digest):
            return Submitted(earlier, replayed=True)
        refuse_resting_feed(feed=Feed.objects.get(pk=submission.feed.pk))
        if earlier := _stands_at(submission=submission, digest=digest):
            return Submitted(earlier, replayed=True)
        run = _new_run(submission=submission, digest=digest, size_bytes=size_bytes)
        keep_whole_file(run=run, path=submission.path)
        enqueue(run=run)
        return Submitted(run, replayed=False)


def _same_request(*, submission: Submission, digest: str) -> FeedRun | None:
    if not submission.idempotency_key:
        return None
    earlier = FeedRun.objects.filter(
        feed=submission.feed, idempotency_key=submission.idempotency_key
    ).first()
    if earlier and earlier.request_digest != _request_digest(submission, digest):
        raise IdempotencyKeyReused(
            "This key was sent before with another file or other parameters; "
            "every new request needs a new key."
        )
    return earlier


def _stands_at(*, submission: Submission, digest: str) -> FeedRun | None:
    """The applied run of this very delivery, if the feed stands at it and reads as it did then."""
    ours = FeedRun.objects.filter(feed=submission.feed)
    equal = ours.filter(
        content_digest=digest,
        as_of=submission.day,
        complete=submission.complete,
        read_with=_reads_with(submission.feed),
        state=FeedRun.State.APPLIED,
    )
    standing = [run for run in equal if not was_overtaken(run=run)]
    # Something on its way to the feed, or held, may yet change what it stands at.
    if not standing or submission.dry_run or ours.filter(UNSETTLED).exists():
        return None
    return standing[0]


def _reads_with(feed: Feed) -> str:
    version = CONNECTORS[feed.connector].version
    salt = salt_of(feed=feed, version=version, vocabulary=load_vocabulary(feed=feed))
    return read_with(salt=salt)


def _new_run(*, submission: Submission, digest: str, size_bytes: int) -> FeedRun:
    return FeedRun.objects.create(
        feed=submission.feed,
        as_of=submission.day,
        complete=submission.complete,
        dry_run=submission.dry_run,
        channel=submission.channel,
        idempotency_key=submission.idempotency_key,
        request_digest=_request_digest(submission, digest),
        expected_rows=submission.expected_rows,
        file_name=submission.file_name[:255],
        content_digest=digest,
        size_bytes=size_bytes,
        submitted_by=submission.submitted_by,
        submitted_with=submission.submitted_with,
        trail=report.first_step(note=submission.file_name, now=submission.now),
    )


def _request_digest(submission: Submission, digest: str) -> str:
    """SHA-256 of all that was asked; a day that nobody named is not part of it."""
    asked = [
        digest,
        submission.as_of.isoformat() if submission.as_of else "",
        submission.complete,
        submission.dry_run,
        submission.expected_rows,
    ]
    return sha256(json.dumps(asked).encode()).hexdigest()
