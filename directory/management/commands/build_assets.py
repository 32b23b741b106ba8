"""Builds the design system's stylesheet and script."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.assets import AssetsNotBuilt, ensure_assets


class Command(BaseCommand):
    """Runs before collectstatic; does nothing when the lock file has not changed."""

    help = (
        "Builds the stylesheet and script of the design system, if they are not built yet. "
        "Example: manage.py build_assets && manage.py collectstatic --no-input"
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and say where."""
        try:
            built = ensure_assets(project=settings.PROJECT, report=self.stdout.write)
        except AssetsNotBuilt as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The stylesheet is in {built}.")
