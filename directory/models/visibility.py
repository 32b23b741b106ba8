"""Who may see a value of a record, where that differs from everybody in government."""

from django.db import models

from directory.models.people import Person


class FieldAudience(models.Model):
    """A person narrowed the audience of one field of their record."""

    class Audience(models.TextChoices):
        GOVERNMENT = "government", "Everyone in government"
        ORGANISATION = "organisation", "Own organisation"
        TEAM = "team", "Own team"
        CURATORS = "curators", "Curators"
        SELF = "self", "Only me"

    person = models.ForeignKey(Person, models.CASCADE, related_name="field_audiences")
    field = models.CharField(max_length=60)
    audience = models.CharField(max_length=12, choices=Audience)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "field"], name="field_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.audience}"
