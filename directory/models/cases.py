"""Disputed matches waiting for a human."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.fields import uuid_key
from directory.models.people import Person
from directory.models.runs import FeedRun


class Case(models.Model):
    """
    Two records may be about the same official; a person decides, on the evidence.

    person: who the new record was given to meanwhile, so nobody waits to be found.
    candidate: who it may be about as well.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SAME = "same", "The same person"
        DIFFERENT = "different", "Different people"

    class Reason(models.TextChoices):
        MOVER = "mover", "May have moved"
        EMAIL = "email", "Same e-mail"
        KEY_REUSE = "key_reuse", "Key may have been given to somebody else"

    id = uuid_key()
    reason = models.CharField(max_length=12, choices=Reason)
    person = models.ForeignKey(Person, models.CASCADE, related_name="cases")
    candidate = models.ForeignKey(Person, models.CASCADE, related_name="candidate_cases")
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="cases")
    run = models.ForeignKey(FeedRun, models.CASCADE, null=True, blank=True, related_name="cases")
    source_key = models.CharField(max_length=500)
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "feed", "source_key", "person", "candidate", "reason", name="case_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="case_decided_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.person_id} / {self.candidate_id}"
