"""Who may sign in, and with whose help."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from accounts.addresses import NotAnAddress, canonical_address
from directory.environment.values import WrongSetting

_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """
    The OpenID Connect provider that people sign in with.

    issuer: its address, where `/.well-known/openid-configuration` stands below. name: what the
    button calls it.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str


def sign_in_domains_from(values: Mapping[str, str], *, is_production: bool) -> tuple[str, ...]:
    """Whose addresses may sign in, by domain."""
    if "SIGN_IN_DOMAINS" not in values and is_production:
        raise WrongSetting(
            "SIGN_IN_DOMAINS is missing: set it to the e-mail domains whose owners may sign in, "
            "such as 'cabinetoffice.gov.uk justice.gov.uk'."
        )
    domains = tuple(values.get("SIGN_IN_DOMAINS", "example.gov.uk").lower().split())
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            raise WrongSetting(
                f"SIGN_IN_DOMAINS has {domain!r}: list domains such as justice.gov.uk, "
                "separated by spaces, without @ or *."
            )
    return domains


def sign_in_addresses_from(values: Mapping[str, str]) -> frozenset[str]:
    """And these, one by one."""
    try:
        return frozenset(
            canonical_address(text) for text in values.get("SIGN_IN_ADDRESSES", "").split()
        )
    except NotAnAddress as error:
        raise WrongSetting(
            f"SIGN_IN_ADDRESSES: {error}; list addresses separated by spaces."
        ) from error


def single_sign_on_from(values: Mapping[str, str], *, is_production: bool) -> SingleSignOn | None:
    """The provider that people sign in with; None where none is set."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = [values.get(name, "") for name in names]
    if not any(given):
        return None
    if missing := [name for name, value in zip(names, given, strict=True) if not value]:
        raise WrongSetting(f"{missing[0]} is missing: single sign-on needs {', '.join(names)}.")
    url = urlsplit(given[0])
    if url.scheme not in ("http", "https") or not url.hostname or url.query:
        raise WrongSetting("OIDC_ISSUER is not an address such as https://login.example.gov.uk.")
    if is_production and url.scheme != "https":
        raise WrongSetting("OIDC_ISSUER must begin with https:// in production.")
    return SingleSignOn(
        issuer=given[0].rstrip("/"),
        client_id=given[1],
        client_secret=given[2],
        name=values.get("OIDC_NAME", "your organisation’s account"),
    )
