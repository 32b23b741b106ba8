"""`manage.py create_feed`: a source system of one organisation."""

import tomllib
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.connectors.ready_mappings import ready_mappings
from directory.connectors.registry import CONNECTORS
from directory.models import Feed, Organisation

_READY = "ready:"

_EXAMPLES = """examples:
  manage.py create_feed treasury-hr --organisation hm-treasury --connector table
  manage.py create_feed moj-hr --organisation ministry-of-justice --connector table \\
      --mapping moj.toml
  manage.py create_feed moj-hr --organisation ministry-of-justice --connector table \\
      --mapping ready:workday
"""


class Command(BaseCommand):
    """Creates a feed, or changes the connector and mapping of the one with this slug."""

    help = "Create a feed, or change it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--connector", required=True, choices=sorted(CONNECTORS))
        parser.add_argument(
            "--mapping",
            default="",
            metavar="FILE",
            help="a TOML file, or one of those that come with the directory: "
            + ", ".join(f"ready:{name}" for name in ready_mappings()),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(
                f"There is no organisation called {options['organisation']};"
                " see load_organisations."
            )
        known = Feed.objects.filter(slug=options["slug"]).first()
        if known and known.organisation_id != organisation.pk:
            raise CommandError(
                f"The feed {known.slug} belongs to {known.organisation.slug}; choose another slug."
            )
        feed, created = Feed.objects.update_or_create(
            slug=options["slug"],
            defaults={
                "organisation": organisation,
                "connector": options["connector"],
                "mapping": _mapping(options["mapping"]),
            },
        )
        self.stdout.write(f"{'Created' if created else 'Kept'} feed {feed.slug}.")


def _mapping(named: str) -> dict[str, Any]:
    if not named:
        return {}
    if named.startswith(_READY):
        ready = ready_mappings().get(named.removeprefix(_READY))
        if ready is None:
            raise CommandError(
                f"No mapping called {named} comes with the directory; see --help for those that do."
            )
        return dict(ready.mapping)
    path = Path(named)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} is not TOML: {error}.") from None
