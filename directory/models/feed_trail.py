"""What was done to a feed by hand: the lines of its trail that no delivery writes."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.fields import uuid_key


class FeedTrailEntry(models.Model):
    """
    One thing somebody did to a feed, for whoever looks after it next.

    by: None for the operator at the command line.
    note: what was done, in a sentence, with its numbers. reason: why, where it has to be said.
    """

    class Deed(models.TextChoices):
        CREATED = "created", "Created"
        RENAMED = "renamed", "Renamed"
        LIMITS = "limits", "Limits changed"
        MAPPING = "mapping", "Mapping changed"
        WORDS = "words", "Word translated"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Resumed"
        RETIRED = "retired", "Retired"
        KEYS = "keys", "Keys replaced"
        TOKEN_ISSUED = "token_issued", "Token issued"
        TOKEN_WITHDRAWN = "token_withdrawn", "Token withdrawn"

    id = uuid_key()
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="trail")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    deed = models.CharField(max_length=16, choices=Deed)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.feed_id}: {self.deed}"
