#!/usr/bin/env python3
"""The commands of Civil Directory: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run one command; what it refuses is one sentence on stderr and a non-zero exit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        raise SystemExit(
            "Django is not installed here: run one of the two commands in README.md first."
        ) from None
    from directory.localpostgres import LocalPostgresError
    from directory.postgresql.fitness import UnfitDatabase

    try:
        execute_from_command_line(sys.argv)
    except (LocalPostgresError, UnfitDatabase) as refusal:
        raise SystemExit(str(refusal)) from None


if __name__ == "__main__":
    main()
