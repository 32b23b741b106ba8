"""What we decide about single sign-on (OpenID Connect); django-allauth does the rest."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from accounts.addresses import NotAnAddress, canonical_address
from accounts.admission import may_sign_in
from accounts.models import User

_log = logging.getLogger(__name__)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """
    Whoever a provider vouches for is the user of the address that it says it has verified.

    The address has to be one that could sign in by a code as well.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """
        Find, or make, the user.

        :raises ImmediateHttpResponse: with the page that says why nobody is signed in.
        """
        if sociallogin.is_existing:
            if may_sign_in(address=sociallogin.user.email):
                return
            raise ImmediateHttpResponse(_refusal(request))
        address = verified_address(sociallogin=sociallogin)
        if address is None:
            raise ImmediateHttpResponse(_refusal(request))
        user = User.objects.known_by(address)
        EmailAddress.objects.update_or_create(
            user=user, email=address, defaults={"verified": True, "primary": True}
        )
        sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Say so on our own page, and in the log what kind of failure it was."""
        _log.warning("Single sign-on failed: %s, %s", error, type(exception).__name__)
        raise ImmediateHttpResponse(_refusal(request))


def verified_address(*, sociallogin: SocialLogin) -> str | None:
    """The address that the provider has verified and that may sign in; None if there is none."""
    for given in sociallogin.email_addresses:
        try:
            address = canonical_address(given.email)
        except NotAnAddress:
            continue
        if given.verified is True and may_sign_in(address=address):
            return address
    return None


def _refusal(request: HttpRequest) -> Any:
    return render(request, "accounts/single_sign_on_refused.html", status=403)
