"""Somebody in a list: who, what, where, how to reach."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from directory.appointments import HeldPost, RecordedPost
from directory.models import Appointment, Person, Post
from directory.search.hits import Hit
from directory.search.ranking import Explanation
from directory.web.places import Place, organisation_url, person_url, team_url
from directory.web.reach import Way, email_way, phone_way

#: How many colours `static/css/avatar.css` has for initials.
_TONES = 5


@dataclass(frozen=True, slots=True)
class Face:
    """What stands for a person until there is a photo."""

    initials: str
    tone: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """
    A person as a list shows them.

    place: the teams and the organisation of the post shown, nearest first.
    facts: grade, location, working share: short and in this order.
    more_posts: how many other posts they hold.
    explanation: what earned them their place in a search, where that was asked.
    """

    name: str
    url: str
    face: Face
    title: str
    place: tuple[Place, ...]
    facts: tuple[str, ...]
    ways: tuple[Way, ...]
    more_posts: int = 0
    explanation: Explanation | None = None


def face_of(
    *, person_id: UUID, preferred_name: str, given_name: str, family_name: str, display_name: str
) -> Face:
    """Initials as the person is called, and a colour that stays with their id."""
    called = preferred_name or given_name
    words = [called, family_name] if called and family_name else display_name.split()
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return Face(initials="".join(word[0] for word in ends).upper(), tone=person_id.int % _TONES + 1)


def face_of_person(person: Person) -> Face:
    """The same from a whole person."""
    return face_of(
        person_id=person.pk,
        preferred_name=person.preferred_name,
        given_name=person.given_name,
        family_name=person.family_name,
        display_name=person.display_name,
    )


def ways_of(
    *, person: Person, hidden: frozenset[str], posts: Sequence[Post | RecordedPost]
) -> tuple[Way, ...]:
    """
    How to reach a person, addresses first.

    The contact of a post stands in where the person has none of their own to show: what
    somebody hides is as if it were not there. A post's contact that is the very value
    they hide stays hidden as well.
    """
    own = {field: getattr(person, field) for field in ("email", "phone", "mobile")}
    secret = {_alike(value) for field, value in own.items() if value and field in hidden}
    shown = {field: "" if field in hidden else value for field, value in own.items()}
    ways: list[Way] = []
    for field, make, stand_in in (
        ("email", email_way, "contact_email"),
        ("phone", phone_way, "contact_phone"),
    ):
        if shown[field]:
            ways.append(make(shown[field]))
            continue
        of_posts = dict.fromkeys(getattr(post, stand_in) for post in posts)
        ways += [
            make(value, of_post=True) for value in of_posts if value and _alike(value) not in secret
        ]
    if shown["mobile"]:
        ways.append(phone_way(shown["mobile"], label="Mobile"))
    return tuple(ways)


def _alike(contact: str) -> str:
    """The same for two spellings of one address or number."""
    if "@" in contact:
        return contact.strip().lower()
    # However the prefix is written, the last nine digits tell numbers of a country apart.
    return re.sub(r"\D", "", contact)[-9:]


def share_note(held: Appointment | HeldPost) -> str:
    """How the post is held where that is not full-time and substantive: "job share, 0.6 FTE"."""
    words = []
    if held.kind != Appointment.Kind.SUBSTANTIVE:
        words.append(Appointment.Kind(held.kind).label)
    if held.fte is not None and held.fte != 1:
        words.append(f"{held.fte.normalize():f} FTE")
    return ", ".join(words)


def person_card(
    *,
    person: Person,
    posts: Sequence[Appointment],
    hidden: frozenset[str],
    place: tuple[Place, ...],
) -> PersonCard:
    """
    The card of one person.

    posts: the appointments to take title, facts and contact from; the first is shown.
    """
    shown = posts[0] if posts else None
    facts: list[str] = []
    if shown is not None:
        grade = shown.post.grade.name if shown.post.grade else shown.post.grade_stated
        where = shown.post.location.name if shown.post.location else ""
        facts = [fact for fact in (grade, where, share_note(shown)) if fact]
    return PersonCard(
        name=person.display_name,
        url=person_url(person.pk),
        face=face_of_person(person),
        title=shown.post.title if shown else "",
        place=place,
        facts=tuple(facts),
        ways=ways_of(person=person, hidden=hidden, posts=[held.post for held in posts]),
        more_posts=max(0, len(posts) - 1),
    )


def card_of_hit(hit: Hit) -> PersonCard:
    """The card of somebody search found, from what it says of them alone."""
    held = hit.posts[0] if hit.posts else None
    place: tuple[Place, ...] = ()
    facts: tuple[str, ...] = ()
    if held is not None:
        place = (
            Place(label=held.team_name, url=team_url(held.team_path)),
            Place(label=held.organisation_name, url=organisation_url(held.organisation_slug)),
        )
        facts = tuple(fact for fact in (held.grade_name, held.location_name) if fact)
    return PersonCard(
        name=hit.display_name,
        url=person_url(hit.person_id),
        face=face_of(
            person_id=hit.person_id,
            preferred_name=hit.preferred_name,
            given_name=hit.given_name,
            family_name=hit.family_name,
            display_name=hit.display_name,
        ),
        title=held.title if held else "",
        place=place,
        facts=facts,
        ways=(email_way(hit.email),) if hit.email else (),
        more_posts=max(0, len(hit.posts) - 1),
        explanation=hit.explanation,
    )
