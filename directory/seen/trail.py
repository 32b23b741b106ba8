"""
The trail as auditors read it: what was done, by whom, to what, and who looked.

What runs of feeds did stands on the pages of the runs; here it is among the history of one thing
alone. Of people no value is told, and of those who do not exist for the reader no name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, OuterRef, Q, Subquery

from accounts.models import User
from directory.changes.trail import MACHINE_KEYS
from directory.formula_safe import BYTE_ORDER_MARK, csv_line
from directory.looks import looker, machine_names
from directory.models import (
    Credential,
    Feed,
    FieldAudience,
    Grant,
    GrantProposal,
    ListingHold,
    Look,
    Organisation,
    OrganisationAudience,
    Person,
    RecordOwner,
    SearchExport,
    Team,
)
from directory.postgresql.acting import EVERYBODY, acting_for
from directory.visibility import Viewer, visible_people

#: What the trail is read of, by what pages call it.
NOUNS: Final[Mapping[str, type[Model]]] = {
    "person": Person,
    "team": Team,
    "organisation": Organisation,
    "feed": Feed,
    "credential": Credential,
    "role": Grant,
    "proposal": GrantProposal,
    "record owner": RecordOwner,
    "audience": FieldAudience,
    "usual audience": OrganisationAudience,
    "listing hold": ListingHold,
}

_DEEDS: Final = {"insert": "made", "update": "changed", "delete": "deleted"}
#: Columns that say nothing to a reader.
_UNTOLD: Final = frozenset({"updated_at", "provenance", "token_digest", "path"})
_COLUMNS: Final = ("When", "Who", "What", "Which", "Done", "Changed", "Why")


@dataclass(frozen=True, slots=True)
class TrailLine:
    """
    One thing that was done.

    by: an address; empty where nobody signed in did it, as an operator or a worker.
    which: what people call the thing, or its id. changed: columns, with values but for people.
    """

    at: datetime
    by: str
    noun: str
    which: str
    done: str
    changed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrailQuestion:
    """
    What is asked of the trail. since, before: the days. by: whose deeds; None for everybody's.

    noun, object_id: of which thing; both or neither.
    """

    since: datetime
    before: datetime
    by: User | None = None
    noun: str = ""
    object_id: str = ""


def read_trail(*, viewer: Viewer, question: TrailQuestion, most: int) -> list[TrailLine]:
    """The newest lines that fit, `most` at most; a few queries for each noun."""
    nouns = [question.noun] if question.noun else list(NOUNS)
    lines = [line for noun in nouns for line in _deeds(viewer, question, noun, most)]
    lines += _looks(question, most)
    if not question.noun:
        lines += _exports(question, most)
    return sorted(lines, key=attrgetter("at"), reverse=True)[:most]


def write_trail(*, lines: Iterable[TrailLine]) -> Iterator[str]:
    """The lines as CSV, safe to open in a spreadsheet."""
    yield BYTE_ORDER_MARK + csv_line(cells=_COLUMNS)
    for line in lines:
        changed = "; ".join(line.changed)
        yield csv_line(
            cells=(
                line.at.isoformat(), line.by, line.noun, line.which, line.done, changed, line.reason
            )
        )  # fmt: skip


def _deeds(viewer: Viewer, question: TrailQuestion, noun: str, most: int) -> Iterator[TrailLine]:
    events: Any = NOUNS[noun].pgh_event_model  # type: ignore[attr-defined] # by pghistory
    found = events.objects.filter(
        pgh_created_at__gte=question.since, pgh_created_at__lt=question.before
    )
    if question.object_id:
        found = found.filter(pgh_obj_id=question.object_id)
    else:
        found = found.exclude(pgh_context__metadata__has_any_keys=list(MACHINE_KEYS))
    if question.by:
        found = found.filter(pgh_context__metadata__user=question.by.pk)
    newest = list(found.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[:most])
    before = _images_before(events, newest)
    shown = _names(viewer, noun, newest)
    addresses = _addresses(newest)
    for event in newest:
        said = event.pgh_context.metadata if event.pgh_context else {}
        yield TrailLine(
            at=event.pgh_created_at,
            by=addresses.get(said.get("user"), ""),
            noun=noun,
            which=shown.get(event.pgh_obj_id, str(event.pgh_obj_id)),
            done=_DEEDS[event.pgh_label],
            changed=tuple(_changes(event, before.get(event.pgh_id), tells=noun != "person")),
            reason=str(said.get("reason", "")),
        )


def _images_before(events: Any, newest: Sequence[Any]) -> dict[int, Any]:
    """The event before each that changed something, of the same thing; two queries."""
    changed = [event.pgh_id for event in newest if event.pgh_label == "update"]
    earlier = events.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    ).order_by("-pgh_id")
    before = dict(
        events.objects.filter(pgh_id__in=changed).values_list(
            "pgh_id", Subquery(earlier.values("pgh_id")[:1])
        )
    )
    images = events.objects.in_bulk([one for one in before.values() if one])
    return {event_id: images[one] for event_id, one in before.items() if one}


def _changes(event: Any, before: Any, *, tells: bool) -> Iterator[str]:
    """Which columns differ from the image before, and how, where that is told."""
    if before is None:
        return
    for field in event._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in _UNTOLD:
            continue
        old, new = getattr(before, field.attname), getattr(event, field.attname)
        if old != new:
            name = field.name.replace("_", " ")
            yield f"{name}: {_said(old)} → {_said(new)}" if tells else name


def _said(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)[:100]


def _names(viewer: Viewer, noun: str, events: Sequence[Any]) -> dict[Any, str]:
    """What to call the things; people by name only where they exist for the reader."""
    if noun == "person":
        ids = {event.pgh_obj_id for event in events}
        people = visible_people(viewer=viewer).filter(pk__in=ids)
        return dict(people.values_list("pk", "display_name"))
    if noun in ("role", "proposal"):
        holders = dict(
            User.objects.filter(pk__in={event.user_id for event in events}).values_list(
                "pk", "email"
            )
        )
        return {
            event.pgh_obj_id: f"{holders.get(event.user_id, event.user_id)},"
            f" {getattr(event, 'role', 'administrator')}"
            for event in events
        }
    if noun == "record owner":
        owners = User.objects.filter(pk__in={event.user_id for event in events})
        addresses = dict(owners.values_list("pk", "email"))
        return {event.pgh_obj_id: addresses.get(event.user_id, "") for event in events}
    if noun in ("audience", "usual audience"):
        whose = "person_id" if noun == "audience" else "organisation_id"
        return {event.pgh_obj_id: f"{event.field} of {getattr(event, whose)}" for event in events}
    named = ("name", "slug")
    return {
        event.pgh_obj_id: next(str(v) for n in named if (v := getattr(event, n, "")))
        for event in events
        if any(getattr(event, name, "") for name in named)
    }


def _addresses(events: Sequence[Any]) -> dict[Any, str]:
    users = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return dict(User.objects.filter(pk__in=users - {None}).values_list("pk", "email"))


def _looks(question: TrailQuestion, most: int) -> Iterator[TrailLine]:
    if question.noun not in ("", "person"):
        return
    about = Q(person_id=UUID(question.object_id)) if question.object_id else Q()
    if question.by:
        about &= Q(by=question.by)
    # To others the database shows only looks of theirs, and at them.
    with acting_for(EVERYBODY):
        looks = list(
            Look.objects.filter(about, at__gte=question.since, at__lt=question.before)
            .select_related("by")
            .order_by("-at")[:most]
        )
    machines = machine_names(credential_ids={look.credential_id for look in looks})
    for look in looks:
        yield TrailLine(
            at=look.at,
            by=looker(look=look, machines=machines),
            noun="look",
            which=str(look.person_id) if look.person_id else look.asked,
            done=look.get_what_display(),
        )


def _exports(question: TrailQuestion, most: int) -> Iterator[TrailLine]:
    made = SearchExport.objects.filter(at__gte=question.since, at__lt=question.before)
    if question.by:
        made = made.filter(by=question.by)
    for export in made.select_related("by").order_by("-at")[:most]:
        yield TrailLine(
            at=export.at,
            by=export.by.email,
            noun="download",
            which=export.words,
            done=f"took {export.people} people",
            reason=export.reason,
        )
