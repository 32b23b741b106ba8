"""`manage.py reject`: a second person rejects a held run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.management.named import run_named, take_decision, user_named
from directory.models import FeedRun
from directory.sync.approving import ApprovalRefused, reject

_EXAMPLE = """example:
  manage.py reject 0b6c2f6e-5f0e-4a50-9d0f-0a3a6c0a7f11 \\
      --reason "Half the file is missing" --as curator@treasury.example.gov.uk

The parts of the same file that waited for the run have their turn.
"""


class Command(BaseCommand):
    """Rejects a held run for good; rejecting one that is rejected already changes nothing."""

    help = "Reject a held run."

    def add_arguments(self, parser: CommandParser) -> None:
        take_decision(parser=parser, example=_EXAMPLE)

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_named(run_id=options["run"])
        decider = user_named(email=options["email"])
        if run.state == FeedRun.State.REJECTED:
            self.stdout.write("The run is rejected already; nothing was done.")
            return
        try:
            runs = reject(run=run, reason=options["reason"], decider=decider, now=timezone.now())
        except ApprovalRefused as refusal:
            raise CommandError(str(refusal)) from None
        for done in runs:
            self.stdout.write(f"{done.pk} {done.kind} {done.as_of}: {done.state}")
            if done.state == FeedRun.State.HELD:
                self.stdout.write(f"  held as well; its digest is {done.plan_digest}")
