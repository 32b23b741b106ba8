"""Links that sign somebody of the demo's cast in with one click; in development only."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from accounts.models import User

LINK_LIFETIME = timedelta(days=7)
#: Ties a signature to this purpose: no other signed value of this site opens a session.
_SALT = "accounts.demo-sign-in"


class WrongDemoLink(Exception):
    """The link was altered, is too old, or names nobody who may sign in."""


def demo_link(*, user: User) -> str:
    """The path that signs `user` in for the next seven days."""
    value = TimestampSigner(salt=_SALT).sign(str(user.pk))
    return reverse("accounts:demo", args=[value])


def user_of_demo_link(*, value: str) -> User:
    """
    Whom a link signs in.

    :raises WrongDemoLink: if nobody.
    """
    try:
        key = TimestampSigner(salt=_SALT).unsign(value, max_age=LINK_LIFETIME)
        return User.objects.get(pk=key, is_active=True)
    except (BadSignature, User.DoesNotExist) as error:
        raise WrongDemoLink("the link is altered, too old or of nobody") from error
