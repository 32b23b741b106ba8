"""`manage.py sync`: one run for each file, or for each dated part of a stacked file."""

from argparse import RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.management.named import user_named
from directory.models import Feed, FeedRun
from directory.sync import progress
from directory.sync.receiving import FeedPaused, FeedRetired, Order
from directory.sync.run import sync

_EXAMPLES = """examples:
  manage.py sync treasury-hr staff-2026-04-01.csv --as-of 2026-04-01
  manage.py sync treasury-hr joiners.csv --partial
  manage.py sync treasury-hr staff.csv --as ann@treasury.example.gov.uk
  manage.py sync treasury-hr staff.csv --dry-run      shows what a run would do
"""


class Command(BaseCommand):
    """Syncs files of one feed; exits with 1 when a run was held and 2 when one was refused."""

    help = "Sync one or more files of a feed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("feed", metavar="SLUG", help="the feed")
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day the file describes, YYYY-MM-DD (default: today)",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            default=True,
            help="the file names everybody, so absence means departure (default)",
        )
        parser.add_argument(
            "--partial",
            action="store_false",
            dest="complete",
            help="the file names only what changed; nobody leaves by absence",
        )
        parser.add_argument("--dry-run", action="store_true", help="show the plan, apply nothing")
        parser.add_argument(
            "--as",
            dest="email",
            metavar="EMAIL",
            help="you, who submit it; if the run is held, somebody else has to decide it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        feed = Feed.objects.select_related("organisation").filter(slug=options["feed"]).first()
        if feed is None:
            raise CommandError(f"There is no feed called {options['feed']}; see create_feed.")
        submitter = user_named(email=options["email"]) if options["email"] else None
        runs: list[FeedRun] = []
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"{path} is not a file.", returncode=2)
            now = timezone.now()
            order = Order(
                feed=feed,
                path=path,
                as_of=options["as_of"] or timezone.localdate(now),
                complete=options["complete"],
                submitted_by=submitter,
                dry_run=options["dry_run"],
                now=now,
            )
            try:
                with progress.watched(watcher=self._show_progress):
                    done = sync(order=order)
            except (FeedPaused, FeedRetired) as refusal:
                raise CommandError(str(refusal), returncode=2) from None
            self._wipe_progress()
            for run in done:
                self._print(run)
            runs += done
        self._exit(runs)

    def _show_progress(self, run: FeedRun) -> None:
        """One line that is written over, and only where somebody watches."""
        if not self.stderr.isatty():
            return
        done = progress.pace(
            rows_done=run.rows_done,
            rows_total=run.rows_total,
            started_at=run.started_at,
            now=timezone.now(),
        )
        line = f"{run.step}: {run.rows_done:,} of {run.rows_total:,} rows"
        if done.rows_per_second and done.seconds_left is not None:
            line += f", {done.rows_per_second:,.0f} a second, {done.seconds_left:.0f} s left"
        self.stderr.write(f"\r\x1b[K{line}", ending="")
        self.stderr.flush()

    def _wipe_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("\r\x1b[K", ending="")

    def _print(self, run: FeedRun) -> None:
        counts = run.counts
        self.stdout.write(
            f"{run.file_name} {run.kind} {run.as_of}: {run.get_state_display().lower()}"
        )
        if counts:
            self.stdout.write(
                "  {rows} rows: {creations} new, {updates} changed, {departures} left,"
                " {errors} in error, {disputes} to judge".format(**counts)
            )
            for code, count in counts["faults"].items():
                self.stdout.write(f"  fault {code}: {count}")
        for fault in run.faults.all()[:10]:
            self.stdout.write(
                f"  row {fault.row}, line {fault.line}, {fault.column or 'row'}:"
                f" {fault.code}: {fault.hint}"
            )
        for reason in run.held_reasons:
            self.stdout.write(f"  held, {reason['rule']}: {reason['message']}")
            for example in reason["examples"]:
                self.stdout.write(f"    row {example['row']}, key {example['source_key']}")
        if run.state == FeedRun.State.HELD:
            self.stdout.write(
                f"  to release: manage.py approve {run.pk} --digest {run.plan_digest}"
                " --reason … --as EMAIL"
            )
            self.stdout.write(f"  to reject: manage.py reject {run.pk} --reason … --as EMAIL")
        if run.failure_code:
            self.stdout.write(f"  refused, {run.failure_code}: {run.failure_message}")

    def _exit(self, runs: list[FeedRun]) -> None:
        states = {run.state for run in runs}
        if FeedRun.State.FAILED in states:
            raise CommandError("A delivery was refused; nothing of it was applied.", returncode=2)
        if FeedRun.State.HELD in states:
            raise CommandError("A run is held; nothing of it was applied.", returncode=1)
