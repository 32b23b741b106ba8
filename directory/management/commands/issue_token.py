"""A credential for one machine, printed once."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.grants import LONGEST_TOKEN_DAYS, issue_token
from directory.models import Feed, Organisation

_EXAMPLES = """examples:
  manage.py issue_token --feed home-office-hr
  manage.py issue_token --reader 'intranet search' --organisation home-office
  TOKEN=$(manage.py issue_token --reader dashboard --expires 90)
"""


class Command(BaseCommand):
    """Prints the token alone on standard output, and what it is for on standard error."""

    help = "Issue a bearer token and print it once; only its hash is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the token is for, whose, and how long."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        purpose = parser.add_mutually_exclusive_group(required=True)
        purpose.add_argument("--feed", metavar="SLUG", help="the one feed it may push to")
        purpose.add_argument("--reader", metavar="NAME", help="the machine that may read")
        parser.add_argument(
            "--organisation",
            metavar="SLUG",
            help="the reader sees what its own people do",
        )
        parser.add_argument(
            "--expires", metavar="DAYS", type=int, default=365, help="days it works (365)"
        )

    def handle(self, **options: Any) -> None:
        """Issue and print."""
        if not 1 <= options["expires"] <= LONGEST_TOKEN_DAYS:
            raise CommandError(f"--expires must be between 1 and {LONGEST_TOKEN_DAYS} days.")
        if options["feed"] and options["organisation"]:
            raise CommandError("--organisation goes with --reader: a feed has its organisation.")
        feed = _feed(options["feed"])
        name = (options["reader"] or f"feed {options['feed']}").strip()
        if not name or len(name) > 100:
            raise CommandError("--reader needs a name of 1 to 100 characters.")
        organisation = _organisation(options["organisation"])
        with pghistory.context(command="issue_token"):
            issued = issue_token(
                name=name,
                feed=feed,
                organisation=organisation,
                expires_days=options["expires"],
                now=timezone.now(),
            )
        self.stdout.write(issued.token)
        self.stderr.write(
            f"Credential of {name}, recognised by {issued.key}…: may "
            f"{_purpose(feed, organisation)} for {options['expires']} days. "
            "Keep it now, it is not shown again. Send it as 'Authorization: Bearer TOKEN'.",
            style_func=str,
        )


def _purpose(feed: Feed | None, organisation: Organisation | None) -> str:
    if feed:
        return f"push to {feed.slug}"
    return f"read as people of {organisation.name} do" if organisation else "read"


def _feed(slug: str | None) -> Feed | None:
    if slug is None:
        return None
    feed = Feed.objects.select_related("organisation").filter(slug__iexact=slug).first()
    if feed is None:
        raise CommandError(f"There is no feed {slug}; make it with manage.py create_feed.")
    return feed


def _organisation(slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    organisation = Organisation.objects.filter(slug__iexact=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation {slug}; see manage.py load_organisations.")
    return organisation
