"""What the serving role may do, granted by the owner after every migration."""

from collections.abc import Iterable

import pghistory.models
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

OWNER_ALIAS = "owner"

#: What a trigger of the owner's writes when rows come to the audit, and nobody else.
CHAIN_TABLES = frozenset({"directory_auditbatch", "directory_auditlink"})

# TRUNCATE, REFERENCES and TRIGGER are not among them, and functions are PUBLIC's already.
_STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


def grant_to_serving_role() -> None:
    """
    Let the role of `default` read and write everything, but only add to the audit.

    To its chains it adds nothing itself: what they hold is written by triggers of the owner's.

    Without a second role (development against one URL) there is nothing to grant.
    """
    owner = connections[OWNER_ALIAS]
    role = str(connections[DEFAULT_DB_ALIAS].settings_dict["USER"])
    if role == owner.settings_dict["USER"]:
        return
    name = sql.Identifier(role)
    with owner.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(sql.SQL(statement).format(role=name))
        _grant_temporary_tables(owner, role)
        present = owner.introspection.table_names()
        for table in append_only_tables(present=present):
            revoke = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}")
            cursor.execute(revoke.format(table=sql.Identifier(table), role=name))
        for table in CHAIN_TABLES & set(present):
            revoke = sql.SQL("REVOKE INSERT ON {table} FROM {role}")
            cursor.execute(revoke.format(table=sql.Identifier(table), role=name))


def _grant_temporary_tables(owner: BaseDatabaseWrapper, role: str) -> None:
    """Staging tables are temporary; PUBLIC usually may make them, a hardened server forbids it."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT has_database_privilege(%s, current_database(), 'TEMPORARY'),"
            " quote_ident(current_database())",
            [role],
        )
        may_already, database = cursor.fetchone()
        if not may_already:
            statement = sql.SQL("GRANT TEMPORARY ON DATABASE {database} TO {role}")
            cursor.execute(statement.format(database=sql.SQL(database), role=sql.Identifier(role)))


def append_only_tables(*, present: Iterable[str]) -> list[str]:
    """
    Those of the tables present that hold the audit.

    The ones of pghistory's event models, and of models that declare its trigger for themselves.
    """
    audit = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and (issubclass(model, pghistory.models.Event) or _only_grows(model))
    }
    return sorted(audit & set(present))


def _only_grows(model: type[Model]) -> bool:
    return any(trigger.name == "append_only" for trigger in getattr(model._meta, "triggers", ()))
