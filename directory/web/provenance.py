"""Who said what a person's record holds, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Subquery

from directory.appointments import RecordedPost
from directory.models import FeedRun, Person, SourceRecord
from directory.seen.provenance import Stated, records_of, stated_fields

#: What each field is called on a page; fields without a name here are not shown.
FIELD_LABELS: Final[Mapping[str, str]] = {
    "given_name": "Given name",
    "family_name": "Family name",
    "preferred_name": "Preferred name",
    "honorific": "Title",
    "pronouns": "Pronouns",
    "email": "E-mail",
    "phone": "Phone",
    "mobile": "Mobile",
    "working_days": "Working days",
    "languages": "Languages",
    "bio": "About",
}

_NAME_FIELDS: Final = ("given_name", "family_name")

#: The day of the last applied delivery that was the whole of its part of the feed.
_NEWEST_COMPLETE_RUN: Final = (
    FeedRun.objects.filter(
        feed=OuterRef("feed"),
        kind=OuterRef("delivery_kind"),
        state=FeedRun.State.APPLIED,
        complete=True,
        dry_run=False,
    )
    .order_by("-as_of")
    .values("as_of")[:1]
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says: which parts of the record, and the day it said so last."""

    what: str
    source: str
    stated_on: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """
    A source of the record, and the newest day it stood by it.

    A feed stands by what it stated before whenever it delivers everything and the record
    is still in it.
    """

    source: str
    newest_on: date


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    Where a record comes from.

    freshness: each source once, newest first.
    """

    statements: tuple[Statement, ...]
    freshness: tuple[Freshness, ...]


def read_provenance(
    *, person: Person, hidden: frozenset[str], posts: Sequence[RecordedPost]
) -> Provenance:
    """
    Where the values come from that the viewer sees; one query.

    posts: those the person holds now.
    """
    said = {
        field: stated
        for field, stated in stated_fields(person=person, hidden=hidden).items()
        if field in FIELD_LABELS
    }
    ids = {stated.source_id for stated in said.values()}
    ids |= {post.source_id for post in posts if post.source_id is not None}
    found = records_of(person_id=person.pk, source_ids=ids).annotate(
        confirmed_on=Subquery(_NEWEST_COMPLETE_RUN)
    )
    sources = {record.pk: record for record in found}
    statements = [
        Statement(
            what=label,
            source=source_name(sources[said[field].source_id]),
            stated_on=said[field].stated_on,
        )
        for field, label in _labels(said)
        if said[field].source_id in sources
    ]
    statements += [
        Statement(
            what=f"Post: {post.title or 'untitled'}",
            source=source_name(sources[post.source_id]),
            stated_on=sources[post.source_id].stated_on,
        )
        for post in posts
        if post.source_id in sources
    ]
    return Provenance(statements=tuple(statements), freshness=_freshness(sources.values()))


def source_name(record: SourceRecord) -> str:
    """A source in words: whose system it is, never the person's key in it."""
    if record.origin == SourceRecord.Origin.PERSON:
        return "the official"
    if record.origin == SourceRecord.Origin.CURATOR or record.feed is None:
        return "a curator"
    return feed_name(organisation=record.feed.organisation.name, connector=record.feed.connector)


def feed_name(*, organisation: str, connector: str) -> str:
    """What a feed is called on pages."""
    return f"{organisation} {'organogram return' if connector == 'organogram' else 'HR feed'}"


def _labels(said: Mapping[str, Stated]) -> Iterable[tuple[str, str]]:
    """Field and label, the two names as one where the same source stated both."""
    given, family = (said.get(field) for field in _NAME_FIELDS)
    as_one = given is not None and given == family
    for field, label in FIELD_LABELS.items():
        if field in said and not (as_one and field == "family_name"):
            yield field, "Name" if as_one and field == "given_name" else label


def _freshness(records: Iterable[SourceRecord]) -> tuple[Freshness, ...]:
    newest: dict[str, date] = {}
    for record in records:
        source, day = source_name(record), record.stated_on
        confirmed_on: date | None = getattr(record, "confirmed_on", None)
        if confirmed_on is not None and record.state == SourceRecord.State.CURRENT:
            day = max(day, confirmed_on)
        newest[source] = max(newest.get(source, day), day)
    dated = sorted(newest.items(), key=lambda pair: pair[1], reverse=True)
    return tuple(Freshness(source=source, newest_on=day) for source, day in dated)
