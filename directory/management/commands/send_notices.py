"""`manage.py send_notices`: tells people what is to be known about their feeds."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.sync.digests import send_digests
from directory.sync.notices import note_late_feeds

_EXAMPLES = """examples:
  manage.py send_notices      every few minutes, where no worker runs

Notes feeds that are late, then sends everybody who looks after a feed one e-mail about all that
is new, and to nobody twice within NOTICE_DIGEST_MINUTES. Doing it again changes nothing. Exits
with 1 if the mail server did not take a message; what was not sent goes with the next attempt.
"""


class Command(BaseCommand):
    """Sends the digests that are due."""

    help = "Tell the people who look after feeds what was held, refused or late."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        late = note_late_feeds(now=now)
        digests = send_digests(now=now)
        self.stdout.write(
            f"{late} late feeds noted, {digests.sent} digests sent, {digests.waiting} wait."
        )
        if digests.failed:
            raise CommandError(f"{digests.failed} digests were not sent.", returncode=1)
