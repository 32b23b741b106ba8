"""`manage.py undo`: takes an applied run back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.management.named import run_named, take_decision, user_named
from directory.models import FeedRun
from directory.sync.undoing import UndoRefused, undo

_EXAMPLE = """example:
  manage.py undo 0b6c2f6e-5f0e-4a50-9d0f-0a3a6c0a7f11 \\
      --reason "That was last year's file" --as curator@treasury.example.gov.uk

A run can be undone for 30 days, the last applied one first. What people and curators changed
since stays; what cannot go back is listed.
"""

#: How many of the rows that stayed are printed.
_SHOWN = 20


class Command(BaseCommand):
    """Takes an applied run back; undoing one that is undone already changes nothing."""

    help = "Undo an applied run."

    def add_arguments(self, parser: CommandParser) -> None:
        take_decision(parser=parser, example=_EXAMPLE)

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_named(run_id=options["run"])
        actor = user_named(email=options["email"])
        if run.state == FeedRun.State.UNDONE:
            self.stdout.write("The run is undone already; nothing was done.")
            return
        try:
            undone = undo(run=run, reason=options["reason"], actor=actor, now=timezone.now())
        except UndoRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{run.pk} {run.kind} {run.as_of}: {run.state}")
        self.stdout.write(f"  {undone.returned} subjects are as before it")
        for row in undone.kept[:_SHOWN]:
            self.stdout.write(f"  stayed: {row.kind} {row.name} {row.id}: {row.reason}")
        if more := undone.kept[_SHOWN:]:
            self.stdout.write(f"  and {len(more)} more; they are kept with the run")
