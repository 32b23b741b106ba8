"""
OAuth 2 client credentials (RFC 6749, 4.4): a machine's token exchanged for a short-lived one.

The visible beginning of a token is the client's id, and the whole token its secret. So both ways
to ask have one scope, one end and one rotation: once the token ends, nothing is handed out for it,
and what was handed out opens nothing. django-allauth does the protocol.
"""

import base64
import binascii
from datetime import datetime
from typing import Final

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.idp.oidc import views as oidc
from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from knox.models import AuthToken

from accounts.budgets import Budget, Overspent, spend

#: How often one place may ask for tokens: every machine behind it, each every few minutes.
ASKED: Final = Budget(name="client tokens", limit=120, seconds=60)


class RandomSecretHasher(PBKDF2PasswordHasher):
    """
    For secrets of 256 random bits, which nobody guesses however quickly each guess is judged.

    Nobody has a password here, so this is the only hasher.
    """

    algorithm = "pbkdf2_sha256_random"
    iterations = 1


def register_client(*, held: AuthToken, token: str, name: str, scope: str) -> None:
    """The machine that holds a token may exchange it from now on."""
    client = Client(id=held.token_key, name=name, owner=held.user)
    client.set_secret(token)
    client.set_scopes([scope])
    client.set_default_scopes([scope])
    client.set_grant_types([Client.GrantType.CLIENT_CREDENTIALS])
    client.set_response_types([])
    client.save()


def end_client(*, token_key: str) -> None:
    """Nothing is handed out any more, and what was handed out opens nothing."""
    Client.objects.filter(id=token_key).delete()


def exchanged_for(*, value: str) -> AuthToken | None:
    """The token, still good, that a short-lived one was handed out for; None for any other."""
    given = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value)
    return _good_token(given.client_id) if given and given.client_id else None


def forget_lapsed(*, now: datetime) -> None:
    """Delete what was handed out and is over, and the clients whose token is."""
    Token.objects.filter(expires_at__lte=now).delete()
    Client.objects.exclude(id__in=_not_over(now=now).values("token_key")).delete()


@csrf_exempt  # No cookie counts here: the client says who it is in the request itself.
@login_not_required
@require_POST
def client_token(request: HttpRequest) -> HttpResponse:
    """A short-lived token for a client that proves who it is."""
    try:
        asked_from = get_adapter().get_client_ip(context.request)
        spend(who=asked_from, budget=ASKED, now=timezone.now())
    except Overspent as refusal:
        headers = {"Retry-After": str(refusal.wait_seconds)}
        return _refused("slow_down", "Too many tokens were asked for from here.", 429, headers)
    if request.POST.get("grant_type") != Client.GrantType.CLIENT_CREDENTIALS:
        return _refused("unsupported_grant_type", "grant_type is client_credentials.", 400)
    if _good_token(_client_id(request)) is None:
        headers = {"WWW-Authenticate": 'Basic realm="Civil Directory"'}
        return _refused("invalid_client", "There is no such client, or not any more.", 401, headers)
    response: HttpResponse = oidc.token(request)
    return response


def _not_over(*, now: datetime) -> QuerySet[AuthToken]:
    tokens: QuerySet[AuthToken] = AuthToken.objects.filter(Q(expiry=None) | Q(expiry__gt=now))
    return tokens


def _good_token(token_key: str) -> AuthToken | None:
    held = _not_over(now=timezone.now()).filter(token_key=token_key, user__is_active=True)
    found: AuthToken | None = held.select_related("user").first()
    return found


def _client_id(request: HttpRequest) -> str:
    """Who the client says it is, by HTTP Basic or in the form; empty where it does not say."""
    scheme, _, proof = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            named, _, _ = base64.b64decode(proof, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return ""
    else:
        named = request.POST.get("client_id", "")
    return named if named.isprintable() else ""


def _refused(
    error: str, description: str, status: int, headers: dict[str, str] | None = None
) -> JsonResponse:
    """As RFC 6749, 5.2 words it."""
    return JsonResponse(
        {"error": error, "error_description": description}, status=status, headers=headers
    )
