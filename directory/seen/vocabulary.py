"""Tags of the expertise vocabulary as the directory shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Prefetch, QuerySet, UUIDField

from directory.models import ExpertiseTag
from directory.visibility import Viewer, visible_tags


@dataclass(frozen=True, slots=True)
class NamedTag:
    """A tag as it is named elsewhere."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class SeenTag:
    """
    A tag and its relations to others that the viewer sees, each by label.

    other_labels: what else it is called.
    people: about how many claim it, or a tag that became part of it.
    """

    id: UUID
    slug: str
    label: str
    definition: str
    status: str
    other_labels: tuple[str, ...]
    broader: tuple[NamedTag, ...]
    narrower: tuple[NamedTag, ...]
    related: tuple[NamedTag, ...]
    people: int
    updated_at: datetime


class TagMerged(Exception):
    """The tag is part of another one now: that of `slug`."""

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def tags(*, viewer: Viewer, tag_ids: Sequence[UUID]) -> tuple[SeenTag, ...]:
    """These tags, in this order: five queries."""
    found = _whole(visible_tags(viewer=viewer), viewer).in_bulk(tag_ids)
    return tuple(_seen(found[tag_id]) for tag_id in tag_ids if tag_id in found)


def tag_record(*, viewer: Viewer, slug: str) -> SeenTag:
    """
    One tag, whatever the case of the slug's letters: five queries.

    :raises TagMerged: if it became part of another.
    :raises ExpertiseTag.DoesNotExist: if there is none that the viewer may see.
    """
    tag = _whole(visible_tags(viewer=viewer), viewer).filter(slug__iexact=slug).first()
    if tag is None:
        raise TagMerged(slug=_survivor(viewer, slug).slug)
    return _seen(tag)


def _survivor(viewer: Viewer, slug: str) -> ExpertiseTag:
    """What a merged tag became at last."""
    surviving = Func(F("pk"), function="surviving_tag", output_field=UUIDField())
    merged = ExpertiseTag.objects.filter(slug__iexact=slug, status=ExpertiseTag.Status.MERGED)
    return visible_tags(viewer=viewer).get(pk=merged.values_list(surviving, flat=True).get())


def _whole(found: QuerySet[ExpertiseTag], viewer: Viewer) -> QuerySet[ExpertiseTag]:
    in_use = visible_tags(viewer=viewer).order_by("preferred_label")
    kin = (Prefetch(name, queryset=in_use) for name in ("broader", "narrower", "related"))
    return found.prefetch_related("alternative_labels", *kin)


def _seen(tag: Any) -> SeenTag:
    return SeenTag(
        id=tag.pk,
        slug=tag.slug,
        label=tag.preferred_label,
        definition=tag.definition,
        status=tag.status,
        other_labels=tuple(sorted(other.label for other in tag.alternative_labels.all())),
        broader=_names(tag.broader.all()),
        narrower=_names(tag.narrower.all()),
        related=_names(tag.related.all()),
        people=tag.people,
        updated_at=tag.updated_at,
    )


def _names(found: Iterable[ExpertiseTag]) -> tuple[NamedTag, ...]:
    return tuple(NamedTag(slug=tag.slug, label=tag.preferred_label) for tag in found)
