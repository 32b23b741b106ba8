"""`manage.py worker`: carries out the deliveries that were submitted, one a feed at a time."""

import sys
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.sync.worker import work

_EXAMPLES = """examples:
  manage.py worker
  manage.py worker --concurrency 2
  manage.py worker --until-idle       carries out what waits now, and ends
"""


class Command(BaseCommand):
    """Works until it is told to stop (SIGTERM, Ctrl-C), after what it is at is done."""

    help = "Carry out submitted deliveries, watch the inbox folders, and see to what was left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument(
            "--concurrency",
            metavar="N",
            type=int,
            default=settings.WORKER_CONCURRENCY,
            help="deliveries, of different feeds, at a time (default: %(default)s)",
        )
        parser.add_argument(
            "--until-idle", action="store_true", help="end once nothing is to be done"
        )
        parser.add_argument(
            "--until-stdin-closes",
            action="store_true",
            help="end, too, when standard input does: with the process that holds it open",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["concurrency"] < 1:
            raise CommandError("--concurrency must be at least 1.")
        work(
            concurrency=options["concurrency"],
            until_idle=options["until_idle"],
            until_closed=sys.stdin.buffer if options["until_stdin_closes"] else None,
        )
