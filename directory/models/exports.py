"""Who took a list of people out of the directory, and why."""

from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Now
from django.db.models.lookups import GreaterThanOrEqual

from directory.models.fields import uuid_key

#: Characters that a reason has at least, and at most.
SHORTEST_REASON: Final = 10
LONGEST_REASON: Final = 500


class SearchExport(models.Model):
    """
    One file of people that somebody downloaded; never changed, never deleted.

    asked: the search whose people they are, as `search.written` writes it; words: what it asked, as
        its values were called then. people: how many.
    """

    id = uuid_key()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    asked = models.TextField()
    words = models.TextField()
    reason = models.CharField(max_length=LONGEST_REASON)
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-at", "id"], name="search_export_newest")]
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON),
                name="search_export_says_why",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.people} people at {self.at}"
