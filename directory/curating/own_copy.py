"""
A copy of all that is held of an official, for the official: what data protection law calls access.

It tells what each source says, what every change and run made of it, and who looked; of others
nothing but that they looked.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from directory.curating.own_record import own_person_id
from directory.grants import roles_of
from directory.looks import looks_at
from directory.models import (
    Appointment,
    Correction,
    Expertise,
    FieldAudience,
    ListingHold,
    Person,
    SavedSearch,
    SourceRecord,
)
from directory.profile import FIELD_POLICY
from directory.seen.provenance import provenance_of
from directory.visibility import NARROWABLE_FIELDS, Viewer

#: Columns of the trail that say nothing to a reader.
_UNTOLD: Final = frozenset({"id", "provenance", "created_at", "updated_at"})


def everything_about(*, viewer: Viewer, user: User, now: datetime) -> dict[str, Any]:
    """
    All that is held of whoever asks, as JSON has it; times are RFC 3339.

    :raises NoOwnRecord: if they have no record.
    """
    person = Person.objects.get(pk=own_person_id(viewer=viewer))
    ids = [person.pk, *person.merged_people.values_list("pk", flat=True)]
    return {
        "made_at": now,
        "record": _record(person),
        "sources": list(_sources(person.pk)),
        "posts": list(_posts(ids)),
        "expertise": list(_expertise(person.pk)),
        "who_sees": _audiences(person),
        "changes": [change for one in ids for change in _changes(one)],
        "looks": list(_looks(ids)),
        "corrections": list(
            Correction.objects.filter(person__in=ids)
            .order_by("suggested_at")
            .values("field", "text", "suggested_at", "state", "answer", "answered_at")
        ),
        "account": {
            "email": user.email,
            "roles": [
                {"role": grant.role, "since": grant.granted_at, "until": grant.until}
                for grant in roles_of(user=user, now=now)
            ],
            "saved_searches": list(
                SavedSearch.objects.filter(user=user).values("name", "words", "saved_at")
            ),
        },
    }


def _record(person: Person) -> dict[str, Any]:
    said = provenance_of(person=person, hidden=frozenset())
    return {
        "id": person.pk,
        "display_name": person.display_name,
        "status": person.status,
        "left_on": person.left_on,
        "listing": person.listing,
        "values": {
            field: {
                "value": getattr(person, field),
                "origin": said[field].origin if field in said else None,
                "feed": said[field].feed if field in said else None,
                "stated_on": said[field].stated_on if field in said else None,
            }
            for field in FIELD_POLICY
        },
    }


def _sources(person_id: UUID) -> Iterator[dict[str, Any]]:
    records = SourceRecord.objects.filter(subject_id=person_id, kind="person")
    for record in records.select_related("feed__organisation", "run").order_by("pk"):
        yield {
            "origin": record.origin,
            "feed": record.feed.slug if record.feed else None,
            "organisation": record.feed.organisation.name if record.feed else None,
            "state": record.state,
            "stated_on": record.stated_on,
            "run": record.run_id,
            "run_received_at": record.run.received_at if record.run else None,
            "statement": record.statement,
        }


def _posts(ids: list[UUID]) -> Iterator[dict[str, Any]]:
    held = Appointment.objects.filter(person__in=ids).select_related("post__team__organisation")
    for appointment in held:
        yield {
            "title": appointment.post.title,
            "team": appointment.post.team.name,
            "organisation": appointment.post.team.organisation.name,
            "kind": appointment.kind,
            "fte": appointment.fte,
            "starts_on": appointment.starts_on,
            "first_stated_on": appointment.first_stated_on,
            "ends_on": appointment.ends_on,
        }


def _expertise(person_id: UUID) -> Iterator[dict[str, Any]]:
    for claim in Expertise.objects.filter(person=person_id).select_related("tag", "source"):
        yield {
            "tag": claim.tag.preferred_label,
            "level": claim.level,
            "origin": claim.source.origin if claim.source else None,
            "stated_at": claim.stated_at,
        }


def _audiences(person: Person) -> dict[str, Any]:
    """What they chose; that a curator holds them to less, not why: others may be named there."""
    chosen = FieldAudience.objects.filter(person=person)
    hold = ListingHold.objects.filter(person=person).first()
    return {
        "chosen": dict(chosen.values_list("field", "audience")),
        "can_be_chosen": sorted(NARROWABLE_FIELDS),
        "held_to": hold.listing if hold else None,
    }


def _changes(person_id: UUID) -> Iterator[dict[str, Any]]:
    """Every change of the record, the oldest first, with the run that made it."""
    events: Any = Person.pgh_event_model  # type: ignore[attr-defined] # by pghistory
    before: dict[str, Any] = {}
    of_person = events.objects.filter(pgh_obj_id=person_id).select_related("pgh_context")
    for event in of_person.order_by("pgh_id"):
        said = event.pgh_context.metadata if event.pgh_context else {}
        image = _told(event)
        yield {
            "at": event.pgh_created_at,
            "done": event.pgh_label,
            "run": said.get("run"),
            "by_oneself": "own_record" in said,
            "changed": {
                name: value
                for name, value in image.items()
                if name not in before or before[name] != value
            },
        }
        before = image


def _told(event: Any) -> dict[str, Any]:
    """The columns of an image of the record that say something to its person."""
    return {
        field.name: getattr(event, field.attname)
        for field in event._meta.concrete_fields
        if not field.name.startswith("pgh_") and field.name not in _UNTOLD
    }


def _looks(ids: list[UUID]) -> Iterator[dict[str, Any]]:
    for one in ids:
        for look in looks_at(person_id=one):
            yield {"at": look.at, "by": look.by, "what": look.what}
