"""`manage.py check_directory`: whether the directory is what its design says."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.checking.check import ALL, check_directory

_EXAMPLES = """examples:
  manage.py check_directory      after a restore, a migration or a night of syncs

Prints one line for each invariant that does not hold: what should be true, its name, how many
rows break it and up to five of their ids. Reads only. Exits with 1 if anything is broken.
"""


class Command(BaseCommand):
    """Verifies every invariant; exits with 1 when one does not hold."""

    help = "Verify every invariant of the directory against the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for invariant, found in check_directory(now=timezone.now()):
            if found.count:
                broken += 1
                ids = ", ".join(found.examples)
                more = ", …" if found.count > len(found.examples) else ""
                self.stdout.write(
                    f"Broken: {invariant.sentence} ({invariant.name}) {found.count}: {ids}{more}"
                )
        if broken:
            raise CommandError(f"{broken} of {len(ALL)} invariants do not hold.", returncode=1)
        self.stdout.write(f"{len(ALL)} invariants hold.")
