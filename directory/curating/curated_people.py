"""Whom somebody curates: people in post in the organisations of their remit."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from directory.curating.remit import remit_of
from directory.models import Appointment, Person
from directory.visibility import Viewer, visible_people


class NobodyCurated(Exception):
    """There is no such person, or none whom this curator looks after."""


def curated_person(*, viewer: Viewer, person_id: UUID, actor: User, now: datetime) -> Person:
    """
    Somebody in post whom this person sees and curates; never themselves.

    :raises NobodyCurated: if there is none of this id.
    """
    remit = remit_of(user=actor, now=now)
    held = Appointment.objects.filter(person=OuterRef("pk"), ends_on=None)
    if not remit.everywhere:
        held = held.filter(post__team__organisation__in=remit.organisation_ids)
    person = visible_people(viewer=viewer).filter(Exists(held), pk=person_id).first()
    if person is None or person.pk == viewer.person_id:
        raise NobodyCurated("You curate nobody of this id.")
    return person
