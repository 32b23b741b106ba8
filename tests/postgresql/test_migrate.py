"""Bringing a database up to date."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def forget_migration(name: str) -> None:
    """As in a database that has not come so far."""
    MigrationRecorder(connections["owner"]).record_unapplied("directory", name)


def test_a_database_that_stopped_half_way_is_refused_and_told_what_it_lacks() -> None:
    forget_migration("0001_squashed_0030_corrections")
    forget_migration("0030_corrections")
    with pytest.raises(CommandError, match=r"directory\.0030_corrections"):
        call_command("migrate", verbosity=0)


def test_a_database_that_has_what_one_migration_stands_for_has_that_migration() -> None:
    forget_migration("0001_squashed_0030_corrections")
    call_command("migrate", verbosity=0)
    recorder = MigrationRecorder(connections["owner"])
    assert ("directory", "0001_squashed_0030_corrections") in recorder.applied_migrations()
