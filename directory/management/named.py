"""What the arguments of a command name: a run, a record, or who runs it."""

from argparse import RawDescriptionHelpFormatter
from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from directory.models import FeedRun, Person


def run_named(*, run_id: UUID) -> FeedRun:
    """
    The run with this id.

    :raises CommandError: if there is none.
    """
    run = FeedRun.objects.filter(pk=run_id).first()
    if run is None:
        raise CommandError(f"There is no run {run_id}.")
    return run


def person_named(*, person_id: UUID) -> Person:
    """
    The record with this id, which is not part of another.

    :raises CommandError: if there is none.
    """
    person = Person.objects.filter(pk=person_id, merged_into=None).first()
    if person is None:
        raise CommandError(f"There is no record {person_id}.")
    return person


def user_named(*, email: str) -> User:
    """
    Whoever signs in with this address, however its letters are written.

    :raises CommandError: if nobody does.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(f"Nobody here is called {email}; see grant.")
    return user


def take_decision(*, parser: CommandParser, example: str) -> None:
    """The arguments of a command that decides a run: which one, why, and by whom."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = example
    parser.add_argument("run", metavar="RUN", type=UUID, help="the run's id")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="you")
