"""
What curators decide of who sees their people: audiences by default, and a narrower listing.

Neither takes anything away from what somebody chose for themselves: a default counts where they
chose nothing, and a listing is held to less, never widened.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from directory.changes.listing import settle_listing
from directory.curating.curated_people import curated_person
from directory.curating.remit import Remit, remit_of
from directory.models import (
    Appointment,
    ListingHold,
    Organisation,
    OrganisationAudience,
    Person,
    Team,
)
from directory.models.visibility import Audience
from directory.projection import project_people
from directory.visibility import NARROWABLE_FIELDS, Viewer

#: Fields that people are found by, so that search entries depend on who sees them.
_FOUND_BY: Final = frozenset({"email", "phone", "mobile", "working_days", "expertise"})


class AudienceRefused(Exception):
    """Nothing was changed; the message says why."""


class NotTheirs(AudienceRefused):
    """There is no such organisation or person, or none that this curator looks after."""


def organisations_with_people(*, remit: Remit) -> QuerySet[Organisation]:
    """The live organisations of a remit that have teams, by name."""
    teams = Team.objects.filter(organisation=OuterRef("pk"), status=Team.Status.LIVE)
    return remit.organisations().filter(Exists(teams))


def organisation_for(*, user: User, slug: str, now: datetime) -> Organisation:
    """
    A live organisation that this person curates.

    :raises NotTheirs: if there is none of this slug.
    """
    body = remit_of(user=user, now=now).organisations().filter(slug__iexact=slug).first()
    if body is None:
        raise NotTheirs("You curate no organisation of this name.")
    return body


def usual_audiences(*, organisation: Organisation) -> dict[str, str]:
    """By field, who sees it of the organisation's people who chose nothing themselves."""
    said = OrganisationAudience.objects.filter(organisation=organisation)
    usual = dict.fromkeys(sorted(NARROWABLE_FIELDS), Audience.GOVERNMENT.value)
    return usual | dict(said.values_list("field", "audience"))


@transaction.atomic
def set_usual_audiences(
    *, organisation: Organisation, audiences: Mapping[str, str], actor: User, now: datetime
) -> int:
    """
    Say who sees what of an organisation's people who chose nothing themselves, from now on.

    audiences: by field; those not named stay. How many fields changed.

    :raises AudienceRefused: if a field or an audience does not exist, or is not theirs to say.
    """
    if not NARROWABLE_FIELDS.issuperset(audiences) or not set(Audience.values).issuperset(
        audiences.values()
    ):
        raise AudienceRefused("Choose one of the details and audiences on the page.")
    organisation_for(user=actor, slug=organisation.slug, now=now)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    usual = usual_audiences(organisation=organisation)
    changed = {field: said for field, said in audiences.items() if usual[field] != said}
    held = OrganisationAudience.objects.filter(organisation=organisation)
    with pghistory.context(organisation=str(organisation.pk)):
        for field, audience in changed.items():
            if audience == Audience.GOVERNMENT:
                held.filter(field=field).delete()
            else:
                held.update_or_create(
                    organisation=organisation, field=field, defaults={"audience": audience}
                )
    if not _FOUND_BY.isdisjoint(changed):
        project_people(person_ids=_people_in(organisation))
    return len(changed)


@transaction.atomic
def hold_listing(
    *, viewer: Viewer, person_id: UUID, listing: str, reason: str, actor: User, now: datetime
) -> None:
    """
    List somebody no more widely than this, whatever they choose; a hold is only ever narrowed.

    :raises NobodyCurated: if the person is not the actor's to curate.
    :raises AudienceRefused: if no reason is given, or they are listed no more widely already.
    """
    person = curated_person(viewer=viewer, person_id=person_id, actor=actor, now=now)
    narrower = narrower_than(listing=person.listing)
    if not reason.strip():
        raise AudienceRefused("Say why; the reason is kept.")
    if listing not in [value for value, _ in narrower]:
        raise AudienceRefused("Choose a listing that is narrower than the present one.")
    with pghistory.context(reason=reason.strip()):
        ListingHold.objects.update_or_create(
            person=person,
            defaults={
                "listing": listing, "reason": reason.strip(), "held_by": actor, "held_at": now
            },
        )  # fmt: skip
        settle_listing(person_id=person.pk)
    project_people(person_ids=[person.pk])


@transaction.atomic
def release_listing(*, person_id: UUID, reason: str) -> Person:
    """
    Hold somebody to no listing any more, and protect them no more unless a feed says so.

    For operators alone: on pages there is nobody whom those may see who protect others.

    :raises NotTheirs: if there is no such person.
    :raises AudienceRefused: if no reason is given.
    """
    if not reason.strip():
        raise AudienceRefused("Say why; the reason is kept.")
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise NotTheirs("There is no person of this id.")
    with pghistory.context(reason=reason.strip()):
        ListingHold.objects.filter(person=person).delete()
        if person.listing == Person.Listing.PROTECTED:
            Person.objects.filter(pk=person.pk).update(listing=Person.Listing.UNLISTED)
        settle_listing(person_id=person.pk)
    project_people(person_ids=[person.pk])
    person.refresh_from_db()
    return person


def narrower_than(*, listing: str) -> list[tuple[str, str]]:
    """The listings that are narrower than one, as choices."""
    choices = Person.Listing.choices
    return choices[Person.Listing.values.index(listing) + 1 :]


def _people_in(organisation: Organisation) -> list[UUID]:
    held = Appointment.objects.filter(ends_on=None, post__team__organisation=organisation)
    return list(held.order_by("person").values_list("person", flat=True).distinct())
