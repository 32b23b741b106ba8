"""The source systems that push to us."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.fields import uuid_key
from directory.models.organisation import Organisation


def _percent(default: int) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=default,
        db_default=default,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class Feed(models.Model):
    """
    One source system of one organisation, and what one of its runs may do by itself.

    A limit is a share in per cent of what the feed vouches for; up to its floor, a number of
    people or rows, nothing is held. `sync/safety.py` says how they are applied.
    """

    class State(models.TextChoices):
        LIVE = "live", "Live"
        PAUSED = "paused", "Paused"
        RETIRED = "retired", "Retired"

    id = uuid_key()
    slug = models.SlugField(max_length=100)
    #: What people call it; the slug where nobody named it.
    name = models.CharField(max_length=200, blank=True, db_default="")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="feeds")
    connector = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict, blank=True)
    #: A paused feed takes no deliveries; a retired one never will again, and its people stay.
    state = models.CharField(max_length=8, choices=State, default=State.LIVE, db_default="live")
    #: Share of the known people and posts that one run may mark as gone.
    departures_limit_percent = _percent(5)
    departures_floor = models.PositiveIntegerField(default=5, db_default=5)
    #: The same for all runs of seven days together, so that a drip does not pass either.
    week_departures_limit_percent = _percent(10)
    week_departures_floor = models.PositiveIntegerField(default=10, db_default=10)
    #: Share of the known keys that a complete delivery has to name again.
    known_keys_floor_percent = _percent(50)
    #: Share of the known rows in which one column may change, and of its values that may go blank.
    changed_limit_percent = _percent(30)
    blanked_limit_percent = _percent(5)
    #: Share of a delivery's rows that may be in error.
    faults_limit_percent = _percent(1)
    faults_floor = models.PositiveIntegerField(default=20, db_default=20)
    #: A delivery is expected at least this often; nobody is told it is late where it is empty.
    expected_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(Lower("slug"), name="feed_slug_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    departures_limit_percent__range=(0, 100),
                    week_departures_limit_percent__range=(0, 100),
                    known_keys_floor_percent__range=(0, 100),
                    changed_limit_percent__range=(0, 100),
                    blanked_limit_percent__range=(0, 100),
                    faults_limit_percent__range=(0, 100),
                ),
                name="feed_limits_are_percentages",
            ),
            models.CheckConstraint(
                condition=models.Q(expected_every_days=None) | models.Q(expected_every_days__gte=1),
                name="feed_cadence_is_a_day_at_least",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug
