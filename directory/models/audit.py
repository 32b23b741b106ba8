"""
The trail: every change of what matters, recorded by the database itself.

Statement-level triggers (django-pghistory) see COPY and raw SQL as well as the ORM;
the event tables are append-only.
"""

import pghistory
import pgtrigger

from directory.models.expertise import Expertise, ExpertiseTag
from directory.models.feeds import Feed
from directory.models.grants import Credential, Grant
from directory.models.organisation import Organisation
from directory.models.people import Appointment, Person
from directory.models.structure import Post, Team

for model in (
    Appointment,
    Credential,
    Expertise,
    ExpertiseTag,
    Feed,
    Grant,
    Organisation,
    Person,
    Post,
    Team,
):
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pgtrigger.Statement,
        append_only=True,
    )(model)
