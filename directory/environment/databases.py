"""The database, as the role that serves and as the one that owns it."""

from collections.abc import Mapping

from directory.environment.values import WrongSetting
from directory.postgresql.url import DatabaseUrl, NotADatabaseUrl, read_database_url


def databases_from(
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
