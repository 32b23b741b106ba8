"""The projection that search reads: one entry a person and audience, nothing narrower in it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from directory.models.people import Person


class SearchEntry(models.Model):
    """
    What a given audience may find a person by.

    Written by `projection` alone, inside the transaction that changed the person.
    document: weight A names, B job titles, C teams, organisations and acronyms, D expertise.
    organisation_ids: the organisations of the person's current posts; team_ids likewise.
    """

    # No constraint: entries are computed from people in one statement, and the check would cost
    # as much again; check_directory verifies that each has its person.
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="search_entries",
        db_index=False,  # `entry_once` begins with it
        db_constraint=False,
    )
    audience = models.CharField(max_length=12, default="government")
    sort_name = models.TextField()
    names = models.TextField()
    document = SearchVectorField()
    organisation_ids = ArrayField(models.UUIDField())
    team_ids = ArrayField(models.UUIDField())
    grade_ids = ArrayField(models.BigIntegerField())
    profession_ids = ArrayField(models.BigIntegerField())
    location_ids = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "audience"], name="entry_once")]
        indexes = [GinIndex(fields=["document"], name="entry_document")]

    def __str__(self) -> str:
        return self.names
