"""Delivered files, kept for their runs until none of them needs its file any more."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from directory.models import FeedRun
from directory.sync.locks import leave_kept_file

_STATE = FeedRun.State

#: Runs that somebody is at, or has to go on with. A dry run has come to its end once planned.
UNFINISHED = Q(state__in=(_STATE.RECEIVED, _STATE.PARSED)) | Q(state=_STATE.PLANNED, dry_run=False)

#: Runs that may still need their file: those, and what is held or just being released.
UNSETTLED = UNFINISHED | Q(state__in=(_STATE.HELD, _STATE.APPROVED), dry_run=False)

#: What a process that was killed left behind goes after this time.
LEFTOVER_AFTER = timedelta(days=1)


class FileChanged(Exception):
    """The file changed while it was being copied; somebody still writes to it."""


def content_digest(*, path: Path) -> str:
    """SHA-256 of the file, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def kept_file(*, run: FeedRun) -> Path:
    """Where the run's file is kept, one for all runs of the same content in a feed."""
    return _place(feed_id=run.feed_id, digest=run.content_digest)


def unfinished_file() -> Path:
    """A place for a file that is still on its way, where nobody else writes."""
    folder = Path(settings.DELIVERIES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{uuid4()}.unfinished"


@transaction.atomic
def keep_whole_file(*, run: FeedRun, path: Path) -> None:
    """
    Keep a copy of the run's file until it is read, on the disk before this returns.

    In one transaction with the run itself, nobody can forget it in between.

    :raises FileChanged: if the file no longer has the run's digest.
    """
    kept = kept_file(run=run)
    leave_kept_file(name=kept.name)
    unfinished = unfinished_file()
    try:
        unfinished.touch(mode=0o600, exist_ok=False)
        with path.open("rb") as source, unfinished.open("wb") as copy:
            copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        if content_digest(path=unfinished) != run.content_digest:
            raise FileChanged
        unfinished.rename(kept)
    finally:
        unfinished.unlink(missing_ok=True)


def forget_file(*, run: FeedRun) -> None:
    """Delete the run's kept file, unless some run may still need it."""
    _forget(feed_id=run.feed_id, digest=run.content_digest)


def forget_leftovers(*, now: datetime) -> None:
    """Delete what nobody needs and a killed process left behind."""
    folder = Path(settings.DELIVERIES_DIR)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime > (now - LEFTOVER_AFTER).timestamp():
            continue
        if path.suffix:
            path.unlink(missing_ok=True)
        else:
            feed_id, _, digest = path.name.rpartition("-")
            # Somebody else's file is none of ours to delete.
            with suppress(ValueError):
                _forget(feed_id=UUID(feed_id), digest=digest)


@transaction.atomic
def _forget(*, feed_id: UUID, digest: str) -> None:
    kept = _place(feed_id=feed_id, digest=digest)
    leave_kept_file(name=kept.name)
    if not FeedRun.objects.filter(UNSETTLED, feed=feed_id, content_digest=digest).exists():
        kept.unlink(missing_ok=True)


def _place(*, feed_id: UUID, digest: str) -> Path:
    return Path(settings.DELIVERIES_DIR) / f"{feed_id}-{digest}"
