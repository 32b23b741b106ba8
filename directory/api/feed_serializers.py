"""The JSON of the feed API: runs, their faults and their plans."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.api.serializers import API_PATH
from directory.models import FeedRun, RowFault
from directory.plans import Action, Situation
from directory.records import DeliveryKind, SubjectKind
from directory.sync.progress import pace

#: What a file may turn out to be.
KINDS = [(kind.value, kind.value) for kind in DeliveryKind]

SUBJECTS = [(kind.value, kind.value) for kind in SubjectKind]
ACTIONS = [(action.value, action.value) for action in Action]
SITUATIONS = [(situation.value, situation.value) for situation in Situation]


class ProgressSerializer(serializers.Serializer[Any]):
    step = serializers.CharField()
    rows_done = serializers.IntegerField(help_text="Of the rows that changed.")
    rows_total = serializers.IntegerField()
    rows_per_second = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(
        allow_null=True, help_text="Until every row is decided; what applying takes comes on top."
    )


class HeldReasonSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField(help_text="Name of the safeguard.")
    message = serializers.CharField()


class FailureSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Stable; listed in the documentation of feeds.")
    message = serializers.CharField()


class RunSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    feed = serializers.CharField(source="feed.slug")
    kind = serializers.ChoiceField(
        choices=KINDS,
        allow_blank=True,
        help_text="What the file turned out to be; empty until it was opened.",
    )
    as_of = serializers.DateField()
    complete = serializers.BooleanField()
    dry_run = serializers.BooleanField()
    state = serializers.ChoiceField(choices=FeedRun.State.choices)
    channel = serializers.ChoiceField(choices=FeedRun.Channel.choices)
    file_name = serializers.CharField()
    content_digest = serializers.CharField(help_text="SHA-256 of the unpacked file, hexadecimal.")
    size_bytes = serializers.IntegerField()
    expected_rows = serializers.IntegerField(allow_null=True)
    counts = serializers.SerializerMethodField(help_text="Numbers of the plan, by name.")
    faults = serializers.SerializerMethodField(help_text="How often each code of fault occurs.")
    progress = serializers.SerializerMethodField()
    held_reasons = HeldReasonSerializer(many=True, help_text="The safeguards that hold it.")
    failure = serializers.SerializerMethodField()
    plan_digest = serializers.CharField(help_text="SHA-256 of the plan; an approval names it.")
    part_of = serializers.UUIDField(
        source="part_of_id",
        allow_null=True,
        help_text="The run of the first part, where several returns are stacked in one file.",
    )
    received_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField(help_text="This run in the API.")

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_counts(self, run: FeedRun) -> Mapping[str, int]:
        return {name: count for name, count in run.counts.items() if isinstance(count, int)}

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_faults(self, run: FeedRun) -> Mapping[str, int]:
        by_code: Mapping[str, int] = run.counts.get("faults", {})
        return by_code

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, run: FeedRun) -> Mapping[str, Any] | None:
        if run.started_at is None:
            return None
        rate = pace(
            rows_done=run.rows_done,
            rows_total=run.rows_total,
            started_at=run.started_at,
            now=run.finished_at or timezone.now(),
        )
        return {
            "step": run.step,
            "rows_done": run.rows_done,
            "rows_total": run.rows_total,
            "rows_per_second": rate.rows_per_second,
            "seconds_left": rate.seconds_left,
        }

    @extend_schema_field(FailureSerializer(allow_null=True))
    def get_failure(self, run: FeedRun) -> Mapping[str, str] | None:
        if not run.failure_code:
            return None
        return {"code": run.failure_code, "message": run.failure_message}

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, run: FeedRun) -> str:
        site = self.context.get("site", "/")
        return f"{site}{API_PATH}feeds/{run.feed.slug}/runs/{run.pk}/"


class TakenRunSerializer(RunSerializer):
    """A run as the answer to a delivery."""

    replayed = serializers.SerializerMethodField(
        help_text="It is the run of an earlier, equal delivery; nothing new was taken."
    )

    def get_replayed(self, run: FeedRun) -> bool:
        return bool(self.context.get("replayed"))


class RunFaultSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="As a spreadsheet counts; 0 for the whole file.")
    line = serializers.IntegerField(help_text="Line of the text file.")
    column = serializers.CharField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=RowFault._meta.get_field("severity").choices or ())
    count = serializers.IntegerField()
    source_key = serializers.CharField()
    hint = serializers.CharField()


class FieldChangeSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class PlanLineSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    row = serializers.IntegerField(help_text="0 for somebody whom the delivery does not name.")
    line = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=SUBJECTS)
    source_key = serializers.CharField()
    name = serializers.CharField()
    action = serializers.ChoiceField(choices=ACTIONS)
    situation = serializers.ChoiceField(choices=SITUATIONS)
    subject_id = serializers.UUIDField(help_text="Id of the person, post or team.")
    evidence = serializers.ListField(child=serializers.CharField())
    fields_changed = FieldChangeSerializer(source="fields", many=True)
