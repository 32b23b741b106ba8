"""Buildings and sites."""

from django.db import models
from django.db.models.functions import Lower


class Location(models.Model):
    """
    A building or site with city and region.

    A feed may name one that nobody has confirmed yet: it stays `proposed` until
    a curator approves it or maps it onto another.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed by a feed"
        APPROVED = "approved", "Approved"

    name = models.CharField(max_length=200)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="location_name_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="location_is_named"),
        ]

    def __str__(self) -> str:
        return self.name
