"""`manage.py make_feeds`: synthetic departmental feeds of invented people."""

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.synthetic import DirectoryInUse, ImpossibleSize, Manifest, generate

_EXAMPLES = """examples:
  manage.py make_feeds feeds --people 5000 --seed 1
  manage.py make_feeds feeds --people 100000 --seed 7 --periods 1 --organisations 1

The same arguments always write the same bytes. manifest.json describes every file.
"""


class Command(BaseCommand):
    """Writes feeds into an empty directory, or over those it wrote there before."""

    help = "Write synthetic departmental feeds of invented people."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, how many, and which of the endless possible worlds."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument("--people", metavar="N", type=int, required=True)
        parser.add_argument("--seed", metavar="S", type=int, required=True)
        parser.add_argument(
            "--periods",
            metavar="K",
            type=int,
            default=3,
            help="deliveries of each feed; %(default)s",
        )
        parser.add_argument(
            "--organisations", metavar="N", type=int, default=12, help="the largest; %(default)s"
        )

    def handle(self, **options: Any) -> None:
        """Write them and say what there is."""
        try:
            manifest = generate(
                options["directory"],
                people=options["people"],
                seed=options["seed"],
                periods=options["periods"],
                organisations=options["organisations"],
            )
        except (DirectoryInUse, ImpossibleSize) as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename or options['directory']} cannot be written: {error.strerror}."
            ) from None
        self.stdout.write(_summary(manifest=manifest, directory=options["directory"]))


def _summary(*, manifest: Manifest, directory: Path) -> str:
    """One line for each period, then where to look."""
    who = f"{manifest.people:,} invented people in {len(manifest.organisations)} organisations"
    lines = [f"{who}, seed {manifest.seed}:"]
    for period in range(manifest.periods):
        named = [
            one
            for one in manifest.deliveries
            if one.period == period and one.kind in ("people", "senior")
        ]
        counts = ", ".join(
            f"{sum(getattr(one, count) for one in named):,} {count}"
            for count in ("joiners", "leavers", "movers", "renames")
        )
        in_post = sum(one.in_post for one in named)
        lines.append(f"  {named[0].as_of.isoformat()}: {in_post:,} in post; {counts}")
    lines.append(
        f"{len(manifest.moves)} moved between organisations; see {directory}/manifest.json"
    )
    return "\n".join(lines)
