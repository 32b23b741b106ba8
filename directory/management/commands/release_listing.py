"""Listing somebody again whom a curator or a feed protected or held to a narrower listing."""

from argparse import RawDescriptionHelpFormatter
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.curating.audiences import AudienceRefused, release_listing

_EXAMPLES = """examples:
  manage.py release_listing 7c9e6679-7425-40de-944b-e07fc1f90ae7 --reason "The threat is over"
"""


class Command(BaseCommand):
    """Releases; the same command twice changes nothing more."""

    help = (
        "List a person as they and their feeds say, whom a curator held to a narrower listing, or"
        " whom a feed protected that does not say so any more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, and why."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("person", metavar="PERSON", type=UUID, help="id of the record")
        parser.add_argument("--reason", required=True, help="why; it is kept in the trail")

    def handle(self, **options: Any) -> None:
        """Release and say how they are listed."""
        try:
            person = release_listing(person_id=options["person"], reason=options["reason"])
        except AudienceRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{person.pk}: {person.get_listing_display().lower()}.")
