"""OAuth 2 client credentials: a token exchanged for a short-lived one of the same scope."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.test import Client
from knox.models import AuthToken

from accounts.client_credentials import ASKED, forget_lapsed
from directory.grants import IssuedToken, issue_token, replace_token, withdraw_token
from directory.models import Feed
from tests.curating.harbour import make_feed

pytestmark = pytest.mark.django_db

ENDPOINT = "/accounts/oauth/token"
GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def feed() -> Feed:
    return make_feed()


def issued(**of: Any) -> IssuedToken:
    return issue_token(name="Intranet", now=datetime.now(UTC), **{"expires_days": 30, **of})


def exchange(token: IssuedToken, *, secret: str = "", **form: str) -> Any:
    """By the form; `test_by_basic_as_well` asks by the header."""
    proof = {"client_id": token.key, "client_secret": secret or token.token}
    return Client(enforce_csrf_checks=True).post(ENDPOINT, {**GRANT, **proof, **form})


def status(token: str, path: str = "/api/v1/people/") -> int:
    return Client(headers={"Authorization": f"Bearer {token}"}).get(path).status_code


def test_what_is_handed_out_opens_what_the_token_opens_for_ten_minutes(feed: Feed) -> None:
    reader, pusher = issued(), issued(feed=feed)
    runs = f"/api/v1/feeds/{feed.slug}/runs/"
    for token, scope, opened in ((reader, "read", (200, 403)), (pusher, "push", (403, 200))):
        answer = exchange(token).json()
        assert (answer["token_type"], answer["scope"]) == ("Bearer", scope)
        assert answer["expires_in"] == 600
        assert "refresh_token" not in answer
        assert (status(answer["access_token"]), status(answer["access_token"], runs)) == opened
    Token.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert status(answer["access_token"], runs) == 401


def test_by_basic_as_well() -> None:
    token = issued()
    answer = Client().post(
        ENDPOINT, GRANT, headers={"Authorization": _basic(f"{token.key}:{token.token}")}
    )
    assert status(answer.json()["access_token"]) == 200
    assert answer["Cache-Control"] == "no-store"


def _basic(proof: str) -> str:
    return f"Basic {b64encode(proof.encode()).decode()}"


@pytest.mark.parametrize("end", ["withdrawn", "expired", "replaced"])
def test_once_the_token_ends_nothing_of_it_opens_anything(end: str) -> None:
    token = issued(expires_days=1) if end == "expired" else issued()
    given = exchange(token).json()["access_token"]
    if end == "withdrawn":
        withdraw_token(credential=token.credential)
        assert not OAuthClient.objects.exists()
    elif end == "replaced":
        replace_token(
            credential=token.credential, expires_days=9, overlap_days=0, now=datetime.now(UTC)
        )
    else:
        AuthToken.objects.update(expiry=datetime.now(UTC) - timedelta(seconds=1))
    assert status(given) == 401
    answer = exchange(token)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("form", "refused"),
    [
        # pragma: allowlist nextline secret - 2026-12-01: a wrong one
        ({"client_secret": "cdir_wrong"}, (401, "invalid_client")),
        ({"client_id": "cdir_nobody"}, (401, "invalid_client")),
        ({"client_id": "a\x00b"}, (401, "invalid_client")),
        ({"client_id": ""}, (401, "invalid_client")),
        ({"scope": "push"}, (400, "invalid_scope")),
        ({"scope": "read push"}, (400, "invalid_scope")),
        ({"grant_type": "authorization_code"}, (400, "unsupported_grant_type")),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:device_code"},
         (400, "unsupported_grant_type")),
        ({"grant_type": ""}, (400, "unsupported_grant_type")),
    ],
)  # fmt: skip
def test_what_is_not_right_is_refused_as_the_standard_words_it(
    form: dict[str, str], refused: tuple[int, str]
) -> None:
    answer = exchange(issued(), **form)
    assert (answer.status_code, answer.json()["error"]) == refused
    assert not Token.objects.exists()


@pytest.mark.parametrize("proof", ["Basic", "Basic !", "Basic /w==", "Basic Og=="])
def test_a_garbled_proof_is_no_client(proof: str) -> None:
    answer = Client().post(ENDPOINT, GRANT, headers={"Authorization": proof})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")


def test_only_digests_are_kept() -> None:
    token = issued()
    given = exchange(token).json()["access_token"]
    kept = " ".join(
        str(value)
        for model in (OAuthClient, Token)
        for row in model.objects.values()
        for value in row.values()
    )
    assert token.token not in kept
    assert given not in kept


def test_one_place_asks_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.client_credentials.ASKED", type(ASKED)(ASKED.name, 2, 3600))
    token = issued()
    assert [exchange(token).status_code for _ in range(3)] == [200, 200, 429]


def test_what_is_over_is_forgotten_and_nothing_else() -> None:
    now = datetime.now(UTC)
    over, good = issued(expires_days=1), issued()
    exchange(over), exchange(good)
    forget_lapsed(now=now)
    assert (OAuthClient.objects.count(), Token.objects.count()) == (2, 2)
    forget_lapsed(now=now + timedelta(days=2))
    assert OAuthClient.objects.get().pk == good.key
    assert not Token.objects.exists()
