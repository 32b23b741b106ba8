"""A PostgreSQL connection URL, taken apart as libpq does it."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict


class NotADatabaseUrl(Exception):
    """The text is no URL of a PostgreSQL database; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """
    Where a database is and who connects to it.

    options: the rest of its parameters, such as `sslmode`, as libpq calls them.
    """

    host: str
    port: str
    name: str
    user: str
    password: str
    options: Mapping[str, str]


def read_database_url(url: str) -> DatabaseUrl:
    """
    Take the URL apart.

    :raises NotADatabaseUrl: never quoting the URL, which may hold a password.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise NotADatabaseUrl("other databases than PostgreSQL are not supported")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise NotADatabaseUrl("special characters are to be percent-encoded") from error
    for part, meaning in (("dbname", "name of the database"), ("user", "role")):
        if not parts.get(part):
            raise NotADatabaseUrl(f"the {meaning} is missing")
    return DatabaseUrl(
        host=parts.pop("host", ""),
        port=parts.pop("port", ""),
        name=parts.pop("dbname"),
        user=parts.pop("user"),
        password=parts.pop("password", ""),
        options=parts,
    )
