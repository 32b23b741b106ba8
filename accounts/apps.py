"""The accounts room, as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sessions say whose they are; a factor that is set up confirms who set it up."""
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from accounts.second_factor import confirm_by_adding
        from accounts.sessions import note_browser

        user_logged_in.connect(note_browser, dispatch_uid="accounts.sessions.note_browser")
        authenticator_added.connect(
            confirm_by_adding, dispatch_uid="accounts.second_factor.confirm_by_adding"
        )
