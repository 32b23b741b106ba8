"""`manage.py load_organisations FILE`: organisations from the GOV.UK organisations API."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.organisations import LoadReport, OrganisationsRefused, load


class Command(BaseCommand):
    help = "Load departments, agencies and other public bodies; again, it changes nothing."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            formatter_class=RawDescriptionHelpFormatter,
            epilog="example:\n  manage.py load_organisations organisations.json\n\n"
            "FILE holds what https://www.gov.uk/api/organisations answers: one page,\n"
            "a JSON list of pages, or a JSON list of organisations.",
            **kwargs,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            document = json.loads(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{path} is not JSON: {error}.") from error
        try:
            report = load(document=document, now=timezone.now())
        except OrganisationsRefused as refusal:
            raise CommandError(f"{refusal} Nothing was loaded.") from refusal
        self._print(report)

    def _print(self, report: LoadReport) -> None:
        links = report.links
        self.stdout.write(
            f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged; "
            f"{links.added} links added, {links.removed} removed."
        )
        for repair in report.repairs:
            self.stdout.write(
                f"Repaired {repair.field} of {repair.slug}, encoded twice: {repair.repaired}"
            )
        for unknown in links.unknown:
            self.stdout.write(
                f"Left out of the {unknown.field} of {unknown.slug}, not known here: "
                f"{unknown.external_id}"
            )
        for loop in links.loops:
            self.stdout.write(f"Left out, as they lead in a circle: {' > '.join([*loop, loop[0]])}")
        for acronym, slugs in report.shared_acronyms.items():
            self.stdout.write(f"Shared acronym {acronym}: {', '.join(slugs)}")
        if report.absent:
            self.stdout.write(f"Not in this document, left as they are: {', '.join(report.absent)}")
