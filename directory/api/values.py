"""The values that query parameters take, and what the domain calls them."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.functions import Lower

from directory import orgtree
from directory.models import Location, Team
from directory.search.query import MAX_FILTER_VALUES

#: How much of a value that we do not know is repeated to its sender.
_ECHO_CHARACTERS = 80


class ValuesField(forms.Field):
    """One or more values of a repeatable parameter, each of which has to exist."""

    widget = forms.SelectMultiple

    def __init__(self, *, noun: str, **options: Any) -> None:
        self.noun = noun
        super().__init__(**options)

    def clean(self, value: list[str] | None) -> tuple[Any, ...]:
        """
        The values as the domain wants them.

        :raises ValidationError: naming each value that does not exist.
        """
        given = tuple(dict.fromkeys(value or ()))
        if len(given) > MAX_FILTER_VALUES:
            raise ValidationError(f"Give at most {MAX_FILTER_VALUES} values.")
        known = self.known(given) if given else {}
        unknown = [text for text in given if text not in known]
        if unknown:
            raise ValidationError(
                [f"There is no {self.noun} {text[:_ECHO_CHARACTERS]!r}." for text in unknown]
            )
        return tuple(known[text] for text in given)

    def known(self, values: Iterable[str]) -> dict[str, Any]:
        """Each value that exists, and what the domain calls it."""
        raise NotImplementedError


class CodesField(ValuesField):
    """Values of a model's text column, whatever the case of their letters: one query."""

    def __init__(self, *, model: type[Model], column: str, **options: Any) -> None:
        self.model, self.column = model, column
        super().__init__(**options)

    def known(self, values: Iterable[str]) -> dict[str, Any]:
        """Each code that exists, in lower case."""
        found = set(
            self.model._default_manager.annotate(folded_code=Lower(self.column))
            .filter(folded_code__in=[value.lower() for value in values])
            .values_list("folded_code", flat=True)
        )
        return {value: value.lower() for value in values if value.lower() in found}


class CodeField(forms.Field):
    """One value of a model's text column, whatever the case of its letters: one query."""

    def __init__(self, **options: Any) -> None:
        named = {name: options.pop(name) for name in ("noun", "model", "column")}
        self.codes = CodesField(**named)
        super().__init__(**options)

    def clean(self, value: str | None) -> str:
        """
        The code in lower case; empty where there is none.

        :raises ValidationError: if it does not exist.
        """
        return str(self.codes.clean([value])[0]) if value else ""


class ChoicesField(ValuesField):
    """Values out of a fixed few."""

    def __init__(self, *, choices: Collection[str], **options: Any) -> None:
        self.choices = choices
        super().__init__(**options)

    def known(self, values: Iterable[str]) -> dict[str, Any]:
        """Each value that is one of them."""
        return {value: value for value in values if value in self.choices}


class ChoiceField(forms.Field):
    """One value out of a fixed few."""

    def __init__(self, *, choices: Collection[Any], default: Any, **options: Any) -> None:
        self.choices, self.default = choices, default
        super().__init__(**options)

    def clean(self, value: str | None) -> Any:
        """
        The value, or the default.

        :raises ValidationError: if it is none of them.
        """
        if not value:
            return self.default
        if value not in self.choices:
            raise ValidationError(f"Choose one of {', '.join(self.choices)}.")
        return next(choice for choice in self.choices if choice == value)


class LocationsField(ValuesField):
    """Ids of locations: one query."""

    def known(self, values: Iterable[str]) -> dict[str, Any]:
        """Each id that exists, as a number."""
        ids = [int(value) for value in values if value.isascii() and value.isdigit()]
        found = set(Location.objects.filter(pk__in=ids).values_list("pk", flat=True))
        return {str(number): number for number in ids if number in found}


class TeamsField(ValuesField):
    """Teams by id or by slug path (`home-office/visas`): one query for ids, one for each path."""

    def known(self, values: Iterable[str]) -> dict[str, Any]:
        """Each team that exists, by its id."""
        ids = {value: key for value in values if (key := _uuid(value))}
        found = set(Team.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        known = {value: key for value, key in ids.items() if key in found}
        for value in values:
            if "/" in value:
                try:
                    known[value] = orgtree.team_by_slug_path(path=value).pk
                except Team.DoesNotExist:
                    continue
        return known


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class FieldsField(forms.CharField):
    """Names of the members wanted of each object, separated by commas."""

    def __init__(self, *, names: Collection[str], **options: Any) -> None:
        self.names = names
        super().__init__(**options)

    def clean(self, value: str | None) -> tuple[str, ...]:
        """
        The names in the order given; none for all of them.

        :raises ValidationError: naming those the objects do not have.
        """
        names = tuple(dict.fromkeys(super().clean(value).split(","))) if value else ()
        unknown = [name for name in names if name not in self.names]
        if unknown:
            raise ValidationError(
                [f"There is no field {name[:_ECHO_CHARACTERS]!r}." for name in unknown]
            )
        return names


class YesOrNoField(forms.Field):
    """`true` or `false`, and nothing that could be taken for either."""

    def clean(self, value: str | None) -> bool:
        """
        The value; false where there is none.

        :raises ValidationError: for any other word.
        """
        if value not in (None, "true", "false"):
            raise ValidationError("Write true or false.")
        return value == "true"


class MarkField(forms.Field):
    """Something asked for: `1`, or left out."""

    def clean(self, value: str | None) -> bool:
        """
        Whether it is asked for.

        :raises ValidationError: for any other word.
        """
        if value not in (None, "1"):
            raise ValidationError("Write 1, or leave it out.")
        return value == "1"


class DayField(forms.DateField):
    """A day as RFC 3339 writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class SizeField(forms.IntegerField):
    """How many results a page has at most."""

    def __init__(self, *, default: int, **options: Any) -> None:
        self.default = default
        super().__init__(**options)

    def clean(self, value: Any) -> int:
        """
        The size given, or the default.

        :raises ValidationError: if it is no number or out of range.
        """
        size = super().clean(value)
        return self.default if size is None else int(size)
