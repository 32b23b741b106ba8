"""
Sessions kept under a digest of their key.

Django keeps the key itself, so that whoever reads the table, or a backup of it, could go on as
everybody who is signed in. The key is random, so a plain digest is as good as a slow one.
"""

from hashlib import blake2b
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

#: As long as Django's column, in bytes of two hexadecimal digits.
_DIGEST_BYTES = 20


def kept_key(session_key: str) -> str:
    """Under what a session is kept whose key, in the browser's cookie, is this."""
    return blake2b(session_key.encode(), digest_size=_DIGEST_BYTES).hexdigest()


class SessionStore(DatabaseStore):
    """Django's sessions in the database, but that the database cannot open them."""

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
        row.session_key = kept_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session; this one, unless another is named by its key."""
        key = session_key or self.session_key
        if key:
            super().delete(kept_key(key))
