"""Whose addresses may sign in, as the operator configured it."""

from django.conf import settings

from accounts.addresses import is_allowed


def may_sign_in(*, address: str) -> bool:
    """Whether the address is of a domain that signs in, or one of an external who is listed."""
    return is_allowed(
        address=address, domains=settings.SIGN_IN_DOMAINS, listed=settings.SIGN_IN_ADDRESSES
    )
