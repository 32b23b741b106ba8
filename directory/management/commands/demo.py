"""`manage.py demo`: the whole product in one command, with invented people."""

import socket
import subprocess
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone
from gunicorn.app.base import BaseApplication

from accounts.demo_links import demo_link
from directory.assets import AssetsNotBuilt, ensure_assets
from directory.demo import OtherDemo, Size, cast_users, fill_directory, reader_token
from directory.synthetic.cast import OFFICIAL
from directory.synthetic.generate import ImpossibleSize

HOST = "127.0.0.1"

_EXAMPLES = """examples:
  manage.py demo
  manage.py demo --people 600 --port 8080
  manage.py demo --no-serve      prints the links and ends
"""


class Command(BaseCommand):
    """Makes a demo, prints how to sign in, and serves it; a second time it only serves."""

    help = "Fill the directory with invented people, print sign-in links and serve it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and where it is served."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        size = Size()
        parser.add_argument("--people", metavar="N", type=int, default=size.people)
        parser.add_argument("--organisations", metavar="N", type=int, default=size.organisations)
        parser.add_argument("--periods", metavar="N", type=int, default=size.periods)
        parser.add_argument("--port", metavar="P", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="print the links and end")

    def handle(self, **options: Any) -> None:
        """Fill, print, serve; what would stop it late is looked at first."""
        port: int = options["port"]
        if settings.IS_PRODUCTION:
            raise CommandError("demo is for development: ENVIRONMENT is production here.")
        if not options["no_serve"]:
            _refuse_busy_port(port)
        size = Size(options["people"], options["organisations"], options["periods"])
        try:
            ensure_assets(project=settings.PROJECT, report=self._tell)
            self._tell("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
            fill_directory(
                state_dir=settings.ENV.state_dir, size=size, now=timezone.now(), tell=self._tell
            )
        except (AssetsNotBuilt, ImpossibleSize, OtherDemo) as refusal:
            raise CommandError(str(refusal)) from None
        with pghistory.context(command="demo"):
            self._print_doors(f"http://{HOST}:{port}")
        if not options["no_serve"]:
            self._tell(f"\nServing at http://{HOST}:{port}/ (Ctrl-C stops it)")
            connections.close_all()
            with _worker():
                Server(port=port).run()

    def _print_doors(self, site: str) -> None:
        """Links for the cast and a line for the API."""
        self._tell("\nSign in as one of the cast; the links work for seven days:")
        for member, user in cast_users():
            name = f"{member.given_name} {member.family_name}"
            self._tell(f"  {name}, {member.role.replace('_', ' ')} ({member.job_title})")
            self._tell(f"    {site}{demo_link(user=user)}")
        token = reader_token(now=timezone.now()).token
        surname = OFFICIAL.family_name.partition("-")[0]
        self._tell("\nAsk the API:")
        self._tell(f'  curl -H "Authorization: Bearer {token}" "{site}/api/v1/people/?q={surname}"')

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        # Whoever reads through a pipe has the links before we listen.
        self.stdout.flush()


@contextmanager
def _worker() -> Iterator[None]:
    """
    A worker beside the server, for deliveries that are sent to the demo.

    It ends when its standard input does, and so with this process, however that ends.
    """
    command = [
        sys.executable,
        str(settings.PROJECT / "manage.py"),
        "worker",
        "--concurrency=1",
        "--until-stdin-closes",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE):
        # Leaving the block closes the pipe, and waits.
        yield


class Server(BaseApplication):  # type: ignore[misc]
    """
    gunicorn in this process, so that ending the command ends the server, however it is ended.

    Threads, because a browser's idle spare connection would occupy a whole worker.
    """

    def __init__(self, *, port: int) -> None:
        self._port = port
        super().__init__()

    def load_config(self) -> None:
        """What the command line of gunicorn would say."""
        self.cfg.set("bind", [f"{HOST}:{self._port}"])
        self.cfg.set("workers", 2)
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        """The application, as any other server would load it."""
        from directory.wsgi import application

        return application


def _refuse_busy_port(port: int) -> None:
    if not 1 <= port <= 65_535:
        raise CommandError("--port must be between 1 and 65535.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): choose another with --port."
            ) from None
