"""
Who may see which person and which field. Every read for a viewer starts here.

What a viewer may not see does not exist for them: not in lists, searches,
counts or error texts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet

from directory.models import Appointment, ExpertiseTag, FieldAudience, Person, Post, ShownField

#: Fields that say who a person is. Everybody who may see the person sees them: somebody
#: who does not want to be found by name changes their listing, not a field.
NAME_FIELDS: Final = frozenset(
    {"display_name", "given_name", "family_name", "preferred_name", "honorific"}
)

#: What stands for the record itself among the fields of a `FieldAudience`.
LISTING: Final = "listing"

#: Fields whose audience a person, or their organisation for them, may narrow.
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

_Audience = FieldAudience.Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    Who is asking: a signed-in user, or a machine with a credential.

    person_id: their own record, which they see whole.
    organisation_ids, team_ids: where they work; of a machine, the organisation it reads for.
    curated_ids: organisations that they curate, of whose people they see what curators may.
    led_ids: teams that they lead.
    """

    user_id: int | None
    credential_id: UUID | None = None
    person_id: UUID | None = None
    organisation_ids: frozenset[UUID] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    curated_ids: frozenset[UUID] = frozenset()
    led_ids: frozenset[UUID] = frozenset()

    @property
    def inside_ids(self) -> frozenset[UUID]:
        """Organisations of which they see what is meant for their own people."""
        return self.organisation_ids | self.curated_ids


@dataclass(frozen=True, slots=True)
class SeenEntries:
    """The search entries, as `entry`, that a viewer finds people by: a condition in SQL."""

    condition: str = "entry.audience = 'government'"
    values: Mapping[str, Any] = field(default_factory=dict)


#: Tokens of the organisations that the viewer is inside of.
_INSIDE: Final = """ARRAY(
        SELECT id FROM directory_searchterm
         WHERE space = 'organisation' AND term = ANY(%(inside)s::text[]))"""

# Of two entries of somebody the narrower counts, so that nobody is found or counted twice.
_SEEN_INSIDE: Final = f"""
    CASE entry.audience
         WHEN 'government'
         THEN NOT (entry.narrowed AND entry.tokens OPERATOR(pg_catalog.&&) {_INSIDE})
         ELSE entry.tokens OPERATOR(pg_catalog.&&) {_INSIDE} END"""


def seen_entries(*, viewer: Viewer) -> SeenEntries:
    """By which entries the viewer finds people: those of all of government, and of their own."""
    if not viewer.inside_ids:
        return SeenEntries()
    return SeenEntries(_SEEN_INSIDE, {"inside": sorted(str(body) for body in viewer.inside_ids)})


def visible_people(*, viewer: Viewer) -> QuerySet[Person]:
    """
    The people who exist for the viewer: in post or left, listed, not merged into another.

    Search finds those in post alone; whoever left keeps a page for those who hold its link.
    Everybody exists for themselves.
    """
    listed = Q(listing=Person.Listing.GOVERNMENT)
    if viewer.person_id:
        listed |= Q(pk=viewer.person_id)
    if viewer.inside_ids:
        colleagues = Exists(_held_within(organisation_ids=viewer.inside_ids, person="pk"))
        listed |= Q(colleagues, listing=Person.Listing.ORGANISATION)
    return Person.objects.filter(
        listed, status__in=[status for status, _ in SHOWN_STATUSES], merged_into=None
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
    narrowed = ShownField.objects.filter(
        person_id__in=person_ids, field__in=NARROWABLE_FIELDS
    ).exclude(_belongs(viewer))
    hidden: dict[UUID, frozenset[str]] = {}
    for person_id, name in narrowed.values_list("person_id", "field"):
        hidden[person_id] = hidden.get(person_id, frozenset()) | {name}
    return hidden


def visible_fields(*, viewer: Viewer, person: Person) -> frozenset[str]:
    """The fields of a visible person's record that the viewer may see."""
    hidden = hidden_fields(viewer=viewer, person_ids=[person.pk])
    return (NAME_FIELDS | NARROWABLE_FIELDS) - hidden.get(person.pk, frozenset())


def _belongs(viewer: Viewer) -> Q:
    """The viewer is of the audience of a `ShownField`: each holds those narrower than itself."""
    belongs = Q(audience=_Audience.GOVERNMENT)
    if viewer.person_id:
        belongs |= Q(person_id=viewer.person_id)
    for ids, audiences in (
        (viewer.organisation_ids, [_Audience.ORGANISATION]),
        (viewer.curated_ids, [_Audience.ORGANISATION, _Audience.TEAM, _Audience.CURATORS]),
    ):
        if ids:
            held = Exists(_held_within(organisation_ids=ids, person="person_id"))
            belongs |= Q(held, audience__in=audiences)
    if viewer.team_ids:
        beside = Exists(
            Appointment.objects.filter(
                person=OuterRef("person_id"), ends_on=None, post__team__in=viewer.team_ids
            )
        )
        belongs |= Q(beside, audience__in=[_Audience.ORGANISATION, _Audience.TEAM])
    return belongs


def _held_within(*, organisation_ids: Collection[UUID], person: str) -> QuerySet[Appointment]:
    """What the person of an outer query, named by a column of it, holds in these organisations."""
    return Appointment.objects.filter(
        person=OuterRef(person), ends_on=None, post__team__organisation__in=organisation_ids
    )
