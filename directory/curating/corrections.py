"""
Corrections: anybody says what is wrong in a record, and whoever owns the detail answers.

What is the official's own to say goes to them, if the record has an owner; all else, and what has
none, to those who curate an organisation that they work in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string

from accounts.budgets import Budget, Overspent, spend
from accounts.models import User
from directory.curating.remit import remit_of
from directory.models import Appointment, Correction, Person, RecordOwner
from directory.profile import FIELD_POLICY, Origin
from directory.record_owners import viewer_for
from directory.visibility import Viewer, visible_people

#: What stands for all that HR says of what somebody does.
POST: Final = "post"
#: The details of which something may be wrong.
FIELDS: Final = (*FIELD_POLICY, "expertise", POST)
#: Of these the official decides.
OWN: Final = frozenset(
    {field for field, owner in FIELD_POLICY.items() if owner is Origin.PERSON} | {"expertise"}
)

_LONGEST: Final = 500
#: How often one person may say so in an hour.
_SUGGESTIONS: Final = Budget(name="corrections", limit=20, seconds=3600)
_SUBJECT: Final = "Civil Directory: a correction to a record"


class CorrectionRefused(Exception):
    """Nothing was kept; the message says why, and what to do."""


class NoSuchCorrection(CorrectionRefused):
    """There is no such person or correction, or none for this person."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """
    to_answer: what waits for somebody, the oldest first. suggested: what they said, the newest
    first.
    """

    to_answer: list[Correction]
    suggested: list[Correction]


def suggest(
    *, viewer: Viewer, person_id: UUID, field: str, text: str, user: User, now: datetime
) -> Correction:
    """
    Say that a detail of a record is wrong.

    :raises NoSuchCorrection: if there is no such person for the viewer, or it is themselves.
    :raises CorrectionRefused: if nothing is said, too much or too often, or it was said already.
    """
    person = correctable(viewer=viewer, person_id=person_id)
    if field not in FIELDS:
        raise CorrectionRefused("Choose one of the details on the page.")
    said = _said(text)
    try:
        spend(who=str(user.pk), budget=_SUGGESTIONS, now=now)
    except Overspent:
        raise CorrectionRefused("You made many already; try again in an hour.") from None
    try:
        with transaction.atomic():
            made = Correction.objects.create(
                person=person, field=field, text=said, suggested_by=user, suggested_at=now
            )
            if field in OWN and (owner := RecordOwner.objects.filter(person=person).first()):
                _tell(made, to=owner.user.email)
    except IntegrityError:
        raise CorrectionRefused(
            "You said so already, and it waits for an answer. See it on “Corrections”."
        ) from None
    return made


@transaction.atomic
def answer(
    *, viewer: Viewer, correction_id: UUID, is_done: bool, text: str, actor: User, now: datetime
) -> Correction:
    """
    Say what became of it; whoever said so is told.

    :raises NoSuchCorrection: if none of this id waits for an answer of the actor's.
    :raises CorrectionRefused: if nothing is said, or too much.
    """
    waiting = _to_answer(viewer=viewer, user=actor, now=now).filter(pk=correction_id)
    correction = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("person", "suggested_by")
        .filter(pk__in=waiting, state=Correction.State.OPEN)
        .first()
    )
    if correction is None:
        raise NoSuchCorrection("It was answered already.")
    correction.answer = _said(text)
    correction.state = Correction.State.DONE if is_done else Correction.State.DECLINED
    correction.answered_by, correction.answered_at = actor, now
    correction.save(update_fields=["answer", "state", "answered_by", "answered_at"])
    # Of somebody who is not there for them any more, whoever said so is told nothing.
    asker = correction.suggested_by
    seen = visible_people(viewer=viewer_for(user=asker, now=now))
    if seen.filter(pk=correction.person_id).exists():
        _tell(correction, to=asker.email)
    return correction


def read_inbox(*, viewer: Viewer, user: User, now: datetime, most: int = 200) -> Inbox:
    """What waits for somebody's answer, and what they said themselves."""
    visible = visible_people(viewer=viewer)
    suggested = Correction.objects.filter(suggested_by=user, person__in=visible)
    waiting = _to_answer(viewer=viewer, user=user, now=now)
    return Inbox(
        to_answer=list(
            waiting.select_related("person", "suggested_by").order_by("suggested_at")[:most]
        ),
        suggested=list(
            suggested.select_related("person", "answered_by").order_by("-suggested_at")[:most]
        ),
    )


def correctable(*, viewer: Viewer, person_id: UUID) -> Person:
    """
    Somebody in whose record something may be wrong: anybody whom the viewer sees but themselves.

    :raises NoSuchCorrection: if there is none of this id.
    """
    person = visible_people(viewer=viewer).filter(pk=person_id).first()
    if person is None or person.pk == viewer.person_id:
        raise NoSuchCorrection("There is nobody of this id whom you could correct.")
    return person


def _to_answer(*, viewer: Viewer, user: User, now: datetime) -> QuerySet[Correction]:
    """Open ones about the viewer's own words, and about people whom they curate and see."""
    owned = RecordOwner.objects.filter(person=OuterRef("person"))
    mine = Q(person=viewer.person_id, field__in=OWN) if viewer.person_id else Q(pk=None)
    curated = ~Q(Exists(owned), field__in=OWN) & Q(person__in=visible_people(viewer=viewer))
    remit = remit_of(user=user, now=now)
    if not remit.everywhere:
        held = Appointment.objects.filter(
            person=OuterRef("person"),
            ends_on=None,
            post__team__organisation__in=remit.organisation_ids,
        )
        curated &= Q(Exists(held))
    return Correction.objects.filter(mine | curated, state=Correction.State.OPEN)


def _said(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise CorrectionRefused("Say what is wrong, or what became of it.")
    if len(said) > _LONGEST:
        raise CorrectionRefused(f"Use {_LONGEST} characters at most.")
    return said


def _tell(correction: Correction, *, to: str) -> None:
    context = {"correction": correction, "public_url": settings.PUBLIC_URL}
    body = render_to_string("notices/correction.txt", context)
    transaction.on_commit(EmailMessage(subject=_SUBJECT, body=body, to=[to]).send, robust=True)
