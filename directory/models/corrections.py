"""What somebody says is wrong in a colleague's record, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.fields import uuid_key
from directory.models.people import Person


class Correction(models.Model):
    """
    Somebody says that a detail of a record is wrong; whoever owns the detail answers.

    field: a field of the record, `expertise`, or `post` for all that HR says of what they do.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        DONE = "done", "Put right"
        DECLINED = "declined", "Left as it is"

    id = uuid_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=60)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, db_default="open")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="corrections"
    )
    suggested_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field", "suggested_by"],
                condition=models.Q(state="open"),
                name="correction_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_by=None)
                | (~models.Q(state="open") & models.Q(answered_by__isnull=False)),
                name="correction_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["suggested_at"], name="correction_open", condition=models.Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id}: {self.state}"
