"""The local PostgreSQL server: how it is, stop it, or talk to it."""

import argparse
import signal
import subprocess
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.localpostgres import LocalServer
from directory.localpostgres.roles import OWNER_ROLE, WEB_ROLE

BYTES_PER_MB = 1_000_000


class Command(BaseCommand):
    """Acts on the project's own server only, never on the one DATABASE_URL names."""

    help = (
        "The local PostgreSQL server, which starts by itself when it is needed. "
        "Examples: manage.py pg status; manage.py pg stop; manage.py pg psql; "
        "manage.py pg psql --owner -c 'SELECT 1'"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One action; everything after it is psql's, but for a leading --owner."""
        parser.add_argument("action", choices=["status", "stop", "psql"])
        parser.add_argument(
            "arguments",
            nargs=argparse.REMAINDER,
            help="for psql: --owner to connect as the owner of the tables, then psql's own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or refuse where DATABASE_URL is set."""
        server = settings.LOCAL_SERVER
        if server is None:
            raise CommandError("DATABASE_URL is set, so the local server is not used: unset it.")
        arguments: list[str] = options["arguments"]
        if arguments and options["action"] != "psql":
            raise CommandError(f"{options['action']} takes no arguments.")
        match options["action"]:
            case "status":
                self._status(server)
            case "stop":
                self.stdout.write("Stopped." if server.stop() else "It was not running.")
            case "psql":
                as_owner = arguments[:1] == ["--owner"]
                role = OWNER_ROLE if as_owner else WEB_ROLE
                self._psql(server, role, arguments[1:] if as_owner else arguments)

    def _status(self, server: LocalServer) -> None:
        status = server.status()
        home = server.cluster.home
        if status is None:
            self.stdout.write(
                f"Not running; it starts when it is needed.\n"
                f"PostgreSQL {server.installed.version} in {home}"
            )
            return
        self.stdout.write(
            f"Running PostgreSQL {status.version} in {home}\n"
            f"clients: {status.clients}\n"
            f"size: {status.size_bytes / BYTES_PER_MB:.0f} MB\n"
            f"socket: {server.cluster.socket}\n"
            f"log: {server.cluster.log}"
        )

    def _psql(self, server: LocalServer, role: str, arguments: list[str]) -> None:
        server.ensure_running()
        values = server.connection_values(role=role)
        # An interrupt is psql's business; we only wait for it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        status = subprocess.call(
            [
                server.installed.program("psql"),
                f"--host={values['host']}",
                f"--port={values['port']}",
                f"--username={values['user']}",
                f"--dbname={values['dbname']}",
                *arguments,
            ],
            # A signal that is ignored stays so in a child, which psql must not inherit.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        if status:
            raise SystemExit(status)
