"""Lock files, whose locks the kernel gives up whenever their last holder ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from directory.localpostgres.places import LocalPostgresError


def open_lock(path: Path) -> int:
    """
    Open the file, closed to programs we start, without locking it.

    :raises LocalPostgresError: if another account made it.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise LocalPostgresError(
            f"{path} belongs to another account: run as that account, set STATE_DIR to a "
            "directory of your own, or set DATABASE_URL."
        ) from error


@contextlib.contextmanager
def locked(path: Path) -> Iterator[int | None]:
    """The file, exclusively locked, for as long as the block runs; None if somebody holds it."""
    lock = open_lock(path)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock
    finally:
        # Closing leaves the lock to whoever inherited the file; unlocking would take it from them.
        os.close(lock)
