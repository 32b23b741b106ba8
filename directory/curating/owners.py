"""
Which account is whose record, where no address says so: curators link the two by hand.

Whoever owns a record decides what it says and shows, so both addresses are told of it, and nobody
links themselves.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import pghistory
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from accounts.addresses import HOW_TO_WRITE, NotAnAddress, canonical_address
from accounts.models import User
from directory import record_owners
from directory.curating.curated_people import curated_person
from directory.models import Person, RecordOwner
from directory.visibility import Viewer

_SUBJECT: Final = "Civil Directory: whose record this is has changed"


class OwnerRefused(Exception):
    """Nothing was linked; the message says why, and what to do."""


def owner_of(*, person: Person) -> RecordOwner | None:
    """Whose record it is, if anybody's."""
    return RecordOwner.objects.select_related("user").filter(person=person).first()


@transaction.atomic
def link_account(
    *, viewer: Viewer, person_id: UUID, email: str, reason: str, actor: User, now: datetime
) -> None:
    """
    Say that the record is that of the account of this address, which is told of it.

    :raises NobodyCurated: if the person is not the actor's to curate.
    :raises OwnerRefused: if there is no such account, or either is linked to another.
    """
    person = curated_person(viewer=viewer, person_id=person_id, actor=actor, now=now)
    _require(reason)
    user = _account(email)
    try:
        with pghistory.context(reason=reason.strip()):
            record_owners.link(user=user, person=person, linked_by=actor)
    except record_owners.NotLinked as refusal:
        raise OwnerRefused(str(refusal)) from None
    _tell(person=person, user=user, actor=actor, is_linked=True)


@transaction.atomic
def unlink_account(
    *, viewer: Viewer, person_id: UUID, reason: str, actor: User, now: datetime
) -> None:
    """
    Say that the record is not that of its account, which is told of it.

    :raises NobodyCurated: if the person is not the actor's to curate.
    :raises OwnerRefused: if the record is nobody's.
    """
    person = curated_person(viewer=viewer, person_id=person_id, actor=actor, now=now)
    _require(reason)
    owner = owner_of(person=person)
    if owner is None:
        raise OwnerRefused("The record is linked to no account.")
    with pghistory.context(reason=reason.strip()):
        record_owners.unlink(user=owner.user)
    _tell(person=person, user=owner.user, actor=actor, is_linked=False)


def _require(reason: str) -> None:
    if not reason.strip():
        raise OwnerRefused("Say how you know; the reason is kept.")


def _account(email: str) -> User:
    try:
        address = canonical_address(email.strip())
    except NotAnAddress:
        raise OwnerRefused(HOW_TO_WRITE) from None
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        raise OwnerRefused(f"Nobody has signed in as {address} yet. Ask them to do so once.")
    return user


def _tell(*, person: Person, user: User, actor: User, is_linked: bool) -> None:
    """Both addresses, so that whoever is the other one learns of it too."""
    context = {
        "person": person, "user": user, "actor": actor, "is_linked": is_linked,
        "public_url": settings.PUBLIC_URL,
    }  # fmt: skip
    body = render_to_string("notices/record_owner.txt", context)
    for address in sorted({user.email, person.email.lower()} - {""}):
        message = EmailMessage(subject=_SUBJECT, body=body, to=[address])
        transaction.on_commit(message.send, robust=True)
