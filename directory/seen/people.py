"""People as one viewer sees them, whole pages of them in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from directory.appointments import HeldPost, all_posts, held_posts
from directory.models import Expertise, Person
from directory.search import find
from directory.search.cursors import read_cursor, write_cursor
from directory.search.facets import COUNTED
from directory.seen.provenance import Provenance, provenance_of
from directory.visibility import (
    NAME_FIELDS,
    NARROWABLE_FIELDS,
    Viewer,
    hidden_fields,
    visible_people,
)

_EVERYONE: Final = "everyone"
_TEXT_FIELDS: Final = NAME_FIELDS | NARROWABLE_FIELDS - {"expertise"}


@dataclass(frozen=True, slots=True)
class SeenExpertise:
    """A claim on a tag; `level` is empty where none is stated."""

    slug: str
    label: str
    level: str


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """
    A person as the viewer sees them.

    Text that is not stated is empty, and so is text this viewer may not see:
    a difference between the two would tell that there is something.
    """

    id: UUID
    display_name: str
    given_name: str
    family_name: str
    preferred_name: str
    honorific: str
    pronouns: str
    email: str
    phone: str
    mobile: str
    working_days: str
    languages: str
    bio: str
    status: str
    updated_at: datetime
    posts: tuple[HeldPost, ...]
    expertise: tuple[SeenExpertise, ...]


@dataclass(frozen=True, slots=True)
class SeenRecord(SeenPerson):
    """
    All that the viewer sees of one person.

    posts_before: posts they held, the last first.
    provenance: by field, of every one with a value that the viewer may see.
    """

    posts_before: tuple[HeldPost, ...]
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True, slots=True)
class PageOfPeople:
    """
    One page of a list.

    total: everybody on all pages, and facets: filter name to its values; of searches alone,
        as are is_about, is_closest, related and nothing_found, see `find.Found`.
    explained: what earned each of them their place, where that was asked and points order them.
    next_cursor: empty on the last page.
    """

    people: tuple[SeenPerson, ...]
    next_cursor: str
    total: int = 0
    is_about: bool = False
    is_closest: bool = False
    facets: Mapping[str, tuple[find.FacetValue, ...]] = field(default_factory=dict)
    related: tuple[find.FacetValue, ...] = ()
    nothing_found: find.NothingFound | None = None
    explained: Mapping[UUID, find.Explanation] = field(default_factory=dict)


class PersonMerged(Exception):
    """The record is part of another one now: that of `survivor_id`."""

    def __init__(self, *, survivor_id: UUID) -> None:
        super().__init__(survivor_id)
        self.survivor_id = survivor_id


def found(
    *,
    viewer: Viewer,
    query: find.Query,
    size: int,
    cursor: str = "",
    facets: bool = False,
    exactly: bool = True,
    sort: find.Sort = find.Sort.RELEVANCE,
    asked_on: date | None = None,
    explain: bool = False,
) -> PageOfPeople:
    """
    The people a search finds, whole: three queries more than the search.

    facets: count values, and find those closest where nobody fits all the words.
    exactly, asked_on, explain: as `find_people`.

    :raises BadCursor, SearchTooSlow: as `find_people`.
    """
    answer = find.find_people(
        viewer=viewer,
        query=query,
        size=size,
        cursor=cursor,
        facets=facets,
        exactly=exactly,
        closest=facets,
        sort=sort,
        asked_on=asked_on,
        explain=explain,
    )
    posts = {hit.person_id: hit.posts for hit in answer.hits}
    persons = visible_people(viewer=viewer).in_bulk(list(posts))
    return PageOfPeople(
        people=_show(viewer, [persons[key] for key in posts if key in persons], posts),
        next_cursor=answer.next_cursor,
        total=answer.total,
        is_about=answer.is_about,
        is_closest=answer.is_closest,
        facets={name: answer.facets.get(name, ()) for name in COUNTED} if facets else {},
        related=answer.related,
        nothing_found=answer.nothing_found,
        explained={hit.person_id: hit.explanation for hit in answer.hits if hit.explanation},
    )


def everyone(*, viewer: Viewer, size: int, cursor: str = "") -> PageOfPeople:
    """
    Everybody in post, page by page in the order of their ids: five queries a page.

    Ids are random and never change, so nobody is skipped or repeated because
    somebody else joined, left or was renamed meanwhile.

    :raises BadCursor: if the cursor is not one that a page of this list gave.
    """
    in_post = visible_people(viewer=viewer).filter(status=Person.Status.ACTIVE, canary=None)
    if after := read_cursor(listing=_EVERYONE, cursor=cursor):
        in_post = in_post.filter(pk__gt=UUID(after[0]))
    persons = list(in_post.order_by("pk")[: size + 1])
    shown = persons[:size]
    more = len(persons) > size
    return PageOfPeople(
        people=_show(viewer, shown, held_posts(person_ids=[person.pk for person in shown])),
        next_cursor=write_cursor(listing=_EVERYONE, key=[str(shown[-1].pk)]) if more else "",
    )


def record(*, viewer: Viewer, person_id: UUID) -> SeenRecord:
    """
    One person with their history and provenance: six queries.

    :raises PersonMerged: if the record is part of another that the viewer may see.
    :raises Person.DoesNotExist: if there is none, or none for this viewer.
    """
    person = visible_person(viewer=viewer, person_id=person_id)
    hidden = hidden_fields(viewer=viewer, person_ids=[person_id]).get(person_id, frozenset())
    posts = all_posts(person_ids=[person_id]).get(person_id, ())
    expertise = _expertise([person_id]).get(person_id, ())
    held = tuple(post for post in posts if post.until_date is None)
    return SeenRecord(
        **_shown(person=person, hidden=hidden, posts=held, expertise=expertise),
        posts_before=tuple(post for post in posts if post.until_date is not None),
        provenance=provenance_of(person=person, hidden=hidden),
    )


def visible_person(*, viewer: Viewer, person_id: UUID) -> Person:
    """
    The person alone; whoever is hidden takes the same two queries as somebody who never was.

    :raises PersonMerged: if the record is part of another that the viewer may see.
    :raises Person.DoesNotExist: if there is none, or none for this viewer.
    """
    visible = visible_people(viewer=viewer)
    try:
        return visible.get(pk=person_id)
    except Person.DoesNotExist:
        survivor = visible.filter(merged_people=person_id).first()
        if survivor is None:
            raise
    raise PersonMerged(survivor_id=survivor.pk)


def _show(
    viewer: Viewer, persons: Sequence[Person], posts: Mapping[UUID, tuple[HeldPost, ...]]
) -> tuple[SeenPerson, ...]:
    ids = [person.pk for person in persons]
    hidden = hidden_fields(viewer=viewer, person_ids=ids)
    expertise = _expertise(ids)
    return tuple(
        SeenPerson(
            **_shown(
                person=person,
                hidden=hidden.get(person.pk, frozenset()),
                posts=posts.get(person.pk, ()),
                expertise=expertise.get(person.pk, ()),
            )
        )
        for person in persons
    )


def _shown(
    *,
    person: Person,
    hidden: frozenset[str],
    posts: tuple[HeldPost, ...],
    expertise: tuple[SeenExpertise, ...],
) -> dict[str, Any]:
    """The values of a `SeenPerson`."""
    stated = {field: getattr(person, field) for field in _TEXT_FIELDS}
    return (
        stated
        | dict.fromkeys(hidden & stated.keys(), "")
        | {
            "id": person.pk,
            "status": person.status,
            "updated_at": person.updated_at,
            "posts": posts,
            "expertise": () if "expertise" in hidden else expertise,
        }
    )


def _expertise(person_ids: Collection[UUID]) -> Mapping[UUID, tuple[SeenExpertise, ...]]:
    """What each of these people claims, merged tags once and under the name they have now."""
    claims = (
        Expertise.objects.filter(person__in=person_ids)
        .select_related("tag__merged_into")
        .order_by("tag__preferred_label")
    )
    known: dict[UUID, dict[str, SeenExpertise]] = {}
    for claim in claims:
        tag = claim.tag.merged_into or claim.tag
        seen = SeenExpertise(slug=tag.slug, label=tag.preferred_label, level=claim.level)
        known.setdefault(claim.person_id, {}).setdefault(tag.slug, seen)
    return {person_id: tuple(tags.values()) for person_id, tags in known.items()}
