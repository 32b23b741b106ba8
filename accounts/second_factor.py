"""What we decide about second factors; django-allauth does the rest."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, ClassVar, Final

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

#: What one person can sign in with besides a code in their mailbox.
_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Ties a key to this purpose.
_PURPOSE: Final = b"second factors"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are kept encrypted: a dump of the database opens nothing."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Enter the code that your app shows now, or a recovery code",
        "unverified_email": "Sign in once with a code from your e-mail first",
    }

    def encrypt(self, text: str) -> str:
        """The text as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """
        The text again, also where it was kept under an earlier `SECRET_KEY`.

        :raises InvalidToken: if it was not kept by this site.
        """
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


def has_second_factor(*, user: User) -> bool:
    """Whether somebody set up an authenticator app or a passkey."""
    return bool(is_mfa_enabled(user, _FACTORS))


def confirm_by_adding(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever just set a factor up has shown that they hold it, and is not asked again at once."""
    record_authentication(request, user, method="mfa", reauthenticated=True)


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(key) for key in _keys(secrets)])


def _keys(secrets: Iterable[str]) -> Iterable[bytes]:
    for secret in secrets:
        digest = blake2b(secret.encode(), digest_size=32, person=_PURPOSE[:16]).digest()
        yield urlsafe_b64encode(digest)
