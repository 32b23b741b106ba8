"""
The inbox: a folder for each feed, where files are dropped by SFTP and taken by the worker.

    INBOX_DIR/FEED/staff.csv             rows that changed; nobody leaves by being missing
    INBOX_DIR/FEED/complete/staff.csv    everybody, so that whoever is missing has left
    INBOX_DIR/FEED/taken/                in hand
    INBOX_DIR/FEED/done/                 for each file that was taken: its name, digest and run
    INBOX_DIR/FEED/refused/              for each that was not: why

Nothing of what a file says is archived: it may hold columns that the directory must not keep.
"""

import json
import logging
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from directory.models import Feed, FeedRun
from directory.sync.keeping import FileChanged
from directory.sync.locks import alone
from directory.sync.receiving import FeedRetired
from directory.sync.submitting import FileTooLarge, Submission, Submitted, submit

log = logging.getLogger(__name__)

#: What a folder holds: name to size in bytes and time of the last change in nanoseconds.
Listing = Mapping[str, tuple[int, int]]

#: Endings under which programs write what they will rename once it is whole.
UNFINISHED_ENDINGS = (".part", ".filepart", ".tmp", ".crdownload")

#: Where complete deliveries are dropped, below the folder of their feed.
COMPLETE = "complete"

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def complete_files(*, before: Listing, now: Listing) -> list[str]:
    """
    The files that are whole, the oldest first.

    Whole is what did not grow or change between two looks, and at once what was renamed from
    a name for unfinished files; never what still has such a name.
    """
    complete = [
        name
        for name, seen in now.items()
        if not _is_named_unfinished(name)
        and (before.get(name) == seen or _was_renamed(name, before, now))
    ]
    return sorted(complete, key=lambda name: (now[name][1], name))


def day_in(*, name: str) -> date | None:
    """The day that a file's name states, as in `staff-2026-04-01.csv`; None for none or two."""
    days = set()
    for text in _DAY.findall(name):
        with suppress(ValueError):
            days.add(date.fromisoformat(text))
    return days.pop() if len(days) == 1 else None


class Inbox:
    """The inbox folders, and how they were at the last look."""

    def __init__(self) -> None:
        self._seen: dict[Path, Listing] = {}

    def look(self, *, now: datetime) -> list[Submitted]:
        """
        Take every complete file and submit it, unless another worker is looking.

        What a worker left in hand when it was killed is submitted first, under the same key.
        A paused feed's files stay where they are.
        """
        taken: list[Submitted] = []
        with alone(name="inbox") as is_ours:
            for feed in Feed.objects.order_by("slug") if is_ours else ():
                if feed.state != Feed.State.PAUSED:
                    try:
                        taken += self._look_at(feed, now)
                    except OSError as error:
                        # One feed's folder is no reason to leave the others'.
                        log.error("Inbox of %s: %s", feed.slug, error.strerror)
        return taken

    def _look_at(self, feed: Feed, now: datetime) -> Iterator[Submitted]:
        folder = Path(settings.INBOX_DIR) / feed.slug
        for sub in (COMPLETE, "taken", "done", "refused"):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        in_hand = folder / "taken"
        left = [in_hand / name for name in _listing(in_hand) if name.count("~") > 1]
        for path in [*left, *self._take(folder, ""), *self._take(folder / COMPLETE, COMPLETE)]:
            with suppress(FileChanged):
                # Whoever still writes to it is done by the next look.
                if submitted := _submit(feed=feed, folder=folder, path=path, now=now):
                    yield submitted

    def _take(self, folder: Path, mark: str) -> Iterator[Path]:
        """Move the complete files of a folder into our hand, which nobody else can then."""
        listing = _listing(folder)
        before = self._seen.get(folder, {})
        self._seen[folder] = listing
        in_hand = (folder.parent if mark else folder) / "taken"
        for name in complete_files(before=before, now=listing):
            path = in_hand / f"{uuid4()}~{mark}~{_short(name)}"
            with suppress(FileNotFoundError):
                (folder / name).rename(path)
                yield path


def _submit(*, feed: Feed, folder: Path, path: Path, now: datetime) -> Submitted | None:
    key, mark, name = path.name.split("~", maxsplit=2)
    size_bytes = path.stat().st_size
    submission = Submission(
        feed=feed,
        path=path,
        file_name=name,
        as_of=day_in(name=name) or timezone.localdate(now),
        complete=mark == COMPLETE,
        dry_run=False,
        channel=FeedRun.Channel.INBOX,
        idempotency_key=f"inbox {key}",
        now=now,
    )
    stem = f"{now:%Y-%m-%dT%H%M%SZ}-{name}-{key[:8]}"
    try:
        submitted = submit(submission=submission)
    except (FileTooLarge, FeedRetired) as refusal:
        (folder / "refused" / f"{stem}.txt").write_text(f"{name}: {refusal}\n", encoding="utf-8")
        path.unlink()
        return None
    note = {
        "file_name": name,
        "content_digest": submitted.run.content_digest,
        "size_bytes": size_bytes,
        "run": str(submitted.run.pk),
        "replayed": submitted.replayed,
        "taken_at": now.isoformat(),
    }
    (folder / "done" / f"{stem}.json").write_text(json.dumps(note, indent=2), encoding="utf-8")
    path.unlink()
    return submitted


def _short(name: str) -> str:
    """The end of a name, so that there is room for more in the name of a file."""
    return name.encode()[-150:].decode(errors="ignore")


def _is_named_unfinished(name: str) -> bool:
    return name.startswith(".") or name.lower().endswith(UNFINISHED_ENDINGS)


def _was_renamed(name: str, before: Listing, now: Listing) -> bool:
    earlier = {f".{name}", *(f"{name}{ending}" for ending in UNFINISHED_ENDINGS)}
    return name not in before and any(one in before and one not in now for one in earlier)


def _listing(folder: Path) -> dict[str, tuple[int, int]]:
    """The files in a folder; never a link, which might lead to what its sender may not read."""
    found = {}
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            seen = path.lstat()
            if stat.S_ISREG(seen.st_mode):
                found[path.name] = (seen.st_size, seen.st_mtime_ns)
    return found
