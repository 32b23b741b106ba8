"""Posts in a list: who holds them, and the line of management around them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet

from directory import visibility
from directory.appointments import RecordedPost
from directory.models import Appointment, Person, Post
from directory.visibility import Viewer
from directory.web.person_card import Face, face_of_person
from directory.web.places import person_url


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post, as a link."""

    name: str
    url: str
    face: Face


@dataclass(frozen=True, slots=True)
class PostLine:
    """
    A post in a list.

    holders: those the viewer may see; empty when vacant, undisclosed or counted.
    posts_fte: how many unnamed posts it stands for, empty when it is one post.
    """

    title: str
    grade: str
    holders: tuple[Holder, ...]
    is_undisclosed: bool
    posts_fte: str

    @property
    def is_vacant(self) -> bool:
        """Nobody holds it."""
        return not (self.holders or self.is_undisclosed or self.posts_fte)


def fte_words(fte: Decimal | None) -> str:
    """A number of full-time equivalents with at least one decimal: "4.0", "0.65"."""
    if fte is None:
        return ""
    words = f"{fte:.2f}"
    return words.removesuffix("0")


def holder_of(person: Person) -> Holder:
    """The person as the holder of a post."""
    return Holder(name=person.display_name, url=person_url(person.pk), face=face_of_person(person))


def grade_of(post: Post) -> str:
    """The grade on the common scale, else as the feed states it."""
    return post.grade.name if post.grade else post.grade_stated


def senior_first(posts: QuerySet[Post]) -> QuerySet[Post]:
    """By grade, the most senior first, then by title; with their grades."""
    return posts.select_related("grade").order_by(
        F("grade__rank").desc(nulls_last=True), "title", "id"
    )


def read_holders(*, viewer: Viewer, post_ids: Collection[UUID]) -> Mapping[UUID, list[Appointment]]:
    """Who holds these posts now, as far as the viewer may see them; one query."""
    held = Appointment.objects.filter(
        post__in=post_ids, ends_on=None, person__in=visibility.visible_people(viewer=viewer)
    ).select_related("person")
    holders: dict[UUID, list[Appointment]] = {}
    for appointment in held.order_by("person__family_name", "person__given_name", "id"):
        holders.setdefault(appointment.post_id, []).append(appointment)
    return holders


def read_lines(*, viewer: Viewer, posts: Iterable[Post]) -> Mapping[UUID, PostLine]:
    """These posts, in their order, with their holders; one query beside that of the posts."""
    known = list(posts)
    holders = read_holders(viewer=viewer, post_ids=[post.pk for post in known])
    return {
        post.pk: PostLine(
            title=post.title or "Untitled post",
            grade=grade_of(post),
            holders=tuple(holder_of(a.person) for a in holders.get(post.pk, ())),
            is_undisclosed=post.holder_undisclosed,
            posts_fte=fte_words(post.posts_fte),
        )
        for post in known
    }


def read_reporting(
    *, viewer: Viewer, posts: Collection[RecordedPost]
) -> tuple[tuple[PostLine, ...], tuple[PostLine, ...]]:
    """
    The posts that these report to, and those that report to these; two queries.

    Both lines are read together, so that a page costs the same with and without them.
    """
    above = {post.reports_to_id for post in posts if post.reports_to_id}
    below = {post.post_id for post in posts}
    around = visibility.visible_posts(viewer=viewer).filter(pk__in=above)
    around |= visibility.visible_posts(viewer=viewer).filter(reports_to__in=below)
    near = list(senior_first(around.distinct()))
    lines = read_lines(viewer=viewer, posts=near)
    return (
        tuple(lines[post.pk] for post in near if post.pk in above),
        tuple(lines[post.pk] for post in near if post.reports_to_id in below),
    )
