"""Servers of the tests' own, in directories that an unprivileged account can enter."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from directory.localpostgres import LocalServer

WAIT_LIMIT_SECONDS = 90
LINGER_SECONDS = 0.1
StartServer = Callable[[Path], LocalServer]

CLIENT = """
import sys
from pathlib import Path
from directory.localpostgres import LocalServer
server = LocalServer(
    state_dir=Path(sys.argv[1]),
    linger_seconds=float(sys.argv[2]),
    postgres_bin=Path(sys.argv[3]) if sys.argv[3:] else None,
)
server.ensure_running()
print("attached", flush=True)
sys.stdin.read()
"""


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Poll, up to a limit that only a failure reaches."""
    deadline = time.monotonic() + WAIT_LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {WAIT_LIMIT_SECONDS} seconds for {what}"
        time.sleep(0.02)


def local_server(state_dir: Path) -> LocalServer:
    """A server of the PostgreSQL that the whole test run uses, not started."""
    return LocalServer(
        state_dir=state_dir,
        postgres_bin=settings.ENV.postgres_bin,
        linger_seconds=LINGER_SECONDS,
    )


class Client:
    """Another process that uses the server until it is told to leave, or killed."""

    def __init__(self, state_dir: Path, **variables: str) -> None:
        other_programs = [str(settings.ENV.postgres_bin)] if settings.ENV.postgres_bin else []
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                CLIENT,
                str(state_dir),
                str(LINGER_SECONDS),
                *other_programs,
            ],
            cwd=settings.PROJECT,
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_attached(self) -> None:
        """Return when the server answers it."""
        assert self.process.stdout
        assert self.process.stderr
        line = self.process.stdout.readline()
        assert line == "attached\n", self.process.stderr.read()

    def leave(self) -> None:
        """End it in good order."""
        self.process.communicate(timeout=WAIT_LIMIT_SECONDS)

    def kill(self) -> None:
        """End it without giving it a chance."""
        self.process.kill()
        self.process.communicate(timeout=WAIT_LIMIT_SECONDS)


def open_temporary_directory() -> Path:
    """An empty directory that every account may enter, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="civil-directory-test-"))
    path.chmod(0o755)
    return path


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """Such a directory for one test."""
    path = open_temporary_directory()
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def finished_data() -> Iterator[Path]:
    """PGDATA of a server that has run and stopped; copying it is faster than initdb."""
    path = open_temporary_directory()
    server = local_server(path / "state")
    server.ensure_running()
    server.detach()
    server.stop()
    yield server.cluster.data
    shutil.rmtree(path)


@pytest.fixture
def start_server(finished_data: Path, open_directory: Path) -> Iterator[StartServer]:
    """
    Makes servers, and stops them and removes what they made when the test is over.

    It asks for the directory that they are in, so that they are stopped before that is removed.
    """
    servers: list[LocalServer] = []

    def start(state_dir: Path) -> LocalServer:
        server = local_server(state_dir)
        servers.append(server)
        if not server.cluster.home.exists():
            server.cluster.home.mkdir(parents=True)
            subprocess.run(["cp", "-a", finished_data, server.cluster.data], check=True)
        server.ensure_running()
        return server

    yield start
    for server in servers:
        server.detach()
        server.stop()
        shutil.rmtree(server.cluster.socket, ignore_errors=True)
        shutil.rmtree(server.cluster.place, ignore_errors=True)


@pytest.fixture
def server(start_server: StartServer, open_directory: Path) -> LocalServer:
    """A running server of which this process is a client."""
    return start_server(open_directory / "state")


def server_pid(server: LocalServer) -> int:
    """Process number of the running server, from its own pid file."""
    return int((server.cluster.data / "postmaster.pid").read_text().splitlines()[0])
