"""Who may see a record and each value of it, where that differs from everybody in government."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.organisation import Organisation
from directory.models.people import Person


class Audience(models.TextChoices):
    """Who may see a value; each holds those narrower than itself."""

    GOVERNMENT = "government", "Everyone in government"
    ORGANISATION = "organisation", "Own organisation"
    TEAM = "team", "Own team"
    CURATORS = "curators", "Curators"
    SELF = "self", "Only me"


class FieldAudience(models.Model):
    """
    A person chose the audience of one field of their record.

    field: one of `visibility.NARROWABLE_FIELDS`, or `visibility.LISTING` for the record itself.
    """

    Audience = Audience

    person = models.ForeignKey(Person, models.CASCADE, related_name="field_audiences")
    field = models.CharField(max_length=60)
    audience = models.CharField(max_length=12, choices=Audience)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "field"], name="field_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.audience}"


class OrganisationAudience(models.Model):
    """Who sees a field of an organisation's people who chose no audience for it themselves."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="field_audiences")
    field = models.CharField(max_length=60)
    audience = models.CharField(max_length=12, choices=Audience)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field"], name="organisation_audience_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.field}: {self.audience}"


class ShownField(models.Model):
    """
    To whom a field of a person is shown: by their choice, or as their organisations have it.

    A view (`sql/shown_field.1.sql`); a field without a row is shown to everybody in government.
    own: it is the person's choice.
    """

    person_id = models.UUIDField(primary_key=True)
    field = models.CharField(max_length=60)
    audience = models.CharField(max_length=12, choices=Audience)
    own = models.BooleanField()

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.field}: {self.audience}"


class ListingHold(models.Model):
    """Somebody is listed no more widely than this, whatever they choose; a curator says so."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="listing_hold")
    listing = models.CharField(
        max_length=12,
        choices=[each for each in Person.Listing.choices if each[0] != Person.Listing.GOVERNMENT],
    )
    reason = models.TextField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(listing__in=["organisation", "unlisted", "protected"]),
                name="listing_hold_narrows",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.listing}"
