"""The machines' credentials: which there are, and the end of one."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.grants import HeldToken, NoSuchToken, held_tokens, token_with_key, withdraw_token

_EXAMPLES = """examples:
  manage.py tokens                          which there are, the newest first
  manage.py tokens --withdraw cdir_f3128a105d   the end of one, by its visible beginning

One line for each: its beginning, what it may do, when it was issued, until when it is good, when it
was last used, give or take five minutes, and whose it is. A token that is withdrawn opens nothing
from the next request on.
"""


class Command(BaseCommand):
    """Prints every credential, or withdraws one."""

    help = "List the tokens of machines, or withdraw one; none is ever shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("--withdraw", metavar="KEY", help="the beginning of the token")

    def handle(self, *args: Any, withdraw: str | None = None, **options: Any) -> None:
        now = timezone.now()
        if withdraw is None:
            for held in held_tokens():
                self.stdout.write(_line(held))
            return
        try:
            credential = token_with_key(key=withdraw)
        except NoSuchToken as refusal:
            raise CommandError(str(refusal)) from None
        with pghistory.context(command="tokens", at=now.isoformat()):
            withdraw_token(credential=credential)
        self.stdout.write(f"Withdrawn: {credential.token_key}… of {credential.name}.")


def _line(held: HeldToken) -> str:
    credential = held.credential
    purpose = f"push to {credential.feed.slug}" if credential.feed else "read"
    until = f"good until {held.expires_at:%Y-%m-%d}" if held.expires_at else "expired"
    used = f"last used {held.last_used_at:%Y-%m-%d %H:%M}" if held.last_used_at else "never used"
    return (
        f"{credential.token_key}…  {purpose}  issued {credential.issued_at:%Y-%m-%d}  {until}"
        f"  {used}  {credential.name}"
    )
