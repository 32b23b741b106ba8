"""
Files that are no deliveries: a mapping is tried on them, or they wait for somebody's yes.

Each is kept for one feed, under the digest of its content, for some hours at most.
"""

import os
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings

#: A file that nobody came back to goes after this time.
KEPT_FOR: Final = timedelta(hours=12)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class NotKept(Exception):
    """There is no such file, or not any more."""


def keep_sample(*, feed_id: UUID, chunks: Iterable[bytes]) -> str:
    """Keep a file for a while; the digest by which `kept_sample` finds it."""
    folder = _folder(feed_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{uuid4()}.unfinished"
    try:
        digest = write_for_us_alone(path=unfinished, chunks=chunks)
        unfinished.replace(folder / digest)
    finally:
        unfinished.unlink(missing_ok=True)
    return digest


def kept_sample(*, feed_id: UUID, digest: str) -> Path:
    """
    A file kept for this feed.

    :raises NotKept: if there is none; another feed's does not count.
    """
    path = _folder(feed_id) / digest
    if not _DIGEST.fullmatch(digest) or not path.is_file():
        raise NotKept("The file is not kept any more; choose it again.")
    return path


def forget_sample(*, feed_id: UUID, digest: str) -> None:
    """The file is needed no more."""
    if _DIGEST.fullmatch(digest):
        (_folder(feed_id) / digest).unlink(missing_ok=True)


def forget_old_samples(*, now: datetime) -> None:
    """Delete what nobody came back to."""
    oldest = (now - KEPT_FOR).timestamp()
    for path in Path(settings.SAMPLES_DIR).glob("*/*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def write_for_us_alone(*, path: Path, chunks: Iterable[bytes]) -> str:
    """Write a new file that nobody else may read; its SHA-256, hexadecimal."""
    digest = sha256()
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _folder(feed_id: UUID) -> Path:
    return Path(settings.SAMPLES_DIR) / str(feed_id)
