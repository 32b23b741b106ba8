"""All variables together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from directory.environment.databases import databases_from
from directory.environment.mail import MailServer, mail_server_from, sender_from
from directory.environment.secret_key import secret_key_from
from directory.environment.signing_in import (
    SingleSignOn,
    sign_in_addresses_from,
    sign_in_domains_from,
    single_sign_on_from,
)
from directory.environment.values import (
    WrongSetting,
    absolute_path,
    choice,
    hour,
    number,
    yes_or_no,
)
from directory.postgresql.url import DatabaseUrl

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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
    is_production = choice(values, "ENVIRONMENT", ("development", "production")) == "production"
    state_dir = absolute_path(values, "STATE_DIR") or project / ".state"
    database, owner = databases_from(values, is_production=is_production)
    public_url = _public_url(values, is_production=is_production)
    return Environment(
        is_production=is_production,
        debug=_debug(values, is_production=is_production),
        secret_key=secret_key_from(values, is_production=is_production, state_dir=state_dir),
        secret_key_fallbacks=values.get("SECRET_KEY_FALLBACKS", "").split(),
        public_url=public_url.geturl(),
        allowed_hosts=_allowed_hosts(values, public_url, is_production=is_production),
        sign_in_domains=sign_in_domains_from(values, is_production=is_production),
        sign_in_addresses=sign_in_addresses_from(values),
        single_sign_on=single_sign_on_from(values, is_production=is_production),
        require_second_factor=yes_or_no(values, "REQUIRE_SECOND_FACTOR", is_production),
        database=database,
        database_owner=owner,
        postgres_bin=absolute_path(values, "POSTGRES_BIN"),
        state_dir=state_dir,
        static_dir=absolute_path(values, "STATIC_DIR") or project / ".static",
        audit_heads_file=absolute_path(values, "AUDIT_HEADS_FILE")
        or state_dir / "audit-heads.jsonl",
        inbox_dir=absolute_path(values, "INBOX_DIR") or state_dir / "inbox",
        max_delivery_bytes=number(values, "MAX_DELIVERY_BYTES", 256 << 20),
        worker_concurrency=number(values, "WORKER_CONCURRENCY", 4),
        pages_per_minute=number(values, "PAGES_PER_MINUTE", 300),
        api_requests_per_minute=number(values, "API_REQUESTS_PER_MINUTE", 3000),
        mail=mail_server_from(values, is_production=is_production),
        mail_from=sender_from(values, is_production=is_production),
        notice_digest_minutes=number(values, "NOTICE_DIGEST_MINUTES", 60),
        search_digest_hour=hour(values, "SEARCH_DIGEST_HOUR", 7),
        log_level=choice(values, "LOG_LEVEL", ("INFO", *LOG_LEVELS)),
    )


def _debug(values: Mapping[str, str], *, is_production: bool) -> bool:
    debug = yes_or_no(values, "DEBUG", False)
    if debug and is_production:
        raise WrongSetting("DEBUG shows secrets to visitors: unset it in production.")
    return debug


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
