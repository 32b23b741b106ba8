"""A wrong or missing variable stops the start with one sentence that names it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from directory.environment import WrongSetting, generated_secret_key, read_environment

# pragma: allowlist nextline secret - 2026-11-27: invented
WEB_URL = "postgresql://web:secret@db.example/directory"
# pragma: allowlist nextline secret - 2026-11-27: invented
OWNER_URL = "postgresql://owner:secret@db.example/directory"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 60,
    "PUBLIC_URL": "https://directory.example.gov.uk",
    "DATABASE_URL": WEB_URL,
    "DATABASE_OWNER_URL": OWNER_URL,
    # pragma: allowlist nextline secret - 2026-11-27: invented
    "EMAIL_URL": "smtp://user:secret@mail.example:587",
    "EMAIL_FROM": "directory@example.gov.uk",
    "SIGN_IN_DOMAINS": "example.gov.uk",
}

OIDC = {
    "OIDC_ISSUER": "https://id.example",
    "OIDC_CLIENT_ID": "directory",
    # pragma: allowlist nextline secret - 2026-11-30: invented
    "OIDC_CLIENT_SECRET": "secret",
}

#: What is changed in an otherwise good production environment, and what the refusal says.
REFUSALS = [
    (
        {"ENVIRONMENT": "prod"},
        "ENVIRONMENT is 'prod': set it to development or production.",
    ),
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    (
        # pragma: allowlist nextline secret - 2026-11-27: invented
        {"SECRET_KEY": "short"},
        "SECRET_KEY is too short",
    ),
    ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
    ({"DATABASE_OWNER_URL": ""}, "DATABASE_OWNER_URL is missing"),
    (
        {"DATABASE_URL": "mysql://web@db/directory"},
        "DATABASE_URL must read postgresql://",
    ),
    (
        {"DATABASE_URL": "postgresql://web@db:x y/d"},
        "DATABASE_URL must read postgresql://",
    ),
    ({"DATABASE_URL": "postgresql://web@db"}, "the name of the database is missing"),
    ({"DATABASE_URL": "postgresql://db/directory"}, "the role is missing"),
    ({"DATABASE_OWNER_URL": f"{OWNER_URL}2"}, "set both to the same database"),
    ({"DATABASE_OWNER_URL": WEB_URL}, "set DATABASE_URL to an ordinary role"),
    ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing"),
    (
        {"PUBLIC_URL": "http://directory.example.gov.uk"},
        "PUBLIC_URL must begin with https://",
    ),
    ({"PUBLIC_URL": "https://directory.example.gov.uk/x"}, "scheme and host only"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is '*'"),
    ({"MAX_DELIVERY_BYTES": "256 MB"}, "MAX_DELIVERY_BYTES is '256 MB': set it to a whole number"),
    ({"WORKER_CONCURRENCY": "0"}, "set it to a whole number from 1 on"),
    ({"INBOX_DIR": "inbox"}, "set it to an absolute path"),
    ({"DEBUG": "true"}, "DEBUG shows secrets"),
    ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps': set it to true or false."),
    ({"EMAIL_URL": ""}, "EMAIL_URL is missing"),
    ({"EMAIL_URL": "mail.example"}, "EMAIL_URL is not understood"),
    ({"EMAIL_FROM": ""}, "EMAIL_FROM is missing"),
    ({"NOTICE_DIGEST_MINUTES": "soon"}, "NOTICE_DIGEST_MINUTES is 'soon'"),
    ({"SEARCH_DIGEST_HOUR": "24"}, "SEARCH_DIGEST_HOUR is '24': set it to an hour of the day"),
    ({"SEARCH_DIGEST_HOUR": "7:00"}, "SEARCH_DIGEST_HOUR is '7:00'"),
    ({"SIGN_IN_ADDRESSES": "ann@firm.example bo"}, "SIGN_IN_ADDRESSES: an address reads"),
    ({"REQUIRE_SECOND_FACTOR": "maybe"}, "REQUIRE_SECOND_FACTOR is 'maybe'"),
    ({"OIDC_ISSUER": "https://id.example"}, "OIDC_CLIENT_ID is missing"),
    ({**OIDC, "OIDC_ISSUER": "id.example"}, "OIDC_ISSUER is not an address"),
    ({**OIDC, "OIDC_ISSUER": "http://id.example"}, "OIDC_ISSUER must begin with https://"),
    ({"SIGN_IN_DOMAINS": ""}, "SIGN_IN_DOMAINS is missing"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'"),
    (
        {"POSTGRES_BIN": "usr/bin"},
        "POSTGRES_BIN is 'usr/bin': set it to an absolute path.",
    ),
]


def test_a_good_production_environment_is_accepted(tmp_path: Path) -> None:
    read = read_environment(variables=PRODUCTION, project=tmp_path)
    assert read.is_production
    assert read.allowed_hosts == ["directory.example.gov.uk"]
    assert read.database is not None
    assert (read.database.user, read.database.name) == ("web", "directory")
    assert not (tmp_path / ".state").exists()


@pytest.mark.parametrize(("change", "sentence"), REFUSALS)
def test_a_wrong_variable_is_named(change: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read_environment(variables={**PRODUCTION, **change}, project=tmp_path)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "secret@" not in str(refusal.value)


def test_development_needs_no_variable_at_all(tmp_path: Path) -> None:
    read = read_environment(variables={}, project=tmp_path)
    assert not read.is_production
    assert not read.debug
    assert read.database is None


def test_an_owner_without_a_serving_role_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="DATABASE_URL is missing"):
        read_environment(variables={"DATABASE_OWNER_URL": OWNER_URL}, project=tmp_path)


def test_one_url_serves_both_roles_in_development(tmp_path: Path) -> None:
    read = read_environment(variables={"DATABASE_URL": WEB_URL}, project=tmp_path)
    assert read.database_owner == read.database


def test_a_password_with_special_characters_is_decoded(tmp_path: Path) -> None:
    # pragma: allowlist nextline secret - 2026-11-27: invented
    url = "postgresql://web:p%40ss%2Fw@/directory?host=/run/postgresql&sslmode=require"
    read = read_environment(variables={"DATABASE_URL": url}, project=tmp_path)
    assert read.database is not None
    assert (read.database.password, read.database.host) == ("p@ss/w", "/run/postgresql")
    assert read.database.options == {"sslmode": "require"}


def test_the_generated_key_stays_the_same_and_private(tmp_path: Path) -> None:
    state_dir = tmp_path / "state"
    first = generated_secret_key(state_dir=state_dir)
    assert len(first) > 50
    assert generated_secret_key(state_dir=state_dir) == first
    assert stat.S_IMODE((state_dir / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in state_dir.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("program", ["manage.py", "directory/wsgi.py"])
def test_the_refusal_is_all_that_is_printed(program: str) -> None:
    done = subprocess.run(
        [sys.executable, program, "check"],
        cwd=settings.PROJECT,
        env={
            **os.environ,
            "ENVIRONMENT": "production",
            "PYTHONPATH": str(settings.PROJECT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "is missing: set it to" in done.stderr


def test_single_sign_on_and_externals_are_read(tmp_path: Path) -> None:
    given = PRODUCTION | OIDC | {"SIGN_IN_ADDRESSES": "Ann+x@firm.example bo@firm.example"}
    read = read_environment(variables=given, project=tmp_path)
    assert read.single_sign_on is not None
    assert (read.single_sign_on.issuer, read.single_sign_on.client_id) == (
        "https://id.example", "directory",
    )  # fmt: skip
    assert read.sign_in_addresses == {"ann@firm.example", "bo@firm.example"}
    assert read.require_second_factor
    assert read_environment(variables=PRODUCTION, project=tmp_path).single_sign_on is None
