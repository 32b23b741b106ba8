"""Invented records that nobody has to open."""

from argparse import RawDescriptionHelpFormatter
from typing import Any
from uuid import UUID

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from directory.alerts import NotACanary, place_canary
from directory.management.named import person_named
from directory.models import Canary
from directory.projection import project_people

_EXAMPLES = """examples:
  manage.py canary 7c9e6679-7425-40de-944b-e07fc1f90ae7
  manage.py canary 7c9e6679-7425-40de-944b-e07fc1f90ae7 --remove

The record has to be of somebody invented, as one row of a feed brings it. No search finds it from
then on. Whoever opens its page or takes it from the API is told to all administrators by e-mail.
"""


class Command(BaseCommand):
    """Makes a record a canary, or an ordinary one again; the same twice changes nothing more."""

    help = "Let administrators be told when somebody opens this invented record."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which record."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("person", metavar="PERSON", type=UUID, help="id of the record")
        parser.add_argument("--remove", action="store_true", help="an ordinary record again")

    def handle(self, **options: Any) -> None:
        """Place or remove, and say so."""
        person = person_named(person_id=options["person"])
        try:
            with transaction.atomic(), pghistory.context(command="canary"):
                if options["remove"]:
                    Canary.objects.filter(person=person).delete()
                else:
                    place_canary(person=person)
                project_people(person_ids=[person.pk])
        except NotACanary as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{person.pk} is {'no canary any more' if options['remove'] else 'a canary'}."
        )
