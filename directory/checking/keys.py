"""Keys that the database does not check, because a sync writes them by the hundred thousand."""

from collections.abc import Iterator
from typing import Any, Final

import pghistory.models
from django.apps import apps
from django.db.models import Model

from directory.checking.invariants import Invariant


def _keys() -> Iterator[Invariant]:
    for model in apps.get_app_config("directory").get_models():
        # The audit goes on naming what was deleted.
        if not issubclass(model, pghistory.models.Event) and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if not getattr(field, "db_constraint", True):
                    yield _invariant(model, field)


def _invariant(model: type[Model], field: Any) -> Invariant:
    target = field.target_field
    return Invariant(
        name=f"{model._meta.model_name}_has_its_{field.name}",
        sentence=(
            f"Every {model._meta.verbose_name} that names a {field.verbose_name} names one we hold."
        ),
        sql=f"""
            SELECT held.{model._meta.pk_fields[0].column} AS id FROM {model._meta.db_table} held
              LEFT JOIN {target.model._meta.db_table} named
                ON named.{target.column} = held.{field.column}
             WHERE held.{field.column} IS NOT NULL AND named.{target.column} IS NULL""",
    )


#: One invariant for each key of a model that is declared without a constraint.
KEYS: Final = tuple(_keys())
