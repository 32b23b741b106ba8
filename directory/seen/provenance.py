"""Who stated what a person's record holds, as far as one viewer sees it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.changes.own_words import OWN_WORDS
from directory.models import Person, SourceRecord


@dataclass(frozen=True, slots=True)
class Stated:
    """The source record that a value comes from, and the day it said so."""

    source_id: int
    stated_on: date


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    Who stated a value, and when.

    origin: as `SourceRecord.Origin` names it.
    feed: slug of the feed; empty unless a feed said so.
    """

    origin: str
    feed: str
    stated_on: date


def stated_fields(*, person: Person, hidden: frozenset[str]) -> Mapping[str, Stated]:
    """Which source each value comes from, by field, leaving out the hidden ones; no query."""
    return {
        field: Stated(source_id=int(source_id), stated_on=date.fromisoformat(day))
        for field, (source_id, day) in sorted(person.provenance.items())
        if field not in hidden
    }


def source_records(*, source_ids: Collection[int]) -> QuerySet[SourceRecord]:
    """These source records with their feeds; one query once they are read."""
    return SourceRecord.objects.filter(pk__in=source_ids).select_related("feed__organisation")


def records_of(*, person_id: UUID, source_ids: Collection[int]) -> QuerySet[SourceRecord]:
    """The same, and what the official says: that all is still right is said there as well."""
    records = SourceRecord.objects.filter(
        Q(pk__in=source_ids) | OWN_WORDS & Q(subject_id=person_id)
    )
    return records.select_related("feed__organisation")


def provenance_of(*, person: Person, hidden: frozenset[str]) -> Mapping[str, Provenance]:
    """Who stated each value that the viewer may see, by field; one query."""
    stated = stated_fields(person=person, hidden=hidden)
    ids = {said.source_id for said in stated.values()}
    sources = {source.pk: source for source in source_records(source_ids=ids)}
    return {
        field: Provenance(
            origin=sources[said.source_id].origin,
            feed=feed.slug if (feed := sources[said.source_id].feed) else "",
            stated_on=said.stated_on,
        )
        for field, said in stated.items()
        if said.source_id in sources
    }
