"""
Who may see which person and which field. Every read for a viewer starts here.

What a viewer may not see does not exist for them: not in lists, searches,
counts or error texts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet

from directory.models import Appointment, ExpertiseTag, FieldAudience, Person, Post

#: Fields that say who a person is. Everybody who may see the person sees them: somebody
#: who does not want to be found by name changes their listing, not a field.
NAME_FIELDS: Final = frozenset(
    {"display_name", "given_name", "family_name", "preferred_name", "honorific"}
)

#: Fields whose audience a person may narrow (`FieldAudience.field`).
NARROWABLE_FIELDS: Final = frozenset(
    {"pronouns", "email", "phone", "mobile", "working_days", "languages", "bio", "expertise"}
)

#: Statuses, as choices, of people who exist for viewers: whoever is expected does from their day.
SHOWN_STATUSES: Final = [
    (status.value, status.label) for status in (Person.Status.ACTIVE, Person.Status.LEFT)
]

#: The same of tags: a merged one is part of another.
SHOWN_TAG_STATUSES: Final = [
    (status.value, status.label)
    for status in (ExpertiseTag.Status.APPROVED, ExpertiseTag.Status.PROPOSED)
]


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    Who is asking: a signed-in user, or a machine with a credential.

    organisation_ids: bodies the viewer belongs to, for audiences narrower than government.
    email: with which a person signed in; empty for a machine.
    """

    user_id: int | None
    credential_id: UUID | None = None
    organisation_ids: frozenset[UUID] = frozenset()
    email: str = ""


def audiences(*, viewer: Viewer) -> tuple[str, ...]:
    """The audiences the viewer belongs to, as `SearchEntry.audience` names them."""
    return (FieldAudience.Audience.GOVERNMENT.value,)


def visible_people(*, viewer: Viewer) -> QuerySet[Person]:
    """
    The people who exist for the viewer: in post or left, listed, not merged into another.

    Search finds those in post alone; whoever left keeps a page for those who hold its link.
    """
    return Person.objects.filter(
        status__in=[status for status, _ in SHOWN_STATUSES],
        listing__in=audiences(viewer=viewer),
        merged_into=None,
    )


def visible_posts(*, viewer: Viewer) -> QuerySet[Post]:
    """
    The live posts that exist for the viewer.

    A post held only by people who do not exist for the viewer does not either: shown as
    vacant it would be a lie, shown as held it would tell that somebody is hidden.
    """
    held = Appointment.objects.filter(post=OuterRef("pk"), ends_on=None)
    seen = held.filter(person__in=visible_people(viewer=viewer))
    return Post.objects.filter(Q(~Exists(held)) | Q(Exists(seen)), status=Post.Status.LIVE)


def visible_tags(*, viewer: Viewer) -> QuerySet[ExpertiseTag]:
    """
    The tags that exist for the viewer: approved ones, and proposed ones that somebody shows.

    Any other proposed tag may be the word of somebody hidden. `people` of each: about how many
    claim it, or a tag that became part of it. As `tag_in_use` in `sql/find_things.1.sql`, but
    asked of the few tags that are looked at.
    """
    people = Func(F("pk"), function="tag_people", output_field=IntegerField())
    return ExpertiseTag.objects.annotate(people=people).filter(
        Q(status=ExpertiseTag.Status.APPROVED)
        | Q(status=ExpertiseTag.Status.PROPOSED, people__gt=0)
    )


def hidden_fields(*, viewer: Viewer, person_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """The fields each of these people keeps from the viewer, in one query; absent when none."""
    narrowed = FieldAudience.objects.filter(
        person_id__in=person_ids, field__in=NARROWABLE_FIELDS
    ).exclude(audience__in=audiences(viewer=viewer))
    hidden: dict[UUID, frozenset[str]] = {}
    for person_id, field in narrowed.values_list("person_id", "field"):
        hidden[person_id] = hidden.get(person_id, frozenset()) | {field}
    return hidden


def visible_fields(*, viewer: Viewer, person: Person) -> frozenset[str]:
    """The fields of a visible person's record that the viewer may see."""
    hidden = hidden_fields(viewer=viewer, person_ids=[person.pk])
    return (NAME_FIELDS | NARROWABLE_FIELDS) - hidden.get(person.pk, frozenset())
