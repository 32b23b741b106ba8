"""
The tests' own database server, in memory where there is room for it.

A run of the tests makes and drops tens of thousands of small files: a sync works in dozens of
temporary tables, and a transactional test empties every table. On a disk that is a quarter of
the database's time. Here it costs next to nothing, and nothing has to be written durably,
because the whole cluster goes when the tests are over.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from directory.localpostgres import LocalServer

#: Where Linux keeps files in memory. Elsewhere the project's own server serves the tests too.
MEMORY = Path("/dev/shm")
#: Some 0.2 GB a worker while it tests, and as much again for a log and what sorts spill.
ROOM_BYTES = 2 << 30
#: What is lost with the machine need not outlive it.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "256MB",
}
_PREFIX = "civil-directory-tests-"


def has_room() -> bool:
    """Whether a server of our own is wanted, and memory can hold it."""
    if settings.LOCAL_SERVER is None or not os.access(MEMORY, os.W_OK):
        return False
    return shutil.disk_usage(MEMORY).free >= ROOM_BYTES


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """
    A directory in memory for one run of the tests, which all its workers share.

    It is locked for as long as the run lasts, so what a killed run left behind is known by
    its free lock, and removed here.
    """
    for left in MEMORY.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), _locked(left):
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=MEMORY))
    with _locked(made):
        # The server's account is another one if we are root.
        made.chmod(0o755)
        try:
            yield made
        finally:
            server_in(made).stop()
            shutil.rmtree(made, ignore_errors=True)


def server_in(place: Path) -> LocalServer:
    """The server of such a directory, not started."""
    return LocalServer(
        state_dir=place, postgres_bin=settings.ENV.postgres_bin, other_settings=SETTINGS
    )


def use(server: LocalServer) -> None:
    """Every connection of this process is to that server from now on."""
    settings.LOCAL_SERVER = server
    for alias in ("default", "owner"):
        values = connections[alias].settings_dict
        values["HOST"] = server.connection_values(role=values["USER"])["host"]


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """:raises OSError: if another run holds it, or it is not ours."""
    lock = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)
