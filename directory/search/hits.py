"""What a page of hits shows of each person: names, address, current posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from directory.appointments import HeldPost, held_posts
from directory.models import Person
from directory.search.ranking import Explanation
from directory.visibility import Viewer, hidden_fields, visible_people


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A person found. `email` is empty where there is none for this viewer.

    explanation: what earned them their place; None unless asked for, or where names order people.
    """

    person_id: UUID
    display_name: str
    preferred_name: str
    given_name: str
    family_name: str
    email: str
    posts: tuple[HeldPost, ...]
    explanation: Explanation | None = None


def show(
    *, viewer: Viewer, person_ids: Sequence[UUID], explained: Mapping[UUID, Explanation]
) -> tuple[Hit, ...]:
    """
    The people of one page, in this order; four queries however many there are.

    Somebody hidden since they were found is left out.
    """
    people = visible_people(viewer=viewer).in_bulk(person_ids)
    hidden = hidden_fields(viewer=viewer, person_ids=person_ids)
    posts = held_posts(person_ids=person_ids)
    return tuple(
        _hit(
            people[person_id],
            hidden.get(person_id, frozenset()),
            posts.get(person_id, ()),
            explained.get(person_id),
        )
        for person_id in person_ids
        if person_id in people
    )


def _hit(
    person: Person,
    hidden: frozenset[str],
    posts: tuple[HeldPost, ...],
    explanation: Explanation | None,
) -> Hit:
    return Hit(
        person_id=person.pk,
        display_name=person.display_name,
        preferred_name=person.preferred_name,
        given_name=person.given_name,
        family_name=person.family_name,
        email="" if "email" in hidden else person.email,
        posts=posts,
        explanation=explanation,
    )
