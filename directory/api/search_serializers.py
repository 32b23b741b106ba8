"""The JSON of an answer to a search, beside the people themselves."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.api.serializers import PersonSerializer
from directory.search.nothing_found import READ_AS


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


class FacetValueSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="What the filter of this name takes.")
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own is text
    count = serializers.IntegerField(help_text="People this value would find.")
    selected = serializers.BooleanField()


class FacetsSerializer(serializers.Serializer[Any]):
    organisation = FacetValueSerializer(many=True)
    grade = FacetValueSerializer(many=True)
    profession = FacetValueSerializer(many=True)
    location = FacetValueSerializer(many=True)


class RelatedTagSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(source="value", help_text="What the filter `expertise` takes.")
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own is text
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
