"""A place of a campaign's own: a state directory, and a PostgreSQL server that may be killed."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from directory.localpostgres import LocalServer
from directory.localpostgres.cluster import SUPERUSER

#: What would lead to a server, or to folders, that others use.
_ELSEWHERE = ("DATABASE_URL", "DATABASE_OWNER_URL", "INBOX_DIR", "ENVIRONMENT")


@contextmanager
def own_place() -> Iterator[Path]:
    """
    Set the project up in a new state directory, its database migrated, and remove it after.

    Processes started meanwhile find the same place in their environment.
    """
    # Open to every account: for root the server runs as another one.
    state_dir = Path(mkdtemp(prefix="civil-directory-campaign-"))
    state_dir.chmod(0o755)
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    os.environ["STATE_DIR"] = str(state_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "directory.settings"
    django.setup()
    server = own_server()
    try:
        call_command("migrate", verbosity=0)
        yield state_dir
    finally:
        connections.close_all()
        server.detach()
        server.stop()
        for left in (server.cluster.socket, server.cluster.place, state_dir):
            shutil.rmtree(left, ignore_errors=True)


def own_server() -> LocalServer:
    """The server of the place we are in; one that others use is none of ours to kill."""
    server = settings.LOCAL_SERVER
    if server is None or str(settings.ENV.state_dir) != os.environ["STATE_DIR"]:
        raise SystemExit("A campaign has to be started as a process of its own.")
    return server


def kill_server(*, whole: bool) -> None:
    """
    Send SIGKILL to our server.

    whole: to each of its processes, as a machine does that fails; else to the first alone,
        whose death the others notice by themselves, once they have done what they are at.
    """
    server = own_server()
    with _superuser(server) as connection:
        # It answers at our own socket, so the file names none but it.
        postmaster = int((server.cluster.data / "postmaster.pid").read_text().splitlines()[0])
        pids = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
        os.kill(postmaster, signal.SIGKILL)
        for (pid,) in pids if whole else ():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    connections.close_all()


def is_served() -> bool:
    """Whether the server answers; whoever needs it has to start it again, and not we."""
    try:
        with _superuser(own_server()):
            return True
    except psycopg.OperationalError:
        return False


def _superuser(server: LocalServer) -> psycopg.Connection[tuple[int]]:
    values = server.connection_text(role=SUPERUSER, database="postgres")
    return psycopg.connect(values, autocommit=True)
