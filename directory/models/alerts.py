"""What administrators are told of at once, and records that nobody has to open."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.people import Person


class Canary(models.Model):
    """
    An invented record that no search finds: whoever opens it went through records one by one.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="canary")
    placed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "canaries"

    def __str__(self) -> str:
        return str(self.person_id)


class SecurityAlert(models.Model):
    """
    Something that administrators are told by e-mail within a minute, once an hour for each person.

    hour: in which it began to happen. told_at: None until they were told.
    """

    class Kind(models.TextChoices):
        CANARY = "canary", "A canary was opened or downloaded"
        BUDGET = "budget", "A budget is used up"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    text = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "by", "hour"], name="security_alert_once")
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                name="security_alert_untold",
                condition=models.Q(told_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.text
