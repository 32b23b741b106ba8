"""Every delivery a feed made: what became of it, its faults, and its plan."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.fields import uuid_key
from directory.plans import Action, Situation
from directory.records import DeliveryKind, Severity, SubjectKind


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class FeedRun(models.Model):
    """
    One delivery: what became of it, in numbers, faults and reasons.

    counts: name to number, as `report.py` writes them.
    held_reasons: one object for each safeguard that fired: `rule`, `message`, `numbers` by
        name, and `examples`, each a `row` and its `source_key`.
    plan_digest: SHA-256 over the plan's lines, in order; an approval names it.
    base_run: the run whose result the plan was computed against.
    part_of: the run of the same file's first part, where several returns were stacked in it.
    idempotency_key: the submitter's own name for this delivery; request_digest: SHA-256 of
        all that was asked under it, so that the same key never means two things.
    expected_rows: how many rows the submitter says the file has.
    read_with: SHA-256 of the versions the file was read with: connector, mapping, vocabulary.
    step, rows_done, rows_total: how far it has come, while it is carried out.
    trail_context, written_at: where the trail keeps what it wrote (`changes/trail.py`).
    undo_kept: what its undo could not take back: `kind`, `id`, `name`, `reason` of each row.
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

    class Channel(models.TextChoices):
        COMMAND = "command", "Command line"
        PAGE = "page", "Upload page"
        API = "api", "API"
        INBOX = "inbox", "Inbox folder"

    id = uuid_key()
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=_choices(DeliveryKind), blank=True)
    as_of = models.DateField()
    complete = models.BooleanField(default=True)
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    channel = models.CharField(
        max_length=8, choices=Channel, default=Channel.COMMAND, db_default="command"
    )
    idempotency_key = models.CharField(max_length=255, blank=True, db_default="")
    request_digest = models.CharField(max_length=64, blank=True, db_default="")
    expected_rows = models.PositiveIntegerField(null=True, blank=True)
    read_with = models.CharField(max_length=64, blank=True, db_default="")
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
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="further_parts"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The machine that submitted it, by the credential it showed.
    submitted_with = models.ForeignKey(
        "directory.Credential",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approval_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_reason = models.TextField(blank=True, db_default="")
    undo_kept = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    trail_context = models.UUIDField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, blank=True, db_default="")
    rows_done = models.PositiveIntegerField(default=0, db_default=0)
    rows_total = models.PositiveIntegerField(default=0, db_default=0)
    received_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

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
            models.UniqueConstraint(
                fields=["feed", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="idempotency_key_once_in_feed",
            ),
        ]
        indexes = [models.Index(fields=["feed", "kind", "-as_of"], name="run_by_feed")]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.as_of} {self.state}"


class RowFault(models.Model):
    """
    A fault of a run, as `records.Fault` describes it.

    original: the row as it arrived, header to cell, without what may not be kept.
    """

    run = models.ForeignKey(FeedRun, models.CASCADE, related_name="faults")
    row = models.IntegerField()
    line = models.IntegerField()
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60)
    hint = models.TextField()
    severity = models.CharField(max_length=8, choices=_choices(Severity))
    source_key = models.CharField(max_length=500, blank=True)
    count = models.IntegerField(default=1)
    original = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.code}"


class PlannedChange(models.Model):
    """
    One line of a run's plan, as `plans.Change` describes it: what is previewed and applied.

    before: what the last statement said in the fields that change; it may move on, this not.
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
    before = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
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


class ReplacedRecord(models.Model):
    """
    What a source record held before a run replaced it, so that the run can be undone.

    record_id: the source record; its row is absent here where the run created it.
    """

    # No constraints, as for `PlannedChange`: a run writes them by the hundred thousand.
    run = models.ForeignKey(FeedRun, models.CASCADE, related_name="replaced", db_constraint=False)
    record_id = models.BigIntegerField()
    statement = models.JSONField()
    raw_digest = models.BinaryField()
    state = models.CharField(max_length=8)
    stated_on = models.DateField()
    #: The run that had stated what was replaced.
    stated_by_run = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.record_id}"
