"""`manage.py take_effect`: posts that start or end on their day, do."""

from argparse import RawDescriptionHelpFormatter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from directory.sync.effective import take_effect

_EXAMPLES = """examples:
  manage.py take_effect                      every day, soon after midnight
  manage.py take_effect --today 2026-05-01   as if it were that day already

Days that were missed are made up for; doing it twice changes nothing.
"""


class Command(BaseCommand):
    """Starts and ends the posts whose day has come."""

    help = "Let starts and ends that feeds stated ahead take effect."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("--today", type=date.fromisoformat, metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = options["today"] or timezone.localtime(now).date()
        effects = take_effect(today=today, now=now)
        self.stdout.write(f"{today}: {effects.started} started, {effects.ended} ended.")
