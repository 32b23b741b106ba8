"""Column types the models share."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models

if TYPE_CHECKING:
    TextLikeField = models.Field[str, str]
    TextLookup = models.Lookup[str]
else:  # Django's own classes take no type parameters when the program runs.
    TextLikeField = models.Field
    TextLookup = models.Lookup


def uuid_key() -> "models.UUIDField[Any, Any]":
    """A random public id, for life; made by Python or by the database, whoever writes the row."""
    return models.UUIDField(
        primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False
    )


class LtreeField(TextLikeField):
    """
    A path of labels as PostgreSQL's `ltree` type keeps it, `a.b.c` from the root down.

    The database computes it by trigger; code reads it and never writes it.
    Source: https://www.postgresql.org/docs/current/ltree.html
    """

    def db_type(self, connection: Any) -> str:
        return "ltree"


@LtreeField.register_lookup
class WithinPath(TextLookup):
    """`path__within=other`: the same place as `other`, or below it."""

    lookup_name = "within"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} <@ {right}::ltree", (*left_params, *right_params)


@LtreeField.register_lookup
class AbovePath(TextLookup):
    """`path__above=other`: the same place as `other`, or one that holds it."""

    lookup_name = "above"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @> {right}::ltree", (*left_params, *right_params)
