"""
E-mail addresses as identities: one spelling for one mailbox, and which domains may sign in.

Pure functions, no Django. Sources: RFC 5321 (mailbox syntax), RFC 5233 (`+detail`).
"""

import re
from collections.abc import Collection, Iterable

ADDRESS_LENGTH = 254
#: For whoever typed something else.
HOW_TO_WRITE = "Enter an e-mail address in the correct format, like name@department.gov.uk."
#: Unquoted ASCII alone: every other form has look-alikes, and no department uses one.
_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*/=?^_`{|}~-]+)*")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})+")


class NotAnAddress(ValueError):
    """The text is not an e-mail address that can stand for one person."""


def canonical_address(text: str) -> str:
    """
    The one spelling of an address: lower case, without a `+detail`.

    A code sent to the canonical address reaches the mailbox's owner, whichever
    spelling was typed, so one person never has two accounts.

    :raises NotAnAddress: for quoted, non-ASCII or malformed text, with any space or control.
    """
    # Before lower(), which turns the Kelvin sign into a plain k.
    if not text.isascii() or len(text) > ADDRESS_LENGTH:
        raise NotAnAddress("an address is at most 254 plain ASCII characters")
    local_part, at, domain = text.lower().rpartition("@")
    local_part = local_part.partition("+")[0]
    if not at or not _LOCAL_PART.fullmatch(local_part) or not _DOMAIN.fullmatch(domain):
        raise NotAnAddress("an address reads name@department.example")
    return f"{local_part}@{domain}"


def is_allowed(
    *, address: str, domains: Iterable[str], listed: Collection[str] = frozenset()
) -> bool:
    """
    Whether the address belongs to one of the domains, to a true sub-domain of one, or is listed.

    domains: lower case, such as `example.gov.uk`. listed: canonical addresses of externals.
    """
    try:
        canonical = canonical_address(address)
    except NotAnAddress:
        return False
    domain = canonical.rpartition("@")[2]
    if canonical in listed:
        return True
    return any(domain == allowed or domain.endswith(f".{allowed}") for allowed in domains)
