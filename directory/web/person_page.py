"""What a person's page shows, read in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from directory import visibility
from directory.models import Appointment, Expertise, Location, Person
from directory.visibility import Viewer
from directory.web.person_card import (
    Face,
    face_of_person,
    share_note,
    ways_of,
)
from directory.web.places import TeamPlace, person_url, read_places
from directory.web.provenance import Provenance, read_provenance
from directory.web.reach import Way
from directory.web.reporting import (
    Holder,
    PostLine,
    grade_of,
    holder_of,
    read_holders,
    read_reporting,
)


class PersonNotFound(Exception):
    """No such person exists for this viewer."""


class PersonMerged(Exception):
    """The record is part of another now; `survivor_url` is where."""

    def __init__(self, *, survivor_url: str) -> None:
        super().__init__(survivor_url)
        self.survivor_url = survivor_url


@dataclass(frozen=True, slots=True)
class HeldPost:
    """
    A post the person holds or held.

    share: kind and working share where not full-time and substantive.
    since: as a source states it; seen_since: first delivery that named them in it.
    expected_end: when a source says they will stop, as loans and secondments do.
    now_held_by: who holds it today, for a post held before.
    """

    title: str
    place: TeamPlace
    grade: str
    profession: str
    location: str
    share: str
    responsibilities: str
    since: date | None
    seen_since: date
    until: date | None
    expected_end: date | None
    now_held_by: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTag:
    """An expertise the person claims."""

    label: str
    level: str
    endorsements: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """
    A person as the viewer sees them.

    name_of_record: how HR writes the name, where they are called something else.
    managers: the posts that the person's posts report to. reports: those that report to them.
    """

    person_id: UUID
    name: str
    given_name: str
    family_name: str
    honorific: str
    name_of_record: str
    face: Face
    pronouns: str
    has_left: bool
    left_on: date | None
    ways: tuple[Way, ...]
    posts: tuple[HeldPost, ...]
    posts_before: tuple[HeldPost, ...]
    managers: tuple[PostLine, ...]
    reports: tuple[PostLine, ...]
    working_days: str
    languages: str
    bio: str
    expertise: tuple[KnownTag, ...]
    provenance: Provenance

    @property
    def has_responsibilities(self) -> bool:
        """Whether any post held now says what it is for."""
        return any(post.responsibilities for post in self.posts)


def read_person_page(*, viewer: Viewer, person_id: UUID) -> PersonPage:
    """
    The page of one person, in twelve queries at most.

    :raises PersonMerged: if the record is part of another that the viewer may see.
    :raises PersonNotFound: if no such person exists for this viewer.
    """
    person = read_person(viewer=viewer, person_id=person_id)
    hidden = visibility.hidden_fields(viewer=viewer, person_ids=[person.pk]).get(
        person.pk, frozenset()
    )
    held = _appointments(person)
    current = [appointment for appointment in held if appointment.ends_on is None]
    managers, reports = read_reporting(viewer=viewer, posts=[a.post for a in current])
    posts, posts_before = _posts(viewer=viewer, person=person, held=held)

    def shown(field: str) -> str:
        return "" if field in hidden else str(getattr(person, field))

    return PersonPage(
        person_id=person.pk,
        name=person.display_name,
        given_name=person.preferred_name or person.given_name,
        family_name=person.family_name,
        honorific=person.honorific,
        name_of_record=_name_of_record(person),
        face=face_of_person(person),
        pronouns=shown("pronouns"),
        has_left=person.status == Person.Status.LEFT,
        left_on=person.left_on,
        ways=ways_of(person=person, hidden=hidden, posts=current),
        posts=posts,
        posts_before=posts_before,
        managers=managers,
        reports=reports,
        working_days=shown("working_days"),
        languages=shown("languages"),
        bio=shown("bio"),
        expertise=() if "expertise" in hidden else _expertise(person),
        provenance=read_provenance(person=person, hidden=hidden, posts=current),
    )


def read_person(*, viewer: Viewer, person_id: UUID) -> Person:
    """
    The person with this id; whoever does not exist for the viewer costs the same to look for.

    :raises PersonMerged: if the record is part of another that the viewer may see.
    :raises PersonNotFound: if no such person exists for this viewer.
    """
    visible = visibility.visible_people(viewer=viewer)
    person = visible.filter(pk=person_id).first()
    if person is not None:
        return person
    survivor = visible.filter(merged_people=person_id).first()
    if survivor is not None:
        raise PersonMerged(survivor_url=person_url(survivor.pk))
    raise PersonNotFound


def _appointments(person: Person) -> Sequence[Appointment]:
    """Everything the person holds or held: now first, then the newest."""
    return list(
        Appointment.objects.filter(person=person)
        .select_related("post", "post__grade", "post__profession", "post__location")
        .order_by("-first_stated_on", "-fte", "id")
    )


def _posts(
    *, viewer: Viewer, person: Person, held: Sequence[Appointment]
) -> tuple[tuple[HeldPost, ...], tuple[HeldPost, ...]]:
    """What the person holds, and what they held before, the newest end first."""
    places = read_places(team_ids={appointment.post.team_id for appointment in held})
    ended = [appointment for appointment in held if appointment.ends_on is not None]
    ended.sort(key=lambda appointment: appointment.ends_on or date.max, reverse=True)
    holders = read_holders(viewer=viewer, post_ids={a.post_id for a in ended})
    now = [_held_post(a, places) for a in held if a.ends_on is None]
    before = [
        _held_post(a, places, [h for h in holders.get(a.post_id, ()) if h.person_id != person.pk])
        for a in ended
    ]
    return tuple(now), tuple(before)


def _held_post(
    appointment: Appointment,
    places: Mapping[UUID, TeamPlace],
    holders: Sequence[Appointment] = (),
) -> HeldPost:
    post = appointment.post
    return HeldPost(
        title=post.title or "Untitled post",
        place=places[post.team_id],
        grade=grade_of(post),
        profession=post.profession.name if post.profession else post.profession_stated,
        location=_location(post.location),
        share=share_note(appointment),
        responsibilities=post.responsibilities,
        since=appointment.starts_on,
        seen_since=appointment.first_stated_on,
        until=appointment.ends_on,
        expected_end=appointment.expected_end_on,
        now_held_by=tuple(holder_of(other.person) for other in holders),
    )


def _location(location: Location | None) -> str:
    """Building, then city where the building's name does not say it already."""
    if location is None:
        return ""
    if location.city and location.city.lower() not in location.name.lower():
        return f"{location.name}, {location.city}"
    return location.name


def _expertise(person: Person) -> tuple[KnownTag, ...]:
    claims = (
        Expertise.objects.filter(person=person)
        .select_related("tag", "tag__merged_into")
        .annotate(endorsed=Count("endorsements"))
        .order_by("tag__preferred_label")
    )
    return tuple(
        KnownTag(
            label=(claim.tag.merged_into or claim.tag).preferred_label,
            level=claim.get_level_display() if claim.level else "",
            endorsements=claim.endorsed,
        )
        for claim in claims
    )


def _name_of_record(person: Person) -> str:
    """Title, given and family name as HR writes them, where that is not the name shown."""
    record = f"{person.given_name} {person.family_name}".strip()
    return record if record and record != person.display_name else ""
