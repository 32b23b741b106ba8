"""What a person's page shows, read in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from directory import visibility
from directory.appointments import RecordedPost, all_posts
from directory.models import Appointment, Expertise, Person, Team
from directory.seen.people import visible_person
from directory.visibility import Viewer
from directory.web.person_card import (
    Face,
    face_of_person,
    share_note,
    ways_of,
)
from directory.web.places import Place, TeamPlace, read_places, tag_place
from directory.web.provenance import Provenance, read_provenance
from directory.web.reach import Way
from directory.web.reporting import (
    Holder,
    PostLine,
    holder_of,
    read_holders,
    read_reporting,
)


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
    """An expertise the person claims, with the page of its tag."""

    tag: Place
    level: str
    endorsements: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """
    A person as the viewer sees them.

    name_of_record: how HR writes the name, where they are called something else.
    is_curated: the viewer curates an organisation that they work in.
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
    is_curated: bool

    @property
    def has_responsibilities(self) -> bool:
        """Whether any post held now says what it is for."""
        return any(post.responsibilities for post in self.posts)


def read_person_page(*, viewer: Viewer, person_id: UUID) -> PersonPage:
    """
    The page of one person, in twelve queries at most.

    :raises PersonMerged: if the record is part of another that the viewer may see.
    :raises Person.DoesNotExist: if no such person exists for this viewer.
    """
    person = visible_person(viewer=viewer, person_id=person_id)
    hidden = visibility.hidden_fields(viewer=viewer, person_ids=[person.pk]).get(
        person.pk, frozenset()
    )
    held = all_posts(person_ids=[person.pk]).get(person.pk, ())
    current = [post for post in held if post.until_date is None]
    managers, reports = read_reporting(viewer=viewer, posts=current)
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
        is_curated=person.pk != viewer.person_id and _is_curated(viewer, current),
    )


def _posts(
    *, viewer: Viewer, person: Person, held: Sequence[RecordedPost]
) -> tuple[tuple[HeldPost, ...], tuple[HeldPost, ...]]:
    """What the person holds, and what they held before, the newest end first."""
    places = read_places(team_ids={post.team_id for post in held})
    ended = [post for post in held if post.until_date is not None]
    ended.sort(key=lambda post: post.until_date or date.max, reverse=True)
    holders = read_holders(viewer=viewer, post_ids={post.post_id for post in ended})
    now = [_held_post(post, places) for post in held if post.until_date is None]
    before = [
        _held_post(
            post, places, [h for h in holders.get(post.post_id, ()) if h.person_id != person.pk]
        )
        for post in ended
    ]
    return tuple(now), tuple(before)


def _held_post(
    post: RecordedPost,
    places: Mapping[UUID, TeamPlace],
    holders: Sequence[Appointment] = (),
) -> HeldPost:
    return HeldPost(
        title=post.title or "Untitled post",
        place=places[post.team_id],
        grade=post.grade_name or post.grade_stated,
        profession=post.profession_name or post.profession_stated,
        location=_location(post),
        share=share_note(post),
        responsibilities=post.responsibilities,
        since=post.from_date,
        seen_since=post.first_stated_on,
        until=post.until_date,
        expected_end=post.expected_end_on,
        now_held_by=tuple(holder_of(other.person) for other in holders),
    )


def _is_curated(viewer: Viewer, held: Sequence[RecordedPost]) -> bool:
    """Asked of curators alone, so that it costs nobody else a query."""
    teams = Team.objects.filter(organisation__in=viewer.curated_ids)
    return bool(viewer.curated_ids) and teams.filter(pk__in=[p.team_id for p in held]).exists()


def _location(post: RecordedPost) -> str:
    """Building, then city where the building's name does not say it already."""
    name, city = post.location_name, post.location_city
    return f"{name}, {city}" if city and city.lower() not in name.lower() else name


def _expertise(person: Person) -> tuple[KnownTag, ...]:
    claims = (
        Expertise.objects.filter(person=person)
        .select_related("tag", "tag__merged_into")
        .annotate(endorsed=Count("endorsements"))
        .order_by("tag__preferred_label")
    )
    return tuple(
        KnownTag(
            tag=tag_place(claim.tag.merged_into or claim.tag),
            level=claim.get_level_display() if claim.level else "",
            endorsements=claim.endorsed,
        )
        for claim in claims
    )


def _name_of_record(person: Person) -> str:
    """Title, given and family name as HR writes them, where that is not the name shown."""
    record = f"{person.given_name} {person.family_name}".strip()
    return record if record and record != person.display_name else ""
