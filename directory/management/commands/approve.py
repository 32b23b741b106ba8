"""`manage.py approve`: a second person releases a held run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.management.named import run_named, take_decision, user_named
from directory.models import FeedRun
from directory.sync.apply import StalePlan
from directory.sync.approving import ApprovalRefused, approve
from directory.sync.receiving import StaleDelivery

_EXAMPLE = """example:
  manage.py approve 0b6c2f6e-5f0e-4a50-9d0f-0a3a6c0a7f11 --digest 9f86d0… \\
      --reason "The Leeds office closed" --as curator@treasury.example.gov.uk
"""


class Command(BaseCommand):
    """Releases a held run; releasing one that is applied already changes nothing."""

    help = "Release a held run."

    def add_arguments(self, parser: CommandParser) -> None:
        take_decision(parser=parser, example=_EXAMPLE)
        parser.add_argument("--digest", required=True, help="the digest of the plan you saw")

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_named(run_id=options["run"])
        approver = user_named(email=options["email"])
        if run.state == FeedRun.State.APPLIED:
            self.stdout.write("The run is applied already; nothing was done.")
            return
        try:
            runs = approve(
                run=run,
                digest=options["digest"],
                reason=options["reason"],
                approver=approver,
                now=timezone.now(),
            )
        except (ApprovalRefused, StaleDelivery, StalePlan) as refusal:
            raise CommandError(str(refusal)) from None
        for done in runs:
            self.stdout.write(f"{done.pk} {done.kind} {done.as_of}: {done.state}")
            if done.state == FeedRun.State.HELD:
                self.stdout.write(f"  held again; its digest is {done.plan_digest}")
