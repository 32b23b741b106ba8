"""`manage.py send_notices`: tells people of their feeds, and who is new in their saved searches."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.saved_searches.digests import send_search_digests
from directory.sync.digests import send_digests
from directory.sync.notices import note_late_feeds

_EXAMPLES = """examples:
  manage.py send_notices      every few minutes, where no worker runs

Notes feeds that are late, then sends everybody who looks after a feed one e-mail about all that
is new, and to nobody twice within NOTICE_DIGEST_MINUTES. From SEARCH_DIGEST_HOUR on, sends
everybody in whose saved searches somebody is new one e-mail about all of them, once a day. Doing
it again changes nothing. Exits with 1 if the mail server did not take a message; what was not sent
goes with a later attempt.
"""


class Command(BaseCommand):
    """Sends the digests that are due."""

    help = "Tell people what was held, refused or late, and who is new in their saved searches."

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
        searches = send_search_digests(now=now)
        self.stdout.write(f"{searches.sent} digests of saved searches sent.")
        if failed := digests.failed + searches.failed:
            raise CommandError(f"{failed} digests were not sent.", returncode=1)
