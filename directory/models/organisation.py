"""Departments, agencies and other public bodies, and how one became another."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.fields import uuid_key


class Organisation(models.Model):
    """A department, agency or other public body."""

    class Status(models.TextChoices):
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    id = uuid_key()
    slug = models.SlugField(max_length=200)
    name = models.CharField(max_length=300)
    acronym = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.LIVE)
    #: Why a closed body closed, or how a live one stands, in the publisher's own words.
    published_status = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    homepage = models.URLField(max_length=500, blank=True)
    external_id = models.CharField(max_length=300, blank=True)
    parents = models.ManyToManyField(
        "self",
        through="OrganisationParent",
        through_fields=("child", "parent"),
        symmetrical=False,
        related_name="children",
    )
    successors = models.ManyToManyField(
        "self",
        through="OrganisationSuccession",
        through_fields=("predecessor", "successor"),
        symmetrical=False,
        related_name="predecessors",
    )
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("slug"), name="organisation_slug_unique"),
            models.UniqueConstraint(
                "external_id", condition=~models.Q(external_id=""), name="organisation_external_id"
            ),
            models.CheckConstraint(
                condition=~models.Q(slug="") & ~models.Q(name=""), name="organisation_is_named"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(status="closed"),
                name="organisation_live_has_no_closing_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationParent(models.Model):
    """One body stands under another; a body may have several parents."""

    child = models.ForeignKey(Organisation, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Organisation, models.CASCADE, related_name="child_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="organisation_parent_once"),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")), name="organisation_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} under {self.parent_id}"


class OrganisationSuccession(models.Model):
    """What became of a body: the one that took over its functions."""

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="successor_links")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="predecessor_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="organisation_succession_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="organisation_not_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} became {self.successor_id}"


class OrganisationName(models.Model):
    """Another name or spelling of a body, as feeds and registers write it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("name"), name="organisation_other_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """An e-mail domain whose addresses this body gives out."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", Lower("domain"), name="domain_once")]

    def __str__(self) -> str:
        return self.domain
