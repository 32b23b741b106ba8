"""
One server per project, shared by every process of it.

Four lock files say who is there; the kernel keeps them right through any kill:

    clients  shared by every client while it lives; exclusive while the server is being stopped
    start    exclusive while somebody looks for a server and starts one
    server   exclusive, inherited by all of the server's own processes: held means "it runs"
    watcher  shared by the watcher, which stops the server when `clients` is free

So no decision rests on a process number. A stale postmaster.pid may name a live
process that has nothing to do with us: it is never signalled, and when the server
lock is free the file is removed.
"""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from directory.localpostgres import roles, watcher
from directory.localpostgres.binaries import Binaries, find_binaries, reachable_binaries
from directory.localpostgres.cluster import (
    ENVIRONMENT,
    PORT,
    SUPERUSER,
    Cluster,
    changed_identity,
    cluster_in,
    create_data,
    server_command,
)
from directory.localpostgres.locks import locked, open_lock
from directory.localpostgres.places import (
    Account,
    LocalPostgresError,
    private_directory,
    server_account,
)

START_LIMIT_SECONDS = 120.0
STOP_LIMIT_SECONDS = 60
STOP_GRACE_SECONDS = 5.0
LINGER_SECONDS = 2.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Status:
    """
    What `manage.py pg status` prints about a running server.

    clients: connections of any role, other than the one that asks.
    size_bytes: of all databases together.
    """

    version: str
    clients: int
    size_bytes: int


class LocalServer:
    """
    The project's server: start it, stop it, ask after it. Making one touches nothing.

    state_dir: where the project keeps what it makes for itself.
    postgres_bin: directory of another installation's programs; None for the wheel's.
    linger_seconds: how long the server stays for the next client after its last one.
    other_settings: PostgreSQL's, by name, where this server is to differ from the usual one.
    """

    def __init__(
        self,
        *,
        state_dir: Path,
        postgres_bin: Path | None = None,
        linger_seconds: float = LINGER_SECONDS,
        other_settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._state_dir = state_dir.absolute()
        self._linger_seconds = linger_seconds
        self._other_settings = other_settings
        self._client_lock: int | None = None
        self.installed: Binaries = find_binaries(postgres_bin=postgres_bin)
        self.cluster: Cluster = cluster_in(state_dir=self._state_dir, major=self.installed.major)

    def __repr__(self) -> str:
        return f"LocalServer(PostgreSQL {self.installed.version} in {self.cluster.home})"

    @cached_property
    def _account(self) -> Account:
        return server_account(data=self.cluster.data)

    def connection_text(self, *, role: str, database: str = roles.DATABASE) -> str:
        """Where the server listens, as `psycopg.connect` takes it."""
        return make_conninfo(**self.connection_values(role=role, database=database))

    def connection_values(self, *, role: str, database: str = roles.DATABASE) -> dict[str, str]:
        """The same, part by part, in libpq's words."""
        return {
            "host": str(self.cluster.socket),
            "port": str(PORT),
            "user": role,
            "dbname": database,
        }

    def attach(self) -> None:
        """Make sure of the server once; later calls of this process cost nothing."""
        if self._client_lock is None:
            self.ensure_running()

    def ensure_running(self) -> None:
        """
        Start the server if it does not run, and become a client until this process ends.

        :raises LocalPostgresError: if it cannot be started; the message says what to do.
        """
        self._prepare_places()
        if self._client_lock is None:
            self._client_lock = open_lock(self.cluster.lock("clients"))
            fcntl.flock(self._client_lock, fcntl.LOCK_SH)
        with self._starting():
            # Under the lock: made by one process, it is not the account's own for a moment.
            private_directory(self.cluster.socket, owner=self._account)
            self._start_until_it_answers()
            self._be_watched()

    def detach(self) -> None:
        """Stop being a client before this process ends."""
        if self._client_lock is not None:
            os.close(self._client_lock)
            self._client_lock = None

    def is_running(self) -> bool:
        """Whether any process of the server lives; starts nothing."""
        if not self.cluster.lock("server").exists():
            return False
        with locked(self.cluster.lock("server")) as lock:
            return lock is None

    def status(self) -> Status | None:
        """The running server's figures, or None; starts nothing."""
        if not self.is_running():
            return None
        with self._connect() as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'),"
                " (SELECT count(*) FROM pg_stat_activity"
                "   WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),"
                " (SELECT sum(pg_database_size(oid)) FROM pg_database)"
            ).fetchone()
        version, clients, size_bytes = row or ("", 0, 0)
        return Status(version=version, clients=clients, size_bytes=int(size_bytes))

    def stop(self) -> bool:
        """
        Stop the server now, whoever uses it; False if it did not run.

        :raises LocalPostgresError: if it does not end within a minute.
        """
        if not self.is_running():
            return False
        with self._starting():
            subprocess.run(
                self._stop_command(),
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                **changed_identity(account=self._account),
            )
            # pg_ctl returns when the pid file is gone, a moment before the last process is.
            deadline = time.monotonic() + STOP_GRACE_SECONDS
            while self.is_running():
                if time.monotonic() > deadline:
                    raise LocalPostgresError(
                        f"The server did not stop within {STOP_LIMIT_SECONDS} seconds: "
                        f"see {self.cluster.log}."
                    )
                time.sleep(_POLL_SECONDS)
        return True

    def _prepare_places(self) -> None:
        private_directory(self._state_dir, mode=0o755)
        private_directory(self.cluster.place, mode=0o755)
        private_directory(self.cluster.home, mode=0o755 if self._account.is_other else 0o700)

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        """Hold the start lock; whoever waits for it finds the server ready."""
        lock = open_lock(self.cluster.lock("start"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _start_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_LIMIT_SECONDS
        refusal: psycopg.Error | None = None
        attempts = 0
        while time.monotonic() < deadline:
            with locked(self.cluster.lock("server")) as lock:
                if lock is not None:
                    # Free again right after a start means that the server gave up.
                    if attempts == 3:
                        break
                    attempts += 1
                    self._launch(server_lock=lock)
            try:
                with self._connect() as connection:
                    roles.prepare(connection)
                return
            except psycopg.OperationalError as error:
                refusal = error
            time.sleep(_POLL_SECONDS)
        raise LocalPostgresError(
            f"PostgreSQL did not start ({_last_line(self.cluster.log) or refusal}): "
            f"see {self.cluster.log}, or set DATABASE_URL to use another server."
        )

    def _launch(self, *, server_lock: int) -> None:
        """Start the server under a new watcher; both outlive this process."""
        binaries = self._reachable_binaries()
        if not self.cluster.data.exists():
            create_data(cluster=self.cluster, binaries=binaries, account=self._account)
        # Nobody holds the server lock, so these were left behind by a server that is gone.
        (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.cluster.socket.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)
        self._start_watcher(
            start=server_command(
                cluster=self.cluster, binaries=binaries, other_settings=self._other_settings
            ),
            server_lock=server_lock,
        )

    def _be_watched(self) -> None:
        """Give a running server a new watcher if the old one was killed."""
        with locked(self.cluster.lock("watcher")) as lock:
            is_alone = lock is not None
        if is_alone:
            self._start_watcher(start=None, server_lock=None)

    def _start_watcher(self, *, start: list[str] | None, server_lock: int | None) -> None:
        orders: watcher.Orders = {
            "start": start,
            "stop": self._stop_command(),
            "identity": changed_identity(account=self._account),
            "environment": dict(ENVIRONMENT),
            "server_lock_fd": server_lock,
            "clients_lock": str(self.cluster.lock("clients")),
            "server_lock": str(self.cluster.lock("server")),
            "watcher_lock": str(self.cluster.lock("watcher")),
            "log": str(self.cluster.log),
            "linger_seconds": self._linger_seconds,
        }
        subprocess.run(
            [sys.executable, "-I", "-S", watcher.__file__],
            cwd="/",
            input=json.dumps(orders).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[] if server_lock is None else [server_lock],
            check=True,
        )

    def _stop_command(self) -> list[str]:
        return [
            self._reachable_binaries().program("pg_ctl"),
            *("stop", "--mode=fast", "--wait", f"--timeout={STOP_LIMIT_SECONDS}"),
            *("-D", str(self.cluster.data)),
        ]

    def _reachable_binaries(self) -> Binaries:
        if not self._account.is_other:
            return self.installed
        return reachable_binaries(binaries=self.installed, place=self.cluster.place)

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            self.connection_text(role=SUPERUSER, database="postgres"),
            autocommit=True,
            application_name="civil-directory launcher",
        )


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return next((line for line in reversed(lines) if line.strip()), "")
