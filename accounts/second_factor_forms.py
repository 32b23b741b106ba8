"""The forms of second factors, worded and styled as ours."""

from typing import Any, Final

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils import timezone

from accounts.budgets import Budget, Overspent, spend
from accounts.models import User

#: How often somebody may try a code, and how often the same one is right.
ATTEMPTS: Final = Budget(name="second factor", limit=10, seconds=300)
SAME_CODE: Final = Budget(name="second factor, same code", limit=1, seconds=300)

_LABELS: Final = {"code": "Code", "name": "What to call the passkey"}


class _Designed:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, label in _LABELS.items():
            if name in fields:
                fields[name].label = label
                fields[name].widget.attrs["class"] = "govuk-input govuk-input--width-20"
                fields[name].widget.attrs.pop("placeholder", None)


class _Counted:
    """
    Counted where every process counts: attempts, and each code that was right, which counts once.

    The library counts both as well, but each process for itself.
    """

    user: User

    def clean_code(self) -> str:
        """
        The code, if it is right.

        :raises ValidationError: if it is not, was used before, or came after too many others.
        """
        who, now = str(self.user.pk), timezone.now()
        try:
            spend(who=who, budget=ATTEMPTS, now=now)
            code: str = super().clean_code()  # type: ignore[misc]
            spend(who=f"{who} {code}", budget=SAME_CODE, now=now)
        except Overspent:
            raise get_account_adapter().validation_error("too_many_login_attempts") from None
        return code


class DesignedAuthenticateForm(_Designed, _Counted, AuthenticateForm):  # type: ignore[misc]
    """The code of an app, or a recovery code, at sign-in."""


class DesignedReauthenticateForm(_Designed, _Counted, ReauthenticateForm):  # type: ignore[misc]
    """The same before something that cannot easily be taken back."""


class DesignedActivateForm(_Designed, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""


class DesignedAddForm(_Designed, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""


class DesignedEditForm(_Designed, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""
