"""The machines' credentials: which there are, and the end of one."""

from argparse import RawDescriptionHelpFormatter
from datetime import datetime
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.grants import (
    LONGEST_TOKEN_DAYS,
    HeldToken,
    NoSuchToken,
    held_tokens,
    replace_token,
    token_with_key,
    withdraw_token,
)
from directory.models import Credential

_EXAMPLES = """examples:
  manage.py tokens                          which there are, the newest first
  manage.py tokens --withdraw cdir_f3128a105d   the end of one, by its visible beginning
  manage.py tokens --replace cdir_f3128a105d    a new one; the old one works for seven days more

One line for each: its beginning, what it may do, when it was issued, until when it is good, when it
was last used, give or take five minutes, and whose it is. A token that is withdrawn opens nothing
from the next request on.
"""


class Command(BaseCommand):
    """Prints every credential, replaces one or withdraws one."""

    help = "List the tokens of machines, replace or withdraw one; none is ever shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--withdraw", metavar="KEY", help="the beginning of the token")
        act.add_argument("--replace", metavar="KEY", help="the beginning of the token")
        parser.add_argument(
            "--expires", metavar="DAYS", type=int, default=365, help="days a new one works (365)"
        )
        parser.add_argument(
            "--overlap", metavar="DAYS", type=int, default=7, help="days the old one works on (7)"
        )

    def handle(
        self, *args: Any, withdraw: str | None = None, replace: str | None = None, **options: Any
    ) -> None:
        now = timezone.now()
        if withdraw is None and replace is None:
            for held in held_tokens():
                self.stdout.write(_line(held))
            return
        try:
            credential = token_with_key(key=withdraw or replace or "")
        except NoSuchToken as refusal:
            raise CommandError(str(refusal)) from None
        with pghistory.context(command="tokens", at=now.isoformat()):
            if replace:
                self._replace(credential, now=now, **options)
                return
            withdraw_token(credential=credential)
        self.stdout.write(f"Withdrawn: {credential.token_key}… of {credential.name}.")

    def _replace(
        self, credential: Credential, *, now: datetime, expires: int, overlap: int, **_: Any
    ) -> None:
        if not (1 <= expires <= LONGEST_TOKEN_DAYS and 0 <= overlap <= LONGEST_TOKEN_DAYS):
            raise CommandError(f"--expires and --overlap are days, {LONGEST_TOKEN_DAYS} at most.")
        issued = replace_token(
            credential=credential, expires_days=expires, overlap_days=overlap, now=now
        )
        self.stdout.write(issued.token)
        self.stderr.write(
            f"In place of {credential.token_key}… of {credential.name}, which works for {overlap}"
            f" days more. Keep it now, it is not shown again.",
            style_func=str,
        )


def _line(held: HeldToken) -> str:
    credential = held.credential
    purpose = f"push to {credential.feed.slug}" if credential.feed else "read"
    until = f"good until {held.expires_at:%Y-%m-%d}" if held.expires_at else "expired"
    used = f"last used {held.last_used_at:%Y-%m-%d %H:%M}" if held.last_used_at else "never used"
    return (
        f"{credential.token_key}…  {purpose}  issued {credential.issued_at:%Y-%m-%d}  {until}"
        f"  {used}  {credential.name}"
    )
