"""The source systems that push to us, and every delivery they made."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.fields import uuid_key
from directory.models.organisation import Organisation
from directory.records import Action, DeliveryKind, Severity, Situation, SubjectKind


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Feed(models.Model):
    """One source system of one organisation."""

    id = uuid_key()
    slug = models.SlugField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="feeds")
    connector = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict, blank=True)
    #: Share of the known people that one run may mark as left without anybody's approval.
    departures_limit_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    #: Share of the known keys that a complete delivery has to name again.
    known_keys_floor_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(Lower("slug"), name="feed_slug_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    departures_limit_percent__range=(0, 100),
                    known_keys_floor_percent__range=(0, 100),
                ),
                name="feed_limits_are_percentages",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class FeedRun(models.Model):
    """
    One delivery: what became of it, in numbers, faults and reasons.

    counts: name to number, as `report.py` writes them.
    held_reasons: one object for each safeguard that fired: `rule`, `message`.
    plan_digest: SHA-256 over the plan's lines, in order; an approval names it.
    base_run: the run whose result the plan was computed against.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        PARSED = "parsed", "Parsed"
        PLANNED = "planned", "Planned"
        HELD = "held", "Held for approval"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        APPLIED = "applied", "Applied"
        FAILED = "failed", "Failed"
        UNDONE = "undone", "Undone"

    id = uuid_key()
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=_choices(DeliveryKind), blank=True)
    as_of = models.DateField()
    complete = models.BooleanField(default=True)
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    file_name = models.CharField(max_length=255, blank=True)
    content_digest = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    held_reasons = models.JSONField(default=list)
    trail = models.JSONField(default=list)
    failure_code = models.CharField(max_length=60, blank=True)
    failure_message = models.TextField(blank=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    base_run = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approval_reason = models.TextField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(submitted_by=None)
                | ~models.Q(approved_by=models.F("submitted_by")),
                name="run_not_approved_by_its_submitter",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure_code=""),
                name="run_failed_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["feed", "kind", "-as_of"], name="run_by_feed")]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.as_of} {self.state}"


class RowFault(models.Model):
    """A fault of a run, as `records.Fault` describes it."""

    run = models.ForeignKey(FeedRun, models.CASCADE, related_name="faults")
    row = models.IntegerField()
    line = models.IntegerField()
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60)
    hint = models.TextField()
    severity = models.CharField(max_length=8, choices=_choices(Severity))
    source_key = models.CharField(max_length=500, blank=True)
    count = models.IntegerField(default=1)

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.code}"


class PlannedChange(models.Model):
    """
    One line of a run's plan, as `records.Change` describes it: what is previewed and applied.
    """

    # No constraint: the lines of a plan are written by its run alone, by the hundred thousand.
    # No index of its own: that of `change_position_once` begins with it.
    run = models.ForeignKey(
        FeedRun, models.CASCADE, related_name="changes", db_index=False, db_constraint=False
    )
    position = models.IntegerField()
    row = models.IntegerField()
    line = models.IntegerField()
    kind = models.CharField(max_length=8, choices=_choices(SubjectKind))
    source_key = models.CharField(max_length=500)
    action = models.CharField(max_length=8, choices=_choices(Action))
    situation = models.CharField(max_length=10, choices=_choices(Situation))
    subject_id = models.UUIDField()
    statement = models.JSONField()
    raw_digest = models.BinaryField()
    changed = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    new_post = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="change_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.source_key}"
