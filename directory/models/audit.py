"""
The trail: every change of what matters, recorded by the database itself.

Statement-level triggers (django-pghistory) see COPY and raw SQL as well as the ORM;
the event tables are append-only.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import BrinIndex

from directory.models.expertise import Expertise, ExpertiseTag
from directory.models.feeds import Feed
from directory.models.grants import Credential, Grant, GrantProposal
from directory.models.locations import Location
from directory.models.organisation import Organisation
from directory.models.people import Appointment, Person
from directory.models.record_owners import RecordOwner
from directory.models.structure import Post, Team
from directory.models.visibility import FieldAudience, ListingHold, OrganisationAudience

for model in (
    Appointment,
    Credential,
    Expertise,
    ExpertiseTag,
    Feed,
    FieldAudience,
    Grant,
    GrantProposal,
    ListingHold,
    Location,
    Organisation,
    OrganisationAudience,
    Person,
    Post,
    RecordOwner,
    Team,
):
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pgtrigger.Statement,
        append_only=True,
        # Events lie in the table as they happened, so the smallest of indexes finds a day's.
        meta={
            "indexes": [
                BrinIndex(fields=["pgh_created_at"], name=f"{model.__name__.lower()}_trail_time")
            ]
        },
    )(model)
