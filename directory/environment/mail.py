"""Where e-mail goes and whom it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.environment.values import WrongSetting


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed over, and whether the connection is encrypted from its start."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_starttls: bool


def mail_server_from(values: Mapping[str, str], *, is_production: bool) -> MailServer | None:
    """Where e-mail is handed over; None in development, where it is printed."""
    example = "set it to smtp://USER:PASSWORD@HOST:PORT, or smtps:// for TLS from the start"
    if "EMAIL_URL" not in values:
        if is_production:
            raise WrongSetting(f"EMAIL_URL is missing: {example}.")
        return None
    url = urlsplit(values["EMAIL_URL"])
    try:
        port = url.port
    except ValueError:
        port = None
    if url.scheme not in ("smtp", "smtps") or not url.hostname or port is None:
        raise WrongSetting(f"EMAIL_URL is not understood: {example}.")
    return MailServer(
        host=url.hostname,
        port=port,
        user=url.username or "",
        password=url.password or "",
        use_tls=url.scheme == "smtps",
        use_starttls=url.scheme == "smtp" and url.username is not None,
    )


def sender_from(values: Mapping[str, str], *, is_production: bool) -> str:
    """The address that e-mail comes from."""
    if "EMAIL_FROM" not in values and is_production:
        raise WrongSetting("EMAIL_FROM is missing: set it to the address that e-mail comes from.")
    return values.get("EMAIL_FROM", "directory@localhost")
