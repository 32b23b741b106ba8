"""What the page of one's own record shows: every detail, who said it, and who sees it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst

from directory.changes.own_words import own_record
from directory.curating.own_record import LISTED_AS, own_person_id
from directory.curating.own_statement import gaps
from directory.looks import LookAtMe, looks_at
from directory.models import (
    Expertise,
    FieldAudience,
    OrganisationAudience,
    Person,
    SourceRecord,
)
from directory.seen.provenance import source_records, stated_fields
from directory.visibility import LISTING, NARROWABLE_FIELDS, Viewer
from directory.web.places import Place, person_url
from directory.web.provenance import FIELD_LABELS, source_name

#: Looks of so long are shown, and so many.
LOOKS_FOR: Final = timedelta(days=90)
MOST_LOOKS: Final = 100

#: What each listing means for its person, in a sentence.
LISTINGS: Final = {
    Person.Listing.GOVERNMENT: "Everyone in government can find you and open your page.",
    Person.Listing.ORGANISATION: "Only people of your own organisation can find you.",
    Person.Listing.UNLISTED: "Nobody but you can find you or open your page.",
    Person.Listing.PROTECTED: "You are protected: for everybody but you, you are not here.",
}


@dataclass(frozen=True, slots=True)
class OwnDetail:
    """
    One detail of the record.

    field: empty for what is seen whenever the person is. said_by: empty where nobody said it.
    audience: of their choice; empty where they chose none and it is shown as their organisation
    has it. usual: what that is called, where their organisation says something.
    """

    label: str
    value: str
    field: str
    said_by: str
    said_on: date | None
    audience: str
    usual: str


@dataclass(frozen=True, slots=True)
class OwnRecordPage:
    """
    The record, as its owner sees it.

    gaps: what is missing that would help, each with its label and where to fill it in.
    confirmed_on: when they said something last, or that all was right.
    wanted: the audience that they chose for the record itself. may_choose: they may choose one.
    is_held: others hold them to a narrower listing than they chose.
    """

    name: str
    url: str
    listed_for: str
    is_listed: bool
    gaps: tuple[Place, ...]
    confirmed_on: date | None
    wanted: str
    may_choose: bool
    is_held: bool
    details: tuple[OwnDetail, ...]
    looks: tuple[LookAtMe, ...]
    audiences: tuple[tuple[str, str], ...] = tuple(FieldAudience.Audience.choices)
    finders: tuple[tuple[str, str], ...] = tuple(
        (audience.value, audience.label) for audience in LISTED_AS
    )
    seen_as: tuple[tuple[str, str], ...] = (
        ("government", "anyone in government"),
        ("organisation", "somebody in your organisation"),
        ("team", "somebody in your team"),
        ("curators", "a curator of your organisation"),
    )


def read_own_record(*, viewer: Viewer, now: datetime) -> OwnRecordPage:
    """
    The record of whoever asks, in eight queries.

    :raises NoOwnRecord: if they have none.
    """
    person = Person.objects.get(pk=own_person_id(viewer=viewer))
    stated = stated_fields(person=person, hidden=frozenset())
    sources = {
        record.pk: record
        for record in source_records(source_ids={said.source_id for said in stated.values()})
    }
    chosen = dict(FieldAudience.objects.filter(person=person).values_list("field", "audience"))
    usual = _usual(viewer)

    def audience_of(field: str) -> str:
        everybody = "" if field in usual else FieldAudience.Audience.GOVERNMENT.value
        return chosen.get(field, everybody)

    def detail(field: str, label: str) -> OwnDetail:
        said = stated.get(field)
        source: SourceRecord | None = sources.get(said.source_id) if said else None
        return OwnDetail(
            label=label,
            value=str(getattr(person, field)),
            field=field if field in NARROWABLE_FIELDS else "",
            said_by=capfirst(source_name(source)) if source else "",
            said_on=said.stated_on if said and source else None,
            audience=audience_of(field),
            usual=usual.get(field, ""),
        )

    details = [detail(field, label) for field, label in FIELD_LABELS.items()]
    details.append(
        OwnDetail(
            label="Expertise",
            value=_expertise(person.pk),
            field="expertise",
            said_by="",
            said_on=None,
            audience=audience_of("expertise"),
            usual=usual.get("expertise", ""),
        )
    )
    wanted = FieldAudience.Audience(chosen.get(LISTING, FieldAudience.Audience.GOVERNMENT))
    own = own_record(person_id=person.pk)
    return OwnRecordPage(
        name=person.display_name,
        url=person_url(person.pk),
        listed_for=LISTINGS[Person.Listing(person.listing)],
        is_listed=person.listing in (Person.Listing.GOVERNMENT, Person.Listing.ORGANISATION),
        gaps=tuple(map(_gap, gaps(person=person, knows_something=bool(details[-1].value)))),
        confirmed_on=own.stated_on if own else None,
        wanted=wanted.value,
        may_choose=person.listing != Person.Listing.PROTECTED,
        is_held=LISTED_AS[wanted] != person.listing,
        details=tuple(details),
        looks=tuple(looks_at(person_id=person.pk, since=now - LOOKS_FOR, most=MOST_LOOKS)),
    )


def _gap(field: str) -> Place:
    label = FIELD_LABELS.get(field, field.capitalize())
    if field == "expertise":
        return Place(label=label, url=reverse("directory:own-expertise"))
    return Place(label=label, url=f"{reverse('directory:edit-own-record')}#id_{field}")


def _usual(viewer: Viewer) -> dict[str, str]:
    """What the person's organisations show by default, by field, as pages call the audience."""
    said = OrganisationAudience.objects.filter(organisation__in=viewer.organisation_ids)
    narrowest: dict[str, int] = {}
    order = FieldAudience.Audience.values
    for field, audience in said.values_list("field", "audience"):
        narrowest[field] = max(narrowest.get(field, 0), order.index(audience))
    return {field: FieldAudience.Audience.labels[at] for field, at in narrowest.items()}


def _expertise(person_id: UUID) -> str:
    claims = Expertise.objects.filter(person=person_id).order_by("tag__preferred_label")
    return ", ".join(claims.values_list("tag__preferred_label", flat=True))
