"""What the people who look after a feed are told, once each."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.fields import uuid_key
from directory.models.runs import FeedRun


class Notice(models.Model):
    """
    Something a feed's owners should know; shown on the feed's page and sent in one digest.

    day: the day it is about, so that a feed that stays late is told of once a day at most.
    sent_at: when the last of those it concerns had been told.
    """

    class Kind(models.TextChoices):
        HELD = "held", "A run waits for approval"
        FAILED = "failed", "A delivery was refused"
        LATE = "late", "No delivery came"

    id = uuid_key()
    kind = models.CharField(max_length=8, choices=Kind)
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="notices")
    run = models.ForeignKey(FeedRun, models.CASCADE, null=True, blank=True, related_name="notices")
    day = models.DateField()
    text = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "feed", "run", "day"], nulls_distinct=False, name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.feed_id}"


class NoticeReceipt(models.Model):
    """Somebody was told of a notice, in the digest of that moment."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "notice"], name="notice_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.user_id}"
