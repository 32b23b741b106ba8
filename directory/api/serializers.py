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
from directory.visibility import SHOWN_STATUSES, SHOWN_TAG_STATUSES

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
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own is text
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


class NamedTagSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own is text


class TagSerializer(SparseSerializer):
    """A tag of the expertise vocabulary; its relations are those of SKOS."""

    always = frozenset({"id", "slug"})

    id = serializers.UUIDField()
    slug = serializers.CharField(help_text="What the filter `expertise` takes.")
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own is text
    other_labels = serializers.ListField(
        child=serializers.CharField(), help_text="What else it is called."
    )
    definition = serializers.CharField()
    status = serializers.ChoiceField(choices=SHOWN_TAG_STATUSES)
    broader = NamedTagSerializer(many=True)
    narrower = NamedTagSerializer(many=True)
    related = NamedTagSerializer(many=True)
    people = serializers.IntegerField(help_text="About how many claim it.")
    url = serializers.SerializerMethodField(help_text="This tag in the API.")
    web_url = serializers.SerializerMethodField(help_text="Its page for people.")
    updated_at = serializers.DateTimeField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, tag: Any) -> str:
        return self.address(f"{API_PATH}expertise/{tag.slug}/")

    @extend_schema_field(OpenApiTypes.URI)
    def get_web_url(self, tag: Any) -> str:
        return self.address(f"expertise/{tag.slug}")


class ProblemFaultSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457); `type` is stable and names its page."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemFaultSerializer(many=True, required=False)  # type: ignore[assignment] # DRF's own are faults


class ProblemKindSerializer(serializers.Serializer[Any]):
    """What a kind of problem means, and what to do about it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    remedy = serializers.CharField()
