"""Who looked at whose record, and what machines read."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now


class Look(models.Model):
    """
    Somebody opened an official's page or card or downloaded them, or a machine read; never changed.

    person_id: whose record it was; None for lists. No key: a look outlives the record.
    credential_id: the machine's, which may be withdrawn since. asked: what a machine asked for.
    """

    class What(models.TextChoices):
        PAGE = "page", "opened the page"
        CARD = "card", "took the contact card"
        API = "api", "read by the API"
        EXPORT = "export", "downloaded a list with it"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,  # `look_by` begins with it
    )
    credential_id = models.UUIDField(null=True)
    what = models.CharField(max_length=6, choices=What)
    person_id = models.UUIDField(null=True)
    asked = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["by", "at"], name="look_by"),
            models.Index(
                fields=["person_id", "at"],
                name="look_at",
                condition=models.Q(person_id__isnull=False),
            ),
            BrinIndex(fields=["at"], name="look_time"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.what} at {self.at}"
