"""Searches that somebody keeps, and when they were last told who is new in them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from directory.models.fields import uuid_key


class SavedSearch(models.Model):
    """
    A search of one user, under a name of theirs.

    asked: the search as `search.written` writes it; words: what it asks, as its values were called
        when it was saved. fingerprint: the same for two searches that ask the same, however they
        are typed.
    digest: its user is told by e-mail when somebody new matches.
    known: ids of the people who matched when it was last compared; None where these were too many
        to be kept. They are no keys: who is deleted or hidden is simply not there the next time.
    compared_at: when that was.
    """

    id = uuid_key()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", db_index=False
    )
    name = models.CharField(max_length=100)
    asked = models.TextField()
    words = models.TextField()
    fingerprint = models.CharField(max_length=64)
    saved_at = models.DateTimeField(db_default=Now())
    digest = models.BooleanField(default=True)
    known = ArrayField(models.UUIDField(), null=True)
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "fingerprint"], name="saved_search_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_search_has_a_name"),
            # Who is new cannot be told without knowing who was there.
            models.CheckConstraint(
                condition=models.Q(digest=False) | models.Q(known__isnull=False),
                name="saved_search_digest_knows",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchDigest(models.Model):
    """
    How far somebody was told about all their saved searches.

    looked_on: the last day on which these were compared. sent_at: the last e-mail, if any.
    tried_at: when one last failed.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="search_digest"
    )
    looked_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.looked_on}"
