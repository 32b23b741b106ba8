"""What a search is called until its user calls it something else, and by which it is explained."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.db.models.functions import Lower

from directory.models import (
    ExpertiseTag,
    Grade,
    Location,
    Organisation,
    Profession,
    SavedSearch,
    Team,
)
from directory.search.query import Query

LONGEST_NAME: Final = SavedSearch._meta.get_field("name").max_length or 0

#: Values of a query, what they are of, and the fields that hold the value and its label.
_NAMED: Final[tuple[tuple[str, type[Model], str, str], ...]] = (
    ("organisations", Organisation, "slug", "name"),
    ("teams", Team, "pk", "name"),
    ("grades", Grade, "code", "name"),
    ("professions", Profession, "slug", "name"),
    ("locations", Location, "pk", "name"),
    ("expertise", ExpertiseTag, "slug", "preferred_label"),
)


def describe(*, query: Query) -> str:
    """Words and filters in one line, such as "trade, Grade 7, works monday"."""
    parts = [query.text] if query.text else []
    for values, model, key, label in _NAMED:
        parts += _labels(model, key, label, getattr(query, values))
    for word, code in (("from", query.grade_from), ("to", query.grade_to)):
        parts += [
            f"{word} {name}" for name in _labels(Grade, "code", "name", [code] if code else [])
        ]
    parts += query.employment
    parts += [f"works {day.capitalize()}" for day in query.working_days]
    if query.has_expertise:
        parts.append("stated expertise")
    return ", ".join(parts)


def short_name(*, text: str) -> str:
    """The text as a name can hold it."""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def _labels(model: type[Model], key: str, label: str, values: Iterable[Any]) -> list[str]:
    """The labels of values, in their order; one that nobody knows shows itself."""
    wanted = list(values)
    if not wanted:
        return []
    rows = model._default_manager.all()
    if key != "pk":
        rows = rows.annotate(key=Lower(key))
        key = "key"
    known = dict(rows.filter(**{f"{key}__in": wanted}).values_list(key, label))
    return [str(known.get(value, value)) for value in wanted]
