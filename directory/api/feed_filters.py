"""Which parameters the feed API takes: pages of what became of deliveries, and a delivery's own."""

import re

from django import forms
from django.core.exceptions import ValidationError

from directory.api import values
from directory.api.errors import InvalidParameters
from directory.api.filters import ApiFilters, Parameter, cursor_parameter, size_parameter
from directory.api.problems import Fault
from directory.plans import Action, Situation

MOST_ROWS = 2_000_000_000
KEY_CHARACTERS = 255
_KEY = re.compile(rf"[\x21-\x7e]{{1,{KEY_CHARACTERS}}}")


class FileNameField(forms.CharField):
    """A name without the path to it."""

    def clean(self, value: str | None) -> str:
        """
        The name; empty where there is none.

        :raises ValidationError: if it is a path, or too long.
        """
        name = super().clean(value) or ""
        if "/" in name or "\\" in name:
            raise ValidationError("Give the name of the file, without its path.")
        return name


def _yes_or_no(meaning: str) -> Parameter:
    return Parameter(
        values.YesOrNoField, meaning=meaning, described={"type": "boolean", "default": False}
    )


def _one_of(meaning: str, words: list[str]) -> Parameter:
    return Parameter(
        forms.ChoiceField,
        meaning=meaning,
        described={"type": "string", "enum": words},
        choices=[(word, word) for word in words],
    )


class DeliveryFilters(ApiFilters):
    """What is asked of a delivery."""

    file_name = Parameter(
        FileNameField,
        meaning="What you call the file; people see it beside the run.",
        described={"type": "string", "maxLength": 255},
        max_length=255,
    )
    as_of = Parameter(
        values.DayField,
        meaning="The day that the delivery describes; today if you do not say.",
        described={"type": "string", "format": "date"},
    )
    complete = _yes_or_no(
        "It names everybody the feed vouches for, so that whoever is missing has left. Without "
        "it nobody leaves by being missing."
    )
    dry_run = _yes_or_no("Show what it would do, and apply nothing.")
    expected_rows = Parameter(
        forms.IntegerField,
        meaning="How many rows it has; with another number nothing is applied.",
        described={"type": "integer", "minimum": 0, "maximum": MOST_ROWS},
        min_value=0,
        max_value=MOST_ROWS,
    )


class PageFilters(ApiFilters):
    """A page of a list."""

    size = size_parameter()
    cursor = cursor_parameter()


class PlanFilters(PageFilters):
    """A page of a plan."""

    action = _one_of("Only what is done so.", [word.value for word in Action])
    situation = _one_of("Only who is in this situation.", [word.value for word in Situation])


def idempotency_key(*, given: str | None) -> str:
    """
    The value of an `Idempotency-Key` header; empty where there is none.

    :raises InvalidParameters: if it is no 1 to 255 visible ASCII characters.
    """
    if given is None:
        return ""
    if not _KEY.fullmatch(given):
        detail = f"Use 1 to {KEY_CHARACTERS} visible ASCII characters, such as a UUID."
        raise InvalidParameters(faults=[Fault("Idempotency-Key", detail)])
    return given
