"""Django's `migrate`, run by the owner of the tables, followed by the grants."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from directory.postgresql.grants import OWNER_ALIAS, grant_to_serving_role

#: Any number, as long as it is ours: the advisory lock that lets one process migrate at a time.
MIGRATION_LOCK = 7_204_101


class Command(migrate.Command):
    """The serving role cannot change tables, so `default` here means the owner's connection."""

    help = (
        "Creates and updates the tables as the owner, then grants the serving role what it needs. "
        "Examples: manage.py migrate; manage.py migrate directory 0003; manage.py migrate --plan"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and grant, one process at a time."""
        if options["database"] == DEFAULT_DB_ALIAS:
            options["database"] = OWNER_ALIAS
        with connections[OWNER_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            try:
                refuse_half_way()
                super().handle(*args, **options)
                if not (options["plan"] or options["check_unapplied"]):
                    grant_to_serving_role()
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def refuse_half_way() -> None:
    """
    Refuse a database that has some of the migrations that one migration stands for, and not all.

    Django takes such a database for a migrated one, because what it lacks is written down nowhere.

    :raises CommandError: naming the migration that this database has to have first.
    """
    loader = MigrationLoader(connections[OWNER_ALIAS])
    for (app, name), migration in loader.replacements.items():
        missing = [one for one in migration.replaces if one not in loader.applied_migrations]
        if missing and len(missing) < len(migration.replaces):
            last_app, last_name = migration.replaces[-1]
            raise CommandError(
                f"This database has only some of the migrations that {app}.{name} stands for. "
                f"Migrate it with the version that ends in {last_app}.{last_name}, "
                "then with this one."
            )
