"""Who is asking: the machine that bears a token, and nobody else."""

import re
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.budgets import Budget, Overspent, overspent, spend
from accounts.client_credentials import exchanged_for
from accounts.models import User
from directory.curating.remit import remit_of
from directory.grants import UnscopedToken, scope_of
from directory.models import Credential
from directory.postgresql.acting import act_for
from directory.visibility import Viewer

if TYPE_CHECKING:  # The settings name this module, and views read the settings first.
    from rest_framework.views import APIView

#: What a token may consist of; anything else is refused before the database sees it.
_TOKEN = re.compile(rb"[A-Za-z0-9._~+/=-]{1,256}")


_READING = (Credential.Scope.READ, Credential.Scope.READ_ORGANISATION)


class BearerAuthentication(BaseAuthentication):
    """
    `Authorization: Bearer TOKEN` (RFC 6750), a machine's own or one it was exchanged for; a
    session's cookie counts for nothing here, so no other site can make a signed-in browser act
    on the API.
    """

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        """
        The machine's user and what its token is for; None when no bearer token is sent.

        :raises AuthenticationFailed: in the same words for a garbled, unknown,
            expired or withdrawn token, and for one of no purpose.
        """
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2 or not _TOKEN.fullmatch(words[1]):
            raise AuthenticationFailed
        user, token = _bearer(words[1])
        act_for(str(user.pk))
        try:
            return user, scope_of(auth_token=token, now=timezone.now())
        except UnscopedToken:
            raise AuthenticationFailed from None

    def authenticate_header(self, request: Request) -> str:
        """The challenge that goes with a 401."""
        return 'Bearer realm="Civil Directory"'


def _bearer(token: bytes) -> tuple[User, AuthToken]:
    """:raises AuthenticationFailed: if the token is not good, or not good any more."""
    if not token.startswith(knox_settings.TOKEN_PREFIX.encode()):
        held = exchanged_for(value=token.decode())
        if held is None:
            raise AuthenticationFailed
        return held.user, held
    user, held = TokenAuthentication().authenticate_credentials(token)
    return user, held


class TokenBudget(BaseThrottle):
    """A token may ask so often in a minute, whichever process answers."""

    def __init__(self) -> None:
        self._wait_seconds: float | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Take one from what the token has left; False when nothing is."""
        limit = settings.API_REQUESTS_PER_MINUTE
        budget = Budget(name="requests", limit=limit, seconds=60)
        try:
            spend(who=str(request.user.pk), budget=budget, now=timezone.now())
        except Overspent as refusal:
            overspent.send(sender=None, user=request.user, budget=budget)
            self._wait_seconds = refusal.wait_seconds
            return False
        return True

    def wait(self) -> float | None:
        """Seconds until the token may ask again."""
        return self._wait_seconds


class MayRead(BasePermission):
    """The token was issued for reading; one for pushing to a feed opens nothing here."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the request carries such a token."""
        return isinstance(request.auth, Credential) and request.auth.scope in _READING


class MayPush(BasePermission):
    """
    The token was issued for pushing to the feed in the address.

    A feed of somebody else's and one that does not exist are refused alike.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the request carries such a token."""
        feed = request.auth.feed if isinstance(request.auth, Credential) else None
        return feed is not None and feed.slug == view.kwargs["slug"]


def may_explain(*, request: Request) -> bool:
    """Whether the machine may learn how people are ranked, as people who curate may."""
    user = cast("User", request.user)
    return remit_of(user=user, now=timezone.now()).may_read_searches


def pusher_of(*, request: Request) -> Credential:
    """The credential of a request that was let in."""
    return cast("Credential", request.auth)


def viewer_of(*, request: Request) -> Viewer:
    """Who asks, as the domain wants to know it; the permission is already given."""
    credential = cast("Credential", request.auth)
    body = credential.organisation_id
    own = credential.scope == Credential.Scope.READ_ORGANISATION
    return Viewer(
        user_id=request.user.pk,
        credential_id=credential.pk,
        organisation_ids=frozenset([body] if own and body else []),
    )
