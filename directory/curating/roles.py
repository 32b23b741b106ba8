"""
Who gives whom which role: a curator of the same or a wider scope, never to themselves, with an end.

One person alone makes nobody an administrator: a second one confirms what the first proposed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.addresses import HOW_TO_WRITE, NotAnAddress, canonical_address
from accounts.admission import may_sign_in
from accounts.models import User
from directory.curating.remit import Remit, remit_of
from directory.grants import (
    MisplacedRole,
    Place,
    SelfGranted,
    UnknownPlace,
    current_grants,
    grant_role,
    grants_held,
    place_named,
)
from directory.models import Feed, Grant, GrantProposal, Organisation, Team

#: The longest a role lasts that is given on a page, in days.
LONGEST_DAYS: Final = 366

#: The roles that are given on pages; what the others reach is not on any yet.
GIVEN: Final = (
    Grant.Role.TEAM_LEADER,
    Grant.Role.CURATOR,
    Grant.Role.FEED_OPERATOR,
    Grant.Role.AUDITOR,
    Grant.Role.ADMINISTRATOR,
)


class RoleRefused(Exception):
    """No role was given or taken; the message says why, and what to do."""


class NoSuchRole(RoleRefused):
    """Nobody holds this role, or nobody whose roles this person looks after."""


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it: a role that is held from now on, or a proposal that waits."""

    grant: Grant | None = None
    proposal: GrantProposal | None = None


def give_role(
    *, email: str, role: str, on: str, until: date, reason: str, actor: User, now: datetime
) -> Given:
    """
    Give somebody a role, or propose them as an administrator.

    on: what the role is held on, as `grants.place_named` reads it; empty for everywhere.

    :raises RoleRefused: by the name of what speaks against it.
    """
    address = _address(email)
    today = timezone.localtime(now).date()
    if not reason.strip():
        raise RoleRefused("Say why; the reason is kept.")
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise RoleRefused(f"Choose a last day from today to {LONGEST_DAYS} days from now.")
    if role not in GIVEN:
        raise RoleRefused("Choose one of the roles on the page.")
    remit = remit_of(user=actor, now=now)
    place = _place(role=role, name=on.strip())
    if not _may_give(remit=remit, role=role, place=place):
        raise RoleRefused(
            "You may give this role only on what you curate yourself; ask an administrator."
        )
    if actor.email == address:
        raise RoleRefused("Nobody gives a role to themselves; ask another curator.")
    try:
        with transaction.atomic(), pghistory.context(reason=reason.strip()):
            user = User.objects.known_by(address)
            if role == Grant.Role.ADMINISTRATOR:
                return Given(proposal=_propose(user, until, reason, actor))
            return Given(
                grant=grant_role(user=user, role=role, on=place, until=until, granted_by=actor)
            )
    except (MisplacedRole, SelfGranted) as refusal:
        raise RoleRefused(str(refusal)) from None


@transaction.atomic
def decide_proposal(
    *, proposal_id: UUID, confirm: bool, actor: User, now: datetime
) -> GrantProposal:
    """
    Confirm a proposed administrator, who is one from now on, or refuse.

    :raises NoSuchRole: if nothing of this id waits for an administrator's decision.
    :raises RoleRefused: if the same person proposed it, or is proposed.
    """
    proposal = (
        GrantProposal.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=proposal_id, state=GrantProposal.State.WAITING)
        .first()
    )
    if proposal is None or not remit_of(user=actor, now=now).everywhere:
        raise NoSuchRole("Nothing waits here any more.")
    if actor.pk in (proposal.proposed_by_id, proposal.user_id):
        raise RoleRefused("Another administrator decides this, who neither proposed it nor is it.")
    state = GrantProposal.State.CONFIRMED if confirm else GrantProposal.State.REFUSED
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, now
    with pghistory.context(reason=proposal.reason, proposal=str(proposal.pk)):
        proposal.save(update_fields=["state", "decided_by", "decided_at"])
        if confirm:
            grant_role(
                user=proposal.user,
                role=Grant.Role.ADMINISTRATOR,
                on=None,
                until=proposal.until,
                granted_by=actor,
            )
    return proposal


@transaction.atomic
def take_role(*, grant_id: UUID, reason: str, actor: User, now: datetime) -> Grant:
    """
    Take a role away, from this moment on; everybody may lay down their own.

    :raises NoSuchRole: if there is none of this id that they look after.
    :raises RoleRefused: if no reason is given.
    """
    grant = grant_for(user=actor, grant_id=grant_id, now=now)
    if not reason.strip():
        raise RoleRefused("Say why; the reason is kept.")
    with pghistory.context(reason=reason.strip()):
        Grant.objects.filter(pk=grant.pk).delete()
    return grant


def grant_for(*, user: User, grant_id: UUID, now: datetime) -> Grant:
    """
    A role that this person looks after, or holds.

    :raises NoSuchRole: if there is none of this id.
    """
    looked_after = grants_within(remit=remit_of(user=user, now=now), now=now)
    own = current_grants(user=user, now=now)
    grant = (
        Grant.objects.filter(Q(pk__in=looked_after) | Q(pk__in=own), pk=grant_id)
        .select_related("user", "organisation", "team__organisation", "feed")
        .first()
    )
    if grant is None:
        raise NoSuchRole("Nobody holds this role any more.")
    return grant


def grants_within(*, remit: Remit, now: datetime) -> QuerySet[Grant]:
    """The roles that hold now and that this person looks after, by holder."""
    held = grants_held(now=now).order_by("user__email", "role")
    if remit.everywhere:
        return held
    bodies = remit.organisation_ids
    return held.filter(
        Q(organisation__in=bodies)
        | Q(feed__organisation__in=bodies)
        | Q(team__organisation__in=bodies)
    )


def waiting_proposals() -> QuerySet[GrantProposal]:
    """Administrators who are proposed and wait for a second one's decision, the oldest first."""
    return (
        GrantProposal.objects.filter(state=GrantProposal.State.WAITING)
        .select_related("user", "proposed_by")
        .order_by("proposed_at")
    )


def _place(*, role: str, name: str) -> Place | None:
    if not name:
        return None
    try:
        return place_named(role=role, name=name)
    except (MisplacedRole, UnknownPlace) as refusal:
        raise RoleRefused(str(refusal)) from None


def _may_give(*, remit: Remit, role: str, place: Place | None) -> bool:
    if remit.everywhere:
        return True
    if isinstance(place, Organisation):
        return role == Grant.Role.CURATOR and place.pk in remit.organisation_ids
    if isinstance(place, Feed | Team):
        return place.organisation_id in remit.organisation_ids
    return False


def _propose(user: User, until: date, reason: str, actor: User) -> GrantProposal:
    try:
        with transaction.atomic():
            return GrantProposal.objects.create(
                user=user, until=until, reason=reason.strip(), proposed_by=actor
            )
    except IntegrityError:
        raise RoleRefused(f"{user.email} is proposed already.") from None


def _address(text: str) -> str:
    try:
        address = canonical_address(text.strip())
    except NotAnAddress:
        raise RoleRefused(HOW_TO_WRITE) from None
    if not may_sign_in(address=address):
        raise RoleRefused(f"{address} may not sign in here, so a role would open nothing to it.")
    return address
