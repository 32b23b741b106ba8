"""The directory itself, as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever signs in is linked to their record; whoever asks too much is told on."""
        from django.contrib.auth.signals import user_logged_in
        from django.urls import register_converter

        from accounts.budgets import overspent
        from directory.alerts import alert_of_budget
        from directory.sign_in import link_record
        from directory.slugs import WordSlugConverter

        register_converter(WordSlugConverter, "word")
        user_logged_in.connect(link_record, dispatch_uid="directory.sign_in.link_record")
        overspent.connect(alert_of_budget, dispatch_uid="directory.alerts.alert_of_budget")
