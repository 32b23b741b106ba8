"""Noting who looked at whom, and telling the people it was about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from directory.alerts import alert_of_canary
from directory.models import Credential, Look
from directory.visibility import Viewer

#: Of what a machine asked, so many letters are kept.
_ASKED_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class LookAtMe:
    """A look at one's own record: when, by whom, what they did."""

    at: datetime
    by: str
    what: str


def note_look(
    *, viewer: Viewer, what: Look.What, person_id: UUID | None = None, asked: str = ""
) -> None:
    """Keep that the viewer looked; looks at one's own record are nobody's business."""
    if viewer.user_id is None or (person_id is not None and person_id == viewer.person_id):
        return
    if person_id is not None:
        alert_of_canary(by_id=viewer.user_id, person_id=person_id, now=timezone.now())
    Look.objects.create(
        by_id=viewer.user_id,
        credential_id=viewer.credential_id,
        what=what,
        person_id=person_id,
        asked=asked[:_ASKED_LENGTH],
    )


def note_export(*, by: User, viewer: Viewer, person_ids: Collection[UUID]) -> None:
    """Keep that somebody, as this viewer, downloaded a list in which these people are."""
    Look.objects.bulk_create(
        Look(by=by, what=Look.What.EXPORT, person_id=person_id)
        for person_id in person_ids
        if person_id != viewer.person_id
    )


def looks_at(
    *, person_id: UUID, since: datetime | None = None, most: int | None = None
) -> list[LookAtMe]:
    """Who looked at a record, since then or ever, the newest first; two queries."""
    found = Look.objects.filter(person_id=person_id)
    if since is not None:
        found = found.filter(at__gte=since)
    looks = list(found.select_related("by").order_by("-at")[:most])
    machines = machine_names(credential_ids={look.credential_id for look in looks})
    return [
        LookAtMe(at=look.at, by=looker(look=look, machines=machines), what=look.get_what_display())
        for look in looks
    ]


def machine_names(*, credential_ids: set[UUID | None]) -> dict[UUID, str]:
    """What the machines of these credentials are called, of those that are not withdrawn."""
    ids = [one for one in credential_ids if one]
    return dict(Credential.objects.filter(pk__in=ids).values_list("pk", "name"))


def looker(*, look: Look, machines: dict[UUID, str]) -> str:
    """Who looked: an address, or what the machine is called."""
    if look.credential_id is None:
        return look.by.email
    return machines.get(look.credential_id, "a machine whose token was withdrawn")
