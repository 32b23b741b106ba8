"""
The environment variables this project reads, and what is wrong with them in one sentence.

Every variable is named here and nowhere else. `ENVIRONMENT` is `development`
(the default: nothing else has to be set) or `production`, which accepts neither
generated keys nor the local database server.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from accounts.addresses import NotAnAddress, canonical_address
from directory.postgresql.url import DatabaseUrl, NotADatabaseUrl, read_database_url

SECRET_KEY_CHARACTERS = 50
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_YES_AND_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class WrongSetting(Exception):
    """A variable is missing or wrong; the message names it and says what to set."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed over, and whether the connection is encrypted from its start."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_starttls: bool


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


@dataclass(frozen=True, slots=True)
class Environment:
    """
    Everything the settings take from outside.

    database, database_owner: None together, when the local server is to be used.
    mail: None in development, where e-mail is printed.
    public_url: scheme and host under which people reach the site.
    inbox_dir: where files are dropped, in a folder for each feed.
    audit_heads_file: where the heads of the audit's chains are written down.
    worker_concurrency: deliveries, of different feeds, that a worker carries out at a time.
    pages_per_minute: how many of them a person may open; api_requests_per_minute: the same of the
        API for a machine.
    notice_digest_minutes: how far apart two digests to the same person are at least.
    search_digest_hour: from when on, each day, people are told who is new in their saved searches.
    sign_in_domains: lower case; their addresses and those of their sub-domains may sign in.
    sign_in_addresses: further addresses, one by one, as `canonical_address` writes them.
    single_sign_on: None where nobody signs in with it.
    require_second_factor: whoever curates needs a passkey or an authenticator app.
    """

    is_production: bool
    debug: bool
    secret_key: str
    secret_key_fallbacks: list[str]
    public_url: str
    allowed_hosts: list[str]
    sign_in_domains: tuple[str, ...]
    sign_in_addresses: frozenset[str]
    single_sign_on: SingleSignOn | None
    require_second_factor: bool
    database: DatabaseUrl | None
    database_owner: DatabaseUrl | None
    postgres_bin: Path | None
    state_dir: Path
    static_dir: Path
    inbox_dir: Path
    audit_heads_file: Path
    max_delivery_bytes: int
    worker_concurrency: int
    pages_per_minute: int
    api_requests_per_minute: int
    mail: MailServer | None
    mail_from: str
    notice_digest_minutes: int
    search_digest_hour: int
    log_level: str


def read_environment(*, variables: Mapping[str, str], project: Path) -> Environment:
    """
    Read and check all variables.

    project: the directory of manage.py; what is generated lies below it by default.

    :raises WrongSetting: at the first one that is missing or wrong.
    """
    values = {name: value.strip() for name, value in variables.items() if value.strip()}
    is_production = _choice(values, "ENVIRONMENT", ("development", "production")) == "production"
    state_dir = _path(values, "STATE_DIR") or project / ".state"
    database, owner = _databases(values, is_production=is_production)
    public_url = _public_url(values, is_production=is_production)
    return Environment(
        is_production=is_production,
        debug=_debug(values, is_production=is_production),
        secret_key=_secret_key(values, is_production=is_production, state_dir=state_dir),
        secret_key_fallbacks=values.get("SECRET_KEY_FALLBACKS", "").split(),
        public_url=public_url.geturl(),
        allowed_hosts=_allowed_hosts(values, public_url, is_production=is_production),
        sign_in_domains=_sign_in_domains(values, is_production=is_production),
        sign_in_addresses=_sign_in_addresses(values),
        single_sign_on=_single_sign_on(values, is_production=is_production),
        require_second_factor=_yes_or_no(values, "REQUIRE_SECOND_FACTOR", is_production),
        database=database,
        database_owner=owner,
        postgres_bin=_path(values, "POSTGRES_BIN"),
        state_dir=state_dir,
        static_dir=_path(values, "STATIC_DIR") or project / ".static",
        audit_heads_file=_path(values, "AUDIT_HEADS_FILE") or state_dir / "audit-heads.jsonl",
        inbox_dir=_path(values, "INBOX_DIR") or state_dir / "inbox",
        max_delivery_bytes=_number(values, "MAX_DELIVERY_BYTES", 256 << 20),
        worker_concurrency=_number(values, "WORKER_CONCURRENCY", 4),
        pages_per_minute=_number(values, "PAGES_PER_MINUTE", 300),
        api_requests_per_minute=_number(values, "API_REQUESTS_PER_MINUTE", 3000),
        mail=_mail_server(values, is_production=is_production),
        mail_from=_mail_from(values, is_production=is_production),
        notice_digest_minutes=_number(values, "NOTICE_DIGEST_MINUTES", 60),
        search_digest_hour=_hour(values, "SEARCH_DIGEST_HOUR", 7),
        log_level=_choice(values, "LOG_LEVEL", ("INFO", *LOG_LEVELS)),
    )


def generated_secret_key(*, state_dir: Path) -> str:
    """
    The key of this working copy, made at its first start and readable by its owner alone.

    :raises WrongSetting: if the state directory cannot be used.
    """
    path = state_dir / "secret_key"
    try:
        if not state_dir.exists():
            state_dir.mkdir(parents=True, exist_ok=True)
            state_dir.chmod(0o755)
        try:
            # Whole at once under its final name, so that two first starts agree on one key.
            fresh = state_dir / f".secret_key.{secrets.token_hex(8)}"
            if not path.exists():
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_urlsafe(64))
                path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        return path.read_text()
    except OSError as error:
        raise WrongSetting(
            f"STATE_DIR: {state_dir} cannot be used ({error.strerror}); set it to a directory "
            "this account may write to, or set SECRET_KEY and DATABASE_URL."
        ) from error


def _choice(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """The value, or the first of those allowed."""
    value = values.get(name, allowed[0])
    if value not in allowed:
        listed = " or ".join(dict.fromkeys(allowed))
        raise WrongSetting(f"{name} is {value!r}: set it to {listed}.")
    return value


def _path(values: Mapping[str, str], name: str) -> Path | None:
    if name not in values:
        return None
    path = Path(values[name])
    if not path.is_absolute():
        raise WrongSetting(f"{name} is {values[name]!r}: set it to an absolute path.")
    return path


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise WrongSetting(f"{name} is {text!r}: set it to a whole number from 1 on.")
    return int(text)


def _hour(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= 23):
        raise WrongSetting(f"{name} is {text!r}: set it to an hour of the day, from 0 to 23.")
    return int(text)


def _yes_or_no(values: Mapping[str, str], name: str, default: bool) -> bool:
    value = values.get(name, str(default)).lower()
    if value not in _YES_AND_NO:
        raise WrongSetting(f"{name} is {values[name]!r}: set it to true or false.")
    return _YES_AND_NO[value]


def _debug(values: Mapping[str, str], *, is_production: bool) -> bool:
    debug = _yes_or_no(values, "DEBUG", False)
    if debug and is_production:
        raise WrongSetting("DEBUG shows secrets to visitors: unset it in production.")
    return debug


def _secret_key(values: Mapping[str, str], *, is_production: bool, state_dir: Path) -> str:
    given = values.get("SECRET_KEY")
    if given is None and not is_production:
        return generated_secret_key(state_dir=state_dir)
    if given is None or (is_production and len(given) < SECRET_KEY_CHARACTERS):
        raise WrongSetting(
            f"SECRET_KEY is {'too short' if given else 'missing'}: set it to "
            f"{SECRET_KEY_CHARACTERS} or more random characters and keep it secret."
        )
    return given


def _public_url(values: Mapping[str, str], *, is_production: bool) -> SplitResult:
    if "PUBLIC_URL" not in values and is_production:
        raise WrongSetting(
            "PUBLIC_URL is missing: set it to the address people use, such as "
            "https://directory.example.gov.uk."
        )
    url = urlsplit(values.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"))
    if url.scheme not in ("http", "https") or not url.hostname or url.path or url.query:
        raise WrongSetting(
            f"PUBLIC_URL is {values['PUBLIC_URL']!r}: set it to scheme and host only, such as "
            "https://directory.example.gov.uk."
        )
    if is_production and url.scheme != "https":
        raise WrongSetting("PUBLIC_URL must begin with https:// in production.")
    return url


def _allowed_hosts(
    values: Mapping[str, str], public_url: SplitResult, *, is_production: bool
) -> list[str]:
    hosts = [public_url.hostname or "", *values.get("ALLOWED_HOSTS", "").split()]
    if not is_production:
        hosts += ["localhost", "127.0.0.1", "[::1]"]
    if is_production and "*" in hosts:
        raise WrongSetting("ALLOWED_HOSTS is '*': list the host names of this service instead.")
    return list(dict.fromkeys(hosts))


def _sign_in_domains(values: Mapping[str, str], *, is_production: bool) -> tuple[str, ...]:
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


def _sign_in_addresses(values: Mapping[str, str]) -> frozenset[str]:
    try:
        return frozenset(
            canonical_address(text) for text in values.get("SIGN_IN_ADDRESSES", "").split()
        )
    except NotAnAddress as error:
        raise WrongSetting(
            f"SIGN_IN_ADDRESSES: {error}; list addresses separated by spaces."
        ) from error


def _single_sign_on(values: Mapping[str, str], *, is_production: bool) -> SingleSignOn | None:
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


def _databases(
    values: Mapping[str, str], *, is_production: bool
) -> tuple[DatabaseUrl | None, DatabaseUrl | None]:
    """The serving role's connection and the owner's, or neither."""
    for name, use in (("DATABASE_URL", "serves"), ("DATABASE_OWNER_URL", "migrates")):
        wanted = is_production or (name == "DATABASE_URL" and "DATABASE_OWNER_URL" in values)
        if wanted and name not in values:
            raise WrongSetting(
                f"{name} is missing: set it to postgresql://ROLE:PASSWORD@HOST:PORT/NAME "
                f"with the role that {use}."
            )
    if "DATABASE_URL" not in values:
        return None, None
    serving = _database_url(values, "DATABASE_URL")
    if "DATABASE_OWNER_URL" not in values:
        return serving, serving
    owner = _database_url(values, "DATABASE_OWNER_URL")
    if owner.name != serving.name:
        raise WrongSetting(
            f"DATABASE_OWNER_URL names the database {owner.name!r} and DATABASE_URL "
            f"{serving.name!r}: set both to the same database."
        )
    if is_production and owner.user == serving.user:
        raise WrongSetting(
            "DATABASE_OWNER_URL has the same role as DATABASE_URL: set DATABASE_URL to an "
            "ordinary role that owns nothing."
        )
    return serving, owner


def _database_url(values: Mapping[str, str], name: str) -> DatabaseUrl:
    try:
        return read_database_url(values[name])
    except NotADatabaseUrl as error:
        raise WrongSetting(
            f"{name} must read postgresql://ROLE:PASSWORD@HOST:PORT/NAME; {error}."
        ) from error


def _mail_server(values: Mapping[str, str], *, is_production: bool) -> MailServer | None:
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


def _mail_from(values: Mapping[str, str], *, is_production: bool) -> str:
    if "EMAIL_FROM" not in values and is_production:
        raise WrongSetting("EMAIL_FROM is missing: set it to the address that e-mail comes from.")
    return values.get("EMAIL_FROM", "directory@localhost")
