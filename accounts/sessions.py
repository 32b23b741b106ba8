"""
Sessions kept under a digest of their key, each with whose it is.

Django keeps the key itself, so that whoever reads the table, or a backup of it, could go on as
everybody who is signed in. The key is random, so a plain digest is as good as a slow one.
Whose it is lets somebody see where they are signed in, and sign out there.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest
from django.utils import timezone

from accounts.browsers import browser_named
from accounts.models import Session, User

#: Where a session's data says how its browser names itself, and when somebody signed in.
_BROWSER = "browser"
_BEGAN_AT = "began_at"

#: As long as Django's column, in bytes of two hexadecimal digits.
_DIGEST_BYTES = 20


def kept_key(session_key: str) -> str:
    """Under what a session is kept whose key, in the browser's cookie, is this."""
    return blake2b(session_key.encode(), digest_size=_DIGEST_BYTES).hexdigest()


class SessionStore(DatabaseStore):
    """Django's sessions in the database, but that the database cannot open them."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """Where they are kept."""
        return Session

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key = self.session_key
        found = self.model.objects.filter(
            session_key=kept_key(key) if key else None, expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session of this key is kept."""
        return super().exists(kept_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row of the session."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 - tells the type checker whose store this is
        row.session_key = kept_key(row.session_key)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.browser = data.get(_BROWSER, "")
        if _BEGAN_AT in data:
            row.began_at = datetime.fromisoformat(data[_BEGAN_AT])
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session; this one, unless another is named by its key."""
        key = session_key or self.session_key
        if key:
            super().delete(kept_key(key))


@dataclass(frozen=True, slots=True)
class OwnSession:
    """
    A browser in which somebody is signed in.

    id: what it is ended by; opens nothing. is_this: the one that asks.
    """

    id: str
    browser: str
    began_at: datetime
    is_this: bool


def note_browser(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Let the session of whoever signs in say in which browser, and since when."""
    request.session[_BROWSER] = browser_named(request.headers.get("User-Agent", ""))
    request.session[_BEGAN_AT] = timezone.now().isoformat()


def sessions_of(*, user: User, asking: SessionBase, now: datetime) -> list[OwnSession]:
    """Where somebody is signed in, the newest first."""
    this = kept_key(asking.session_key) if asking.session_key else ""
    return [
        OwnSession(
            id=session.session_key,
            browser=session.browser,
            began_at=session.began_at,
            is_this=session.session_key == this,
        )
        for session in Session.objects.filter(user=user, expire_date__gt=now).order_by("-began_at")
    ]


def end_session(*, user: User, session_id: str) -> bool:
    """Sign somebody out in one browser; False if they are not signed in there."""
    deleted, _ = Session.objects.filter(user=user, session_key=session_id).delete()
    return bool(deleted)


def end_other_sessions(*, user: User, asking: SessionBase) -> int:
    """Sign somebody out everywhere but in the browser that asks; in how many."""
    others = Session.objects.filter(user=user)
    if asking.session_key:
        others = others.exclude(session_key=kept_key(asking.session_key))
    ended, _ = others.delete()
    return ended


def forget_ended(*, now: datetime) -> None:
    """Delete the sessions that are over."""
    Session.objects.filter(expire_date__lte=now).delete()
