"""Officials, and the posts they hold or held."""

from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.fields import uuid_key
from directory.models.sources import SourceRecord
from directory.models.structure import Post


class Person(models.Model):
    """
    An official: the merge of what their sources say, computed by `profile.merge`.

    Whoever is expected starts on a day to come: until then they exist for no viewer.
    `provenance` holds for each field the source record that won and the day it said so.
    A person found to be the same as another keeps their id and points to the survivor.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "In post"
        EXPECTED = "expected", "Starts later"
        LEFT = "left", "Left"

    class Listing(models.TextChoices):
        GOVERNMENT = "government", "Listed for all of government"
        ORGANISATION = "organisation", "Listed in their own organisation"
        UNLISTED = "unlisted", "Not listed"
        PROTECTED = "protected", "Protected"

    id = uuid_key()
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    preferred_name = models.CharField(max_length=200, blank=True)
    honorific = models.CharField(max_length=60, blank=True)
    display_name = models.CharField(max_length=400)
    pronouns = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    mobile = models.CharField(max_length=100, blank=True)
    working_days = models.CharField(max_length=200, blank=True)
    languages = models.CharField(max_length=300, blank=True)
    bio = models.TextField(blank=True)
    provenance = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    status = models.CharField(
        max_length=10, choices=Status, default=Status.ACTIVE, db_default="active"
    )
    left_on = models.DateField(null=True, blank=True)
    listing = models.CharField(
        max_length=12, choices=Listing, default=Listing.GOVERNMENT, db_default="government"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_people",
        db_index=False,  # few are merged, and `person_merged_into` holds those alone
    )
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~models.Q(display_name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="person_not_merged_into_self"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "expected", "left"]),
                name="person_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status="left") | models.Q(left_on=None),
                name="person_in_post_has_not_left",
            ),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_email"),
            models.Index(
                "merged_into",
                name="person_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index("left_on", name="person_left", condition=models.Q(left_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.display_name


class Appointment(models.Model):
    """
    A person holds a post.

    starts_on: as a source states it, empty when none does.
    first_stated_on: the day of the first delivery that named them in this post.
    ends_on: first day on which they no longer hold it, empty while they do.
    expected_end_on: when a source says they will stop, as loans and secondments do.
    fte: share of full-time working, 1 being full time.
    """

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", "Substantive"
        TEMPORARY_PROMOTION = "temporary promotion", "Temporary promotion"
        LOAN = "loan", "Loan"
        SECONDMENT = "secondment", "Secondment"
        JOB_SHARE = "job share", "Job share"

    id = uuid_key()
    # Checked by triggers, once a statement: `sql/keys_by_statement.1.sql`.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", db_constraint=False
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", db_constraint=False)
    #: Without a constraint, for the reason given at `SourceRecord`; check_directory verifies it.
    source = models.ForeignKey(
        SourceRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        db_constraint=False,
    )
    kind = models.CharField(
        max_length=20, choices=Kind, default=Kind.SUBSTANTIVE, db_default="substantive"
    )
    fte = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    first_stated_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    expected_end_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["-first_stated_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(fte=None) | models.Q(fte__gt=0),
                name="appointment_share_positive",
            ),
            models.UniqueConstraint(
                "person",
                "post",
                condition=models.Q(ends_on=None),
                name="appointment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.post_id}"
