"""Making a cluster, and the settings its server starts with."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.localpostgres.binaries import Binaries
from directory.localpostgres.places import (
    Account,
    LocalPostgresError,
    cluster_place,
    private_directory,
    socket_place,
)

PORT = 5432
SUPERUSER = "postgres"
#: The first release with the builtin locale provider, whose C.UTF-8 is the same on every machine.
BUILTIN_LOCALE_MAJOR = 17
#: Durable, and sized for a laptop that runs a database beside everything else.
SERVER_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "jit": "off",
    # A run works in dozens of temporary tables, and each of them takes locks until it commits.
    "max_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
#: Nothing of the caller's environment reaches PostgreSQL: an uninstalled LC_ALL stops initdb.
ENVIRONMENT: Mapping[str, str] = {"PATH": os.defpath, "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    The directories and files of one cluster, all derived from the state directory.

    home: ours; holds the locks, the log and the directories that the server owns.
    socket: where the server listens, usually inside `home`.
    """

    place: Path
    home: Path
    socket: Path

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server has said since it last started."""
        return self.home / "server.log"

    def lock(self, name: str) -> Path:
        """One of the lock files; what each means is told in `server`."""
        return self.home / f"{name}.lock"


def cluster_in(*, state_dir: Path, major: int) -> Cluster:
    """The cluster of this project for one major version of PostgreSQL; makes nothing."""
    place = cluster_place(state_dir=state_dir)
    home = place / f"postgres-{major}"
    return Cluster(place=place, home=home, socket=socket_place(cluster=home))


def changed_identity(*, account: Account) -> dict[str, Any]:
    """Arguments for `subprocess` that run a program as the server's account."""
    if not account.is_other:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def create_data(*, cluster: Cluster, binaries: Binaries, account: Account) -> None:
    """
    Run initdb; the directory gets its final name only when it is complete.

    :raises LocalPostgresError: with initdb's last line if it fails.
    """
    unfinished = cluster.home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    private_directory(unfinished, owner=account)
    locale = ["--locale=C.UTF-8"]
    if binaries.major >= BUILTIN_LOCALE_MAJOR:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        [
            *_named_account(account),
            binaries.program("initdb"),
            f"--pgdata={unfinished}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-instructions",
            *locale,
        ],
        cwd="/",
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **changed_identity(account=account),
    )
    if done.returncode:
        raise LocalPostgresError(_explain_initdb(done.stderr, account))
    unfinished.rename(cluster.data)


def _named_account(account: Account) -> Sequence[str]:
    """
    A prefix that gives a nameless account the name of `nobody` while initdb runs.

    Containers run under any uid; initdb alone insists that the account list knows
    it. Inside a user namespace it does, and the files still belong to the real uid.
    """
    unshare = shutil.which("unshare")
    if account.has_name or unshare is None:
        return []
    return [unshare, "--user", "--map-user=65534", "--map-group=65534", "--"]


def _explain_initdb(output: str, account: Account) -> str:
    if not account.has_name:
        return (
            f"This account (uid {account.uid}) is not in the account list, which PostgreSQL "
            "needs to make a cluster: add it to /etc/passwd, or set DATABASE_URL."
        )
    lines = [line for line in output.splitlines() if line.strip()]
    return f"initdb failed: {lines[-1] if lines else 'it said nothing'}"


def server_command(
    *, cluster: Cluster, binaries: Binaries, other_settings: Mapping[str, str]
) -> list[str]:
    """
    The command line of the server, with every setting on it.

    other_settings: by PostgreSQL's names; they go before SERVER_SETTINGS.
    """
    settings = {
        **SERVER_SETTINGS,
        **other_settings,
        "unix_socket_directories": str(cluster.socket),
    }
    command = [binaries.program("postgres"), "-D", str(cluster.data), "-p", str(PORT)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return command
