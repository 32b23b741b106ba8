"""What officials decide about their own record: who may see which part of it."""

from uuid import UUID

import pghistory
from django.db import transaction

from directory.models import FieldAudience, Person
from directory.projection import project_people
from directory.visibility import NARROWABLE_FIELDS, Viewer


class OwnRecordRefused(Exception):
    """Nothing was changed; the message says why, and what to do."""


class NoOwnRecord(OwnRecordRefused):
    """The account is linked to no record."""


class NotNarrowable(OwnRecordRefused):
    """There is no such part of a record, or no such audience."""


@transaction.atomic
def show_field_to(*, viewer: Viewer, field: str, audience: str) -> None:
    """
    Show a field of one's own record to an audience; the same twice changes nothing.

    :raises NoOwnRecord: if the viewer has no record.
    :raises NotNarrowable: if the field is always seen, or the audience does not exist.
    """
    person_id = own_person_id(viewer=viewer)
    if field not in NARROWABLE_FIELDS or audience not in FieldAudience.Audience.values:
        raise NotNarrowable("Choose one of the details and audiences on the page.")
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    with pghistory.context(own_record=str(person_id)):
        FieldAudience.objects.update_or_create(
            person_id=person_id, field=field, defaults={"audience": audience}
        )
    project_people(person_ids=[person_id])


def own_person_id(*, viewer: Viewer) -> UUID:
    """
    Whose record is the viewer's own.

    :raises NoOwnRecord: if they have none.
    """
    if viewer.person_id is None:
        raise NoOwnRecord("No record is linked to your account yet; ask a curator to link it.")
    return viewer.person_id


def seen_as(*, viewer: Viewer, audience: str) -> Viewer:
    """
    Somebody of an audience of the viewer's own record, to look at it as they do.

    :raises NotNarrowable: if there is no such audience.
    """
    bodies = viewer.organisation_ids
    audiences = FieldAudience.Audience
    match audience:
        case audiences.GOVERNMENT:
            return Viewer(user_id=None)
        case audiences.ORGANISATION:
            return Viewer(user_id=None, organisation_ids=bodies)
        case audiences.TEAM:
            return Viewer(user_id=None, organisation_ids=bodies, team_ids=viewer.team_ids)
        case audiences.CURATORS:
            return Viewer(user_id=None, curated_ids=bodies)
    raise NotNarrowable("Choose one of the audiences on the page.")
