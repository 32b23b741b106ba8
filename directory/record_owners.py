"""
Whose record is whose, and so where somebody who signed in belongs.

An account is linked to a record by an address that it proved and exactly one record holds. What
is not as clear as that a person decides.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from directory.grants import current_grants
from directory.models import Appointment, Grant, Person, RecordOwner
from directory.orgtree import organisations_below
from directory.visibility import Viewer

#: What each row of `viewer_for` says.
_SELF: Final = "self"
_WORKS: Final = "works"
_CURATES: Final = "curates"
_LEADS: Final = "leads"


class NotLinked(Exception):
    """The account and the record cannot be linked; the message says why."""


def viewer_for(*, user: User, now: datetime) -> Viewer:
    """
    A user as a viewer: their record, where they work, what they curate and lead.

    One query, and one more for each level of the organisations that they curate.
    """
    owner = RecordOwner.objects.filter(user=user)
    own = Coalesce("person__merged_into", "person")
    rows = _rows(owner, said=_SELF, first=own, second=None)
    works = Appointment.objects.filter(
        Q(person__owner__user=user) | Q(person__merged_people__owner__user=user), ends_on=None
    )
    held = current_grants(user=user, now=now)
    curates = held.filter(role=Grant.Role.CURATOR)
    leads = held.filter(role=Grant.Role.TEAM_LEADER)
    rows = rows.union(
        _rows(works, said=_WORKS, first=F("post__team"), second=F("post__team__organisation")),
        _rows(curates, said=_CURATES, first=F("organisation"), second=None),
        _rows(leads, said=_LEADS, first=F("team"), second=None),
        all=True,
    )
    found: dict[str, list[tuple[UUID, UUID | None]]] = {
        _SELF: [], _WORKS: [], _CURATES: [], _LEADS: []
    }  # fmt: skip
    for said, first, second in rows:
        found[said].append((first, second))
    return Viewer(
        user_id=user.pk,
        person_id=next((person for person, _ in found[_SELF]), None),
        organisation_ids=frozenset(body for _, body in found[_WORKS] if body),
        team_ids=frozenset(team for team, _ in found[_WORKS]),
        led_ids=frozenset(team for team, _ in found[_LEADS]),
        curated_ids=organisations_below(organisation_ids=[body for body, _ in found[_CURATES]]),
    )


def link_on_sign_in(*, user: User) -> RecordOwner | None:
    """
    Link an account to the one record in post that holds an address it proved; None if none does.

    Nobody is linked where two records hold it, or where the record has an owner already.
    """
    if user.is_machine or RecordOwner.objects.filter(user=user).exists():
        return None
    proved = [
        address.lower()
        for address in EmailAddress.objects.filter(user=user, verified=True).values_list(
            "email", flat=True
        )
    ]
    holders = list(
        Person.objects.annotate(address=Lower("email"))
        .filter(address__in=proved, merged_into=None)
        .exclude(status=Person.Status.LEFT)[:2]
    )
    if len(holders) != 1 or RecordOwner.objects.filter(person=holders[0]).exists():
        return None
    try:
        with transaction.atomic():
            return RecordOwner.objects.create(user=user, person=holders[0])
    except IntegrityError:  # Somebody else was quicker.
        return None


@transaction.atomic
def link(*, user: User, person: Person, linked_by: User | None) -> RecordOwner:
    """
    Link an account to a record because somebody who knows both says so.

    linked_by: None for the operator at the command line.

    :raises NotLinked: if either is linked elsewhere, or somebody links themselves.
    """
    if user.is_machine:
        raise NotLinked("A machine is nobody's record.")
    if linked_by == user:
        raise NotLinked("Nobody links themselves to a record; ask another curator.")
    held = RecordOwner.objects.filter(Q(user=user) | Q(person=person)).first()
    if held is not None:
        if held.user_id == user.pk and held.person_id == person.pk:
            return held
        whose = "account" if held.user_id == user.pk else "record"
        raise NotLinked(f"The {whose} is linked already; take that link away first.")
    return RecordOwner.objects.create(user=user, person=person, linked_by=linked_by)


def unlink(*, user: User) -> None:
    """
    Take an account's link away.

    :raises NotLinked: if it has none.
    """
    deleted, _ = RecordOwner.objects.filter(user=user).delete()
    if not deleted:
        raise NotLinked(f"{user.email} is linked to no record.")


def has_departed(*, user: User) -> bool:
    """Whether the official behind an account has left; whoever has no record has not."""
    owner: RecordOwner | None = getattr(user, "own_record", None)
    if owner is None:
        return False
    record = owner.person.merged_into or owner.person
    return record.status == Person.Status.LEFT


def still_here(*, users: QuerySet[User]) -> QuerySet[User]:
    """Those of the users who have not left."""
    left = Person.Status.LEFT
    return users.exclude(
        own_record__person__merged_into=None, own_record__person__status=left
    ).exclude(own_record__person__merged_into__status=left)


def _rows(found: Any, *, said: str, first: Any, second: Any) -> Any:
    return found.order_by().values_list(
        Value(said, CharField()),
        first,
        second if second is not None else Value(None, UUIDField()),
    )
