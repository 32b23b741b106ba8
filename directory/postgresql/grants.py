"""What the serving role may do, granted by the owner after every migration."""

from collections.abc import Iterable
from typing import LiteralString

import pghistory.models
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

OWNER_ALIAS = "owner"

#: Links and batches of the audit's chains.
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


#: The triggers by which pghistory writes events, and their functions.
_RECORDING = """
    SELECT DISTINCT function.oid::regprocedure::text
      FROM pg_trigger JOIN pg_proc function ON function.oid = tgfoid
     WHERE tgname ~ '^pgtrigger_(insert|update|delete)_'
"""


def grant_to_serving_role() -> None:
    """
    Let the role of `default` read and write everything but the audit.

    To that it adds nothing itself: what happened, who did it and the chains are written by
    triggers that act as the owner. What it says in its own words is that
    people were taken out of the directory, and who looked at whom.

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
        _record_as_owner(owner)
        present = owner.introspection.table_names()
        for table in append_only_tables(present=present):
            _revoke(owner, "UPDATE, DELETE", table, role)
        for table in tables_of_triggers(present=present):
            _revoke(owner, "INSERT, UPDATE, DELETE", table, role)


def _revoke(owner: BaseDatabaseWrapper, rights: LiteralString, table: str, role: str) -> None:
    revoke = sql.SQL("REVOKE {rights} ON {table} FROM {role}")
    with owner.cursor() as cursor:
        cursor.execute(
            revoke.format(
                rights=sql.SQL(rights), table=sql.Identifier(table), role=sql.Identifier(role)
            )
        )


def _record_as_owner(owner: BaseDatabaseWrapper) -> None:
    """What the library makes acts as whoever writes, until it is told not to after a migration."""
    with owner.cursor() as cursor:
        cursor.execute(_RECORDING)
        for (function,) in cursor.fetchall():
            cursor.execute(
                sql.SQL(
                    "ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp"
                ).format(function=sql.SQL(function))
            )


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
        if _is_event(model) or (model._meta.managed and _only_grows(model))
    }
    return sorted(audit & set(present))


def tables_of_triggers(*, present: Iterable[str]) -> list[str]:
    """Those of the tables present that only triggers write: events, their contexts, the chains."""
    written = {model._meta.db_table for model in apps.get_models() if _is_event(model)}
    written |= {pghistory.models.Context._meta.db_table, *CHAIN_TABLES}
    return sorted(written & set(present))


def _is_event(model: type[Model]) -> bool:
    return model._meta.managed and issubclass(model, pghistory.models.Event)


def _only_grows(model: type[Model]) -> bool:
    return any(trigger.name == "append_only" for trigger in getattr(model._meta, "triggers", ()))
