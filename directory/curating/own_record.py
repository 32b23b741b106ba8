"""What officials decide about their own record: who may see which part of it."""

from typing import Final
from uuid import UUID

import pghistory
from django.db import transaction

from directory.changes.listing import settle_listing
from directory.models import FieldAudience, Person
from directory.projection import project_people
from directory.visibility import LISTING, NARROWABLE_FIELDS, Viewer

#: The audience of somebody's record itself, and how that lists them.
LISTED_AS: Final = {
    FieldAudience.Audience.GOVERNMENT: Person.Listing.GOVERNMENT,
    FieldAudience.Audience.ORGANISATION: Person.Listing.ORGANISATION,
    FieldAudience.Audience.SELF: Person.Listing.UNLISTED,
}


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

    audience: empty for whatever the organisation shows of its people by default.

    :raises NoOwnRecord: if the viewer has no record.
    :raises NotNarrowable: if the field is always seen, or the audience does not exist.
    """
    person_id = own_person_id(viewer=viewer)
    if field not in NARROWABLE_FIELDS or audience not in {"", *FieldAudience.Audience.values}:
        raise NotNarrowable("Choose one of the details and audiences on the page.")
    locked_record(person_id=person_id)
    with pghistory.context(own_record=str(person_id)):
        if audience:
            _choose(person_id, field, audience)
        else:
            FieldAudience.objects.filter(person=person_id, field=field).delete()
    project_people(person_ids=[person_id])


@transaction.atomic
def list_oneself(*, viewer: Viewer, audience: str) -> Person.Listing:
    """
    Choose who finds one's own record; how one is listed then, which others may hold to less.

    :raises NoOwnRecord: if the viewer has no record.
    :raises NotNarrowable: if there is no such audience of a record, or its person is protected.
    """
    person_id = own_person_id(viewer=viewer)
    if audience not in LISTED_AS:
        raise NotNarrowable("Choose one of the audiences on the page.")
    if locked_record(person_id=person_id).listing == Person.Listing.PROTECTED:
        raise NotNarrowable("You are protected. Ask whoever protects you before you are listed.")
    with pghistory.context(own_record=str(person_id)):
        _choose(person_id, LISTING, audience)
        settle_listing(person_id=person_id)
    project_people(person_ids=[person_id])
    return Person.Listing(Person.objects.values_list("listing", flat=True).get(pk=person_id))


def locked_record(*, person_id: UUID) -> Person:
    """The record, which nobody else changes until the transaction ends."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _choose(person_id: UUID, field: str, audience: str) -> None:
    FieldAudience.objects.update_or_create(
        person_id=person_id, field=field, defaults={"audience": audience}
    )


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
