"""
Which parameters each resource takes.

A FilterSet validates them and its values go into one domain call, so its `qs`
is never used.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django_filters import FilterSet
from django_filters.filters import Filter

from directory.api import serializers, values
from directory.api.errors import InvalidParameters
from directory.api.problems import Fault
from directory.models import ExpertiseTag, Grade, Organisation, Person, Profession
from directory.search import find
from directory.search.find import MAX_SIZE, Query, QueryTooLong, parse
from directory.search.query import DAYS, EMPLOYMENT, MAX_CHARACTERS

DEFAULT_SIZE = 20


class Parameter(Filter):  # type: ignore[misc]
    """
    A query parameter.

    meaning: for the documentation. described: its OpenAPI schema.
    repeatable: several values may be given by naming it several times.
    """

    def __init__(
        self,
        field_class: type[forms.Field],
        *,
        meaning: str,
        described: Mapping[str, Any],
        repeatable: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label="", required=False, **options)
        self.field_class = field_class
        self.meaning, self.described, self.repeatable = meaning, described, repeatable


def text_parameter(*, meaning: str) -> Parameter:
    """Words to look for."""
    return Parameter(
        forms.CharField,
        meaning=meaning,
        described={"type": "string", "maxLength": MAX_CHARACTERS},
        max_length=MAX_CHARACTERS,
    )


def size_parameter(
    *,
    meaning: str = "Most results on one page.",
    default: int = DEFAULT_SIZE,
    most: int = MAX_SIZE,
) -> Parameter:
    """How long a page is."""
    return Parameter(
        values.SizeField,
        meaning=meaning,
        described={"type": "integer", "minimum": 1, "maximum": most, "default": default},
        default=default,
        min_value=1,
        max_value=most,
    )


def cursor_parameter() -> Parameter:
    """Where a page begins."""
    return Parameter(
        forms.CharField,
        meaning="Where the page begins: taken from `next` of the page before, never made up.",
        described={"type": "string"},
    )


def _fields(serializer: type[serializers.SparseSerializer]) -> Parameter:
    names = list(serializer().fields)
    return Parameter(
        values.FieldsField,
        meaning="Only these members of each object, separated by commas; its id comes always.",
        described={"type": "array", "items": {"type": "string", "enum": names}},
        names=names,
    )


def _several(meaning: str, field: type[values.ValuesField], **options: Any) -> Parameter:
    kind = "integer" if field is values.LocationsField else "string"
    return Parameter(
        field,
        meaning=meaning,
        described={"type": "array", "items": {"type": kind}},
        repeatable=True,
        **options,
    )


def _organisation(meaning: str) -> Parameter:
    return _several(
        meaning, values.CodesField, noun="organisation", model=Organisation, column="slug"
    )


def _grade(meaning: str) -> Parameter:
    return Parameter(
        values.CodeField,
        meaning=meaning,
        described={"type": "string"},
        noun="grade",
        model=Grade,
        column="code",
    )


def _chosen(meaning: str, choices: Sequence[str]) -> Parameter:
    return Parameter(
        values.ChoicesField,
        meaning=meaning,
        described={"type": "array", "items": {"type": "string", "enum": list(choices)}},
        repeatable=True,
        choices=tuple(choices),
        noun="value",
    )


class ApiFilters(FilterSet):  # type: ignore[misc]
    """The parameters of one resource."""

    @classmethod
    def parameters(cls) -> Mapping[str, Parameter]:
        """Its parameters by name."""
        taken: Mapping[str, Parameter] = cls.base_filters
        return taken

    @classmethod
    def read(cls, *, given: QueryDict) -> dict[str, Any]:
        """
        The values given, empty where a parameter is not.

        :raises InvalidParameters: naming every parameter whose value is not one it takes.
        """
        bound = cls(given, queryset=Person.objects.none())
        if not bound.is_valid():
            raise InvalidParameters(
                faults=[
                    Fault(name, str(message))
                    for name, messages in bound.errors.items()
                    for message in messages
                ]
            )
        values_given: dict[str, Any] = bound.form.cleaned_data
        return values_given


class SearchFilters(ApiFilters):
    """A search for people, as the search page has it."""

    q = text_parameter(
        meaning="Names in any order, begun, misspelt or short; words from job titles, teams,"
        " organisations, places and expertise; an e-mail address or its beginning; four digits"
        " or more of a telephone number."
    )
    organisation = _organisation("Slug; people there and in the bodies below it.")
    team = _several(
        "Id, or slugs from the organisation down (`home-office/visas`); with the teams below it.",
        values.TeamsField,
        noun="team",
    )
    grade = _several("Code.", values.CodesField, noun="grade", model=Grade, column="code")
    profession = _several(
        "Slug.", values.CodesField, noun="profession", model=Profession, column="slug"
    )
    location = _several("Id.", values.LocationsField, noun="location")
    expertise = _several(
        "Slug of a tag; people who have all of them. Narrower tags, and merged ones, count too.",
        values.CodesField,
        noun="expertise tag",
        model=ExpertiseTag,
        column="slug",
    )
    grade_from = _grade("Code; an end of a range of grades, the other being `grade_to`.")
    grade_to = _grade("Code; an end of a range of grades, the other being `grade_from`.")
    working_day = _chosen("People who work on all of these days and say so.", DAYS)
    employment = _chosen("People with an appointment of one of these kinds.", EMPLOYMENT)
    has_expertise = Parameter(
        values.YesOrNoField,
        meaning="Only people who say what they know.",
        described={"type": "boolean", "default": False},
    )
    sort = Parameter(
        values.ChoiceField,
        meaning="The order: best match first, by name, or the most senior first. Filters alone find"
        " people by name unless by grade.",
        described={"type": "string", "enum": [*find.Sort], "default": find.Sort.RELEVANCE},
        choices=tuple(find.Sort),
        default=find.Sort.RELEVANCE,
    )
    explain = Parameter(
        values.MarkField,
        meaning="Say of each person what earned them their place, for a token whose machine"
        " curates an organisation, or all of them; refused to any other.",
        described={"type": "string", "enum": ["1"]},
    )
    size = size_parameter()
    cursor = cursor_parameter()
    fields = _fields(serializers.PersonSerializer)


class TeamFilters(ApiFilters):
    """A list of live teams."""

    q = text_parameter(
        meaning="Words from the team's name, those of the teams above it, or its organisation's"
        " names or acronym; misspelt ones where nothing is called so."
    )
    organisation = _organisation("Slug; teams of this body itself.")
    size = size_parameter()
    cursor = cursor_parameter()
    fields = _fields(serializers.TeamSerializer)


class OrganisationFilters(ApiFilters):
    """A list of organisations."""

    q = text_parameter(
        meaning="Words from the organisation's names or acronym; misspelt ones where none is called"
        " so."
    )
    size = size_parameter()
    cursor = cursor_parameter()
    fields = _fields(serializers.OrganisationSerializer)


class TagFilters(ApiFilters):
    """A list of the tags in use."""

    q = text_parameter(
        meaning="Words from the tag's label, or what else it is called; misspelt ones where none is"
        " called so."
    )
    size = size_parameter()
    cursor = cursor_parameter()
    fields = _fields(serializers.TagSerializer)


class PersonFilters(ApiFilters):
    """One person."""

    fields = _fields(serializers.PersonRecordSerializer)


class TeamRecordFilters(ApiFilters):
    """One team."""

    fields = _fields(serializers.TeamRecordSerializer)


class OrganisationRecordFilters(ApiFilters):
    """One organisation."""

    fields = _fields(serializers.OrganisationRecordSerializer)


class TagRecordFilters(ApiFilters):
    """One tag."""

    fields = _fields(serializers.TagSerializer)


def search_query(*, given: Mapping[str, Any]) -> Query:
    """
    The search that validated parameters ask for.

    :raises InvalidParameters: if the text has more words than one search takes.
    """
    try:
        return parse(
            text=given["q"],
            organisations=given["organisation"],
            teams=given["team"],
            grades=given["grade"],
            professions=given["profession"],
            locations=given["location"],
            expertise=given["expertise"],
            grade_from=given["grade_from"],
            grade_to=given["grade_to"],
            working_days=given["working_day"],
            employment=given["employment"],
            has_expertise=given["has_expertise"],
        )
    except QueryTooLong as refusal:
        raise InvalidParameters(faults=[Fault("q", str(refusal))]) from None
