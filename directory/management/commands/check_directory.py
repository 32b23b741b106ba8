"""`manage.py check_directory`: whether the directory is what its design says."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.audit_heads import UnreadableHeads, exported_heads
from directory.checking.audit import check_audit
from directory.checking.broken import Broken
from directory.checking.check import check_directory
from directory.checking.invariants import Invariant

_EXAMPLES = """examples:
  manage.py check_directory              after a restore, a migration or a night of syncs
  manage.py check_directory --audit      whether anybody rewrote the trail

Prints one line for each invariant that does not hold: what should be true, its name, how many
rows break it and up to five of their ids. Reads only. Exits with 1 if anything is broken.
With --audit it reads the trail instead: whether each row is there and says what it said when it was
written, and whether the chains hold, up to the heads in AUDIT_HEADS_FILE.
"""


class Command(BaseCommand):
    """Verifies every invariant; exits with 1 when one does not hold."""

    help = "Verify every invariant of the directory against the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("--audit", action="store_true", help="verify the trail")

    def handle(self, *args: Any, audit: bool = False, **options: Any) -> None:
        checks = self._audit() if audit else check_directory(now=timezone.now())
        broken = verified = 0
        for invariant, found in checks:
            verified += 1
            if found.count:
                broken += 1
                ids = ", ".join(found.examples)
                more = ", …" if found.count > len(found.examples) else ""
                self.stdout.write(
                    f"Broken: {invariant.sentence} ({invariant.name}) {found.count}: {ids}{more}"
                )
        if broken:
            raise CommandError(f"{broken} of {verified} invariants do not hold.", returncode=1)
        self.stdout.write(f"{verified} invariants hold.")

    def _audit(self) -> Iterator[tuple[Invariant, Broken]]:
        path = settings.AUDIT_HEADS_FILE
        try:
            heads = exported_heads(path=path)
        except UnreadableHeads as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Heads written down in {path}: {len(heads):,}.")
        return check_audit(heads=heads)
