"""What each source currently says about each subject, whole."""

from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.runs import FeedRun
from directory.records import DeliveryKind, SubjectKind


class SourceRecord(models.Model):
    """
    A source's last statement about one subject, canonical and whole.

    The subject is named by id without a foreign key, because a statement may be
    about a person, a post or a team; `check_directory` verifies that it exists.
    Feed and run are keys without a constraint as well: only a run of the feed writes them, by
    the hundred thousand, and checking each row costs as much as writing it.
    raw_digest: of the row as it arrived, salted with the versions of connector,
        mapping, policy and vocabulary: equal digests mean nothing to do.
    """

    class Origin(models.TextChoices):
        FEED = "feed", "A feed"
        PERSON = "person", "The official"
        CURATOR = "curator", "A curator"

    class State(models.TextChoices):
        CURRENT = "current", "Current"
        DEPARTED = "departed", "Departed"

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.FEED, db_default="feed")
    feed = models.ForeignKey(
        Feed,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        db_index=False,
        db_constraint=False,
    )
    delivery_kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in DeliveryKind], blank=True
    )
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in SubjectKind])
    source_key = models.CharField(max_length=500, blank=True)
    subject_id = models.UUIDField()
    statement = models.JSONField()
    raw_digest = models.BinaryField()
    state = models.CharField(
        max_length=8, choices=State, default=State.CURRENT, db_default="current"
    )
    stated_on = models.DateField()
    run = models.ForeignKey(
        FeedRun,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        db_index=False,
        db_constraint=False,
    )
    #: A curator's override ends on this day.
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "feed",
                "delivery_kind",
                "source_key",
                condition=models.Q(state="current", origin="feed"),
                name="source_key_live_once_in_feed",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin="feed")
                | (models.Q(feed__isnull=False) & ~models.Q(source_key="")),
                name="source_of_a_feed_has_a_key",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin="curator") | ~models.Q(reason=""),
                name="curators_override_has_a_reason",
            ),
            models.UniqueConstraint(
                "subject_id",
                condition=models.Q(origin="person", state="current"),
                name="own_statement_once",
            ),
        ]
        indexes = [
            models.Index("subject_id", name="source_by_subject"),
            models.Index("feed", "delivery_kind", "source_key", name="source_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.source_key}"
