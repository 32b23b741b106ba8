"""Linking an account to a record where no address does."""

from argparse import RawDescriptionHelpFormatter
from typing import Any
from uuid import UUID

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from directory.management.named import person_named, user_named
from directory.record_owners import NotLinked, link, unlink

_EXAMPLES = """examples:
  manage.py link_record ann@justice.gov.uk 7c9e6679-7425-40de-944b-e07fc1f90ae7
  manage.py link_record ann@justice.gov.uk --unlink
"""


class Command(BaseCommand):
    """Links, or takes the link away; the same command twice changes nothing more."""

    help = "Say which record is an account's own, where no address of one record says so."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose account, and which record."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("email", help="their e-mail address, with which they sign in")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("person", metavar="PERSON", nargs="?", type=UUID, help="id of the record")
        what.add_argument("--unlink", action="store_true", help="take the link away")

    def handle(self, **options: Any) -> None:
        """Link and say so."""
        user = user_named(email=options["email"])
        try:
            with transaction.atomic(), pghistory.context(command="link_record"):
                if options["unlink"]:
                    unlink(user=user)
                    self.stdout.write(f"{user.email} is linked to no record any more.")
                    return
                person = person_named(person_id=options["person"])
                link(user=user, person=person, linked_by=None)
        except NotLinked as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{user.email} is {person.display_name}.")
