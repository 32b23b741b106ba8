"""What a server, a database and the serving role must be before we work with them."""

from typing import Any, LiteralString

import psycopg

OLDEST_MAJOR = 15


class UnfitDatabase(Exception):
    """The database cannot be used safely; the message says what to change, in one sentence."""


def refuse_unfit_database(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """
    Refuse servers older than 15 and databases in which text search loses letters.

    :raises UnfitDatabase: naming the one thing that is wrong.
    """
    major = connection.info.server_version // 10_000
    if major < OLDEST_MAJOR:
        raise UnfitDatabase(
            f"DATABASE_URL names a PostgreSQL {major} server: "
            f"set it to one of version {OLDEST_MAJOR} or newer."
        )
    encoding, ctype = _row(
        connection,
        "SELECT pg_encoding_to_char(encoding), datctype"
        " FROM pg_database WHERE datname = current_database()",
    )
    # With the C locale pg_trgm silently drops every letter beyond ASCII.
    if encoding != "UTF8" or ctype in ("C", "POSIX"):
        raise UnfitDatabase(
            f"DATABASE_URL names a database with encoding {encoding} and character type {ctype}: "
            "create it with ENCODING UTF8 and LC_CTYPE C.UTF-8 (or another UTF-8 locale)."
        )


def refuse_powerful_role(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """
    Refuse a serving role that row-level security and grants would not bind.

    :raises UnfitDatabase: if it is a superuser, bypasses row security, or owns what it serves.
    """
    is_superuser, bypasses, owns = _row(
        connection,
        "SELECT rolsuper, rolbypassrls,"
        " EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        "         WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
        "         AND pg_has_role(pg_roles.oid, relowner, 'MEMBER'))"
        " OR EXISTS (SELECT FROM pg_database WHERE datname = current_database()"
        "            AND pg_has_role(pg_roles.oid, datdba, 'MEMBER'))"
        " FROM pg_roles WHERE rolname = current_user",
    )
    faults = {
        "is a superuser": is_superuser,
        "has BYPASSRLS": bypasses,
        "owns tables of the directory, or is a member of the role that does": owns,
    }
    for fault, is_so in faults.items():
        if is_so:
            raise UnfitDatabase(
                f"DATABASE_URL connects as {connection.info.user}, which {fault}: "
                "set it to an ordinary role; DATABASE_OWNER_URL is for the owner."
            )


def _row(connection: psycopg.Connection[tuple[Any, ...]], query: LiteralString) -> tuple[Any, ...]:
    (row,) = connection.execute(query).fetchall()
    return row
