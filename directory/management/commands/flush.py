"""Django's `flush`, run by the owner of the tables."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from directory.audit_heads import note_emptied
from directory.postgresql.grants import OWNER_ALIAS


class Command(flush.Command):
    """The serving role may not truncate, so `default` here means the owner's connection."""

    help = "Empties every table, as the owner. Example: manage.py flush --no-input"

    def handle(self, **options: Any) -> None:
        """Empty the tables, the append-only ones included."""
        if options["database"] == DEFAULT_DB_ALIAS:
            options["database"] = OWNER_ALIAS
        with (
            _own_connection(options["database"]),
            pgtrigger.ignore(databases=[OWNER_ALIAS]),
        ):
            super().handle(**options)
            # Not Django's own: jobs of runs that there are no more.
            with connections[options["database"]].cursor() as cursor:
                cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
            note_emptied(path=settings.AUDIT_HEADS_FILE, now=timezone.now())


@contextlib.contextmanager
def _own_connection(alias: str) -> Iterator[None]:
    """
    A connection of the command's own under the alias, closed afterwards.

    Django empties test databases through this command, and denies a test every alias
    it has not asked for; the owner's must be usable here without being usable there.
    """
    shared = connections[alias]
    connections[alias] = shared.copy()
    connections[alias].connect()
    try:
        yield
    finally:
        connections[alias].close()
        connections[alias] = shared
