"""
The JSON of every resource, member by member; the OpenAPI description is made from it.

Text that is not stated, or that the viewer may not see, is empty: the two look the same.
"""

from collections.abc import Collection
from typing import Any, ClassVar
from urllib.parse import quote

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.models import Appointment, Expertise, Organisation, SourceRecord, Team
from directory.search.nothing_found import READ_AS
from directory.visibility import SHOWN_STATUSES

API_PATH = "api/v1/"


class SparseSerializer(serializers.Serializer[Any]):
    """
    An object of which a client may ask for some members only (`fields=`).

    always: members that are there whatever was asked for.
    only: names of the members asked for; empty for all of them.
    """

    always: ClassVar[frozenset[str]] = frozenset({"id"})

    def __init__(self, *args: Any, only: Collection[str] = (), **options: Any) -> None:
        self.only = only
        super().__init__(*args, **options)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The members wanted, of which only those always there are described as required."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name in self.always
        if not self.only:
            return fields
        return {
            name: field
            for name, field in fields.items()
            if name in self.only or name in self.always
        }

    def address(self, path: str) -> str:
        """The absolute address of a path of this site."""
        return f"{self.context.get('site', '/')}{path}"


class NamedOrganisationSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField()


class NamedTeamSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    path = serializers.CharField(help_text="Slugs from the organisation down.")


class StatedSerializer(serializers.Serializer[Any]):
    """
    Part of a held post; null where its department does not state it.

    key: the attribute that is empty then.
    """

    key: ClassVar[str]

    def to_representation(self, instance: Any) -> Any:
        """The part, or None."""
        return super().to_representation(instance) if getattr(instance, self.key) else None


class HeldGradeSerializer(StatedSerializer):
    key = "grade_code"
    code = serializers.CharField(source="grade_code")
    name = serializers.CharField(source="grade_name")


class HeldProfessionSerializer(StatedSerializer):
    key = "profession_slug"
    slug = serializers.CharField(source="profession_slug")
    name = serializers.CharField(source="profession_name")


class HeldLocationSerializer(StatedSerializer):
    key = "location_id"
    id = serializers.IntegerField(source="location_id")
    name = serializers.CharField(source="location_name")
    city = serializers.CharField(source="location_city")
    region = serializers.CharField(source="location_region")


class HeldTeamSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="team_id")
    name = serializers.CharField(source="team_name")
    path = serializers.CharField(source="team_path")


class HeldOrganisationSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(source="organisation_slug")
    name = serializers.CharField(source="organisation_name")
    acronym = serializers.CharField(source="organisation_acronym")


class HeldPostSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="post_id", help_text="Id of the post.")
    title = serializers.CharField()
    grade = HeldGradeSerializer(source="*", allow_null=True)
    profession = HeldProfessionSerializer(source="*", allow_null=True)
    location = HeldLocationSerializer(source="*", allow_null=True)
    team = HeldTeamSerializer(source="*")
    organisation = HeldOrganisationSerializer(source="*")
    kind = serializers.ChoiceField(choices=Appointment.Kind.choices)
    fte = serializers.FloatField(allow_null=True, help_text="Working share, 1 being full time.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` cannot be written as an attribute of a class."""
        since = serializers.DateField(
            source="from_date", allow_null=True, help_text="Day they began, where it is stated."
        )
        return super().get_fields() | {"from": since}


class PastPostSerializer(HeldPostSerializer):
    until = serializers.DateField(
        source="until_date", help_text="First day on which they no longer held it."
    )


class ExpertiseSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=Expertise.Level.choices, allow_blank=True)


class PersonSerializer(SparseSerializer):
    id = serializers.UUIDField(help_text="For life; never reused.")
    display_name = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    preferred_name = serializers.CharField()
    pronouns = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    mobile = serializers.CharField()
    status = serializers.ChoiceField(choices=SHOWN_STATUSES)
    posts = HeldPostSerializer(many=True, help_text="Posts they hold now, the newest first.")
    expertise = ExpertiseSerializer(many=True)
    url = serializers.SerializerMethodField(help_text="This record in the API.")
    web_url = serializers.SerializerMethodField(help_text="Its page for people.")
    updated_at = serializers.DateTimeField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, person: Any) -> str:
        return self.address(f"{API_PATH}people/{person.id}/")

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, person: Any) -> str:
        return self.address(f"people/{person.id}")


class EarnedSerializer(serializers.Serializer[Any]):
    word = serializers.CharField(help_text="Of the question; empty for what no one word earned.")
    part = serializers.CharField(help_text="What for, for people to read.")
    points = serializers.FloatField(help_text="Whole for a fit, tenths for anything else.")


class ExplanationSerializer(serializers.Serializer[Any]):
    """What earned somebody their place in a search."""

    points = serializers.FloatField(source="total", help_text="The sum by which they are ordered.")
    parts = EarnedSerializer(many=True, help_text="What is not nothing.")


class FoundPersonSerializer(PersonSerializer):
    """
    A person in a list that can be searched.

    Context `explained`: by id; None, unless asked for, leaves `explanation` out.
    """

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`explanation` as it is described; it is no member of what is shown."""
        fields = super().get_fields()
        if "explained" not in self.context:
            fields["explanation"] = ExplanationSerializer(
                required=False,
                allow_null=True,
                help_text="With `explain=1` alone; null where people come by name or id.",
            )
        return fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """With `explanation` where it is asked for, whichever other members are."""
        shown: dict[str, Any] = super().to_representation(instance)
        explained = self.context.get("explained")
        if explained is not None:
            explanation = explained.get(instance.id)
            shown["explanation"] = explanation and ExplanationSerializer(explanation).data
        return shown


class ProvenanceSerializer(serializers.Serializer[Any]):
    origin = serializers.ChoiceField(choices=SourceRecord.Origin.choices)
    feed = serializers.CharField(help_text="Slug of the feed; empty for people and curators.")
    stated_on = serializers.DateField()


class PersonRecordSerializer(PersonSerializer):
    """A person with their history; made from `seen.people.SeenRecord`."""

    honorific = serializers.CharField()
    working_days = serializers.CharField()
    languages = serializers.CharField()
    bio = serializers.CharField()
    posts_before = PastPostSerializer(many=True, help_text="Posts they held, the last first.")
    provenance = serializers.DictField(
        child=ProvenanceSerializer(), help_text="Who stated each member that has a value, and when."
    )


class TeamSerializer(SparseSerializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    path = serializers.CharField(help_text="Slugs from the organisation down.")
    organisation = NamedOrganisationSerializer()
    parent = NamedTeamSerializer(allow_null=True)
    description = serializers.CharField()
    status = serializers.ChoiceField(choices=Team.Status.choices)
    url = serializers.SerializerMethodField(help_text="This team in the API.")
    web_url = serializers.SerializerMethodField(help_text="Its page for people.")
    updated_at = serializers.DateTimeField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, team: Any) -> str:
        return self.address(f"{API_PATH}teams/{team.id}/")

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, team: Any) -> str:
        return self.address(f"teams/{quote(team.path)}")


class TeamCountSerializer(serializers.Serializer[Any]):
    people_directly = serializers.IntegerField(
        source="direct", help_text="People who hold a post in the team itself."
    )
    people = serializers.IntegerField(
        source="total", help_text="The same with every team below, each person once."
    )
    posts = serializers.IntegerField(help_text="Posts here and below.")
    vacancies = serializers.IntegerField(help_text="How many of these nobody holds.")
    unnamed_fte = serializers.FloatField(
        help_text="Full-time equivalents of posts that are counted and not named."
    )


class TeamRecordSerializer(TeamSerializer):
    """A team with its place in the tree; made from `seen.structure.TeamRecord`."""

    ancestors = NamedTeamSerializer(many=True, help_text="The teams above, top first.")
    children = NamedTeamSerializer(many=True, help_text="The live teams directly below.")
    count = TeamCountSerializer()


class OrganisationSerializer(SparseSerializer):
    always = frozenset({"id", "slug"})

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField()
    kind = serializers.CharField()
    status = serializers.ChoiceField(choices=Organisation.Status.choices)
    closed_at = serializers.DateTimeField(allow_null=True)
    homepage = serializers.CharField()
    parents = NamedOrganisationSerializer(many=True)
    successors = NamedOrganisationSerializer(many=True, help_text="Who took over, once closed.")
    url = serializers.SerializerMethodField(help_text="This organisation in the API.")
    web_url = serializers.SerializerMethodField(help_text="Its page for people.")
    updated_at = serializers.DateTimeField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, organisation: Any) -> str:
        return self.address(f"{API_PATH}organisations/{organisation.slug}/")

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, organisation: Any) -> str:
        return self.address(f"organisations/{organisation.slug}")


class OrganisationRecordSerializer(OrganisationSerializer):
    """An organisation with its neighbours; made from `seen.structure.OrganisationRecord`."""

    children = NamedOrganisationSerializer(many=True)
    predecessors = NamedOrganisationSerializer(many=True)
    teams = NamedTeamSerializer(many=True, help_text="The live teams at its top.")


class FacetValueSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="What the filter of this name takes.")
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField(help_text="People this value would find.")
    selected = serializers.BooleanField()


class FacetsSerializer(serializers.Serializer[Any]):
    organisation = FacetValueSerializer(many=True)
    grade = FacetValueSerializer(many=True)
    profession = FacetValueSerializer(many=True)
    location = FacetValueSerializer(many=True)


class RelatedTagSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(source="value", help_text="What the filter `expertise` takes.")
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField(help_text="People found who state it too.")
    url = serializers.SerializerMethodField(help_text="The search for it.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, tag: Any) -> str:
        return str(self.context["asking_for"](tag))


class SpellingSerializer(serializers.Serializer[Any]):
    word = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="The search with it instead.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, spelling: Any) -> str:
        return str(self.context["with_text"](spelling.text))


class ReadWordSerializer(serializers.Serializer[Any]):
    word = serializers.CharField(help_text="As it was looked for.")
    read_as = serializers.ListField(
        child=serializers.ChoiceField(choices=[*READ_AS, "email", "phone", "passing"]),
        help_text="What it was taken for; nothing where nobody is found by it.",
    )
    nearest = SpellingSerializer(many=True, help_text="Of a word by which nobody is found.")


class LoosenedSerializer(serializers.Serializer[Any]):
    filter = serializers.CharField(source="name")
    total = serializers.IntegerField(source="count.people", help_text="People without it.")
    is_about = serializers.BooleanField(source="count.is_about")
    url = serializers.SerializerMethodField(help_text="The search without it.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, loosened: Any) -> str:
        return str(self.context["without"](loosened.name))


class NothingFoundSerializer(serializers.Serializer[Any]):
    """Why a search found nobody."""

    words = ReadWordSerializer(many=True)
    without = LoosenedSerializer(many=True, help_text="Each filter in use, dropped by itself.")


class ProblemFaultSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457); `type` is stable and names its page."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemFaultSerializer(many=True, required=False)  # type: ignore[assignment]


class ProblemKindSerializer(serializers.Serializer[Any]):
    """What a kind of problem means, and what to do about it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    remedy = serializers.CharField()
