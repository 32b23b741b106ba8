"""Giving somebody a role, the first administrator's included."""

from argparse import RawDescriptionHelpFormatter
from datetime import date
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.addresses import NotAnAddress, canonical_address
from accounts.admission import may_sign_in
from accounts.models import User
from directory.grants import MisplacedRole, UnknownPlace, grant_role, place_named
from directory.models import Grant

_EXAMPLES = """examples:
  manage.py grant first.admin@justice.gov.uk administrator
  manage.py grant ann@justice.gov.uk curator --on ministry-of-justice
  manage.py grant bob@justice.gov.uk team-leader --on ministry-of-justice/legal-aid
  manage.py grant cy@justice.gov.uk feed-operator --on moj-hr --until 2027-03-31
"""


class Command(BaseCommand):
    """Gives a role; the same command twice changes nothing."""

    help = "Give somebody a role, everywhere or on an organisation, a team or a feed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, which role, on what, how long."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("email", help="their e-mail address, with which they sign in")
        parser.add_argument("role", choices=Grant.Role.values)
        parser.add_argument(
            "--on", metavar="PLACE", help="slug of an organisation or feed, or a team's path"
        )
        parser.add_argument("--until", metavar="DATE", help="last day of the role, as 2027-03-31")

    def handle(self, **options: Any) -> None:
        """Grant and say so."""
        address, role, name = _address(options["email"]), options["role"], options["on"]
        until = _last_day(options["until"])
        try:
            on = place_named(role=role, name=name) if name else None
            with transaction.atomic(), pghistory.context(command="grant"):
                grant = grant_role(
                    user=User.objects.known_by(address),
                    role=role,
                    on=on,
                    until=until,
                    granted_by=None,
                )
        except (MisplacedRole, UnknownPlace) as refusal:
            raise CommandError(str(refusal)) from None
        place = f" on {name}" if name else ""
        end = f" until {until}" if until else ""
        self.stdout.write(f"{address} is {grant.get_role_display().lower()}{place}{end}.")


def _address(text: str) -> str:
    try:
        address = canonical_address(text)
    except NotAnAddress as error:
        raise CommandError(f"{text!r} cannot be used: {error}.") from None
    if not may_sign_in(address=address):
        raise CommandError(
            f"{address} could not sign in: its domain is not among SIGN_IN_DOMAINS "
            f"({' '.join(settings.SIGN_IN_DOMAINS)})."
        )
    return address


def _last_day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--until {text!r} is not a date such as 2027-03-31.") from None
    if day < timezone.localdate():
        raise CommandError(f"--until {day} is in the past.")
    return day
