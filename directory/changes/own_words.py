"""What an official says of themselves, written as one more source of their record."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from directory.changes.people import write_people
from directory.changes.stated import clear_stated
from directory.models import SourceRecord
from directory.projection import project_people
from directory.records import SubjectKind

#: Which source records are what officials say of themselves.
OWN_WORDS: Final = Q(
    origin=SourceRecord.Origin.PERSON, state=SourceRecord.State.CURRENT, kind=SubjectKind.PERSON
)

_TOUCH = """
    CREATE TEMP TABLE touched_person (id uuid NOT NULL) ON COMMIT DROP;
    INSERT INTO touched_person VALUES (%s)
"""


def own_record(*, person_id: UUID) -> SourceRecord | None:
    """What somebody says of themselves, if they ever did."""
    return SourceRecord.objects.filter(OWN_WORDS, subject_id=person_id).first()


def write_own_words(*, person_id: UUID, statement: Mapping[str, str], today: date) -> SourceRecord:
    """
    Write all that somebody says of themselves, and their record as it follows from it.

    statement: by field; what they say nothing of is absent. today: the day they say so.
    """
    record, _ = SourceRecord.objects.update_or_create(
        origin=SourceRecord.Origin.PERSON,
        state=SourceRecord.State.CURRENT,
        kind="person",
        subject_id=person_id,
        defaults={"statement": dict(statement), "raw_digest": b"", "stated_on": today},
    )
    with connection.cursor() as cursor:
        clear_stated()
        cursor.execute(_TOUCH, [person_id])
    write_people(today=today)
    project_people(person_ids=[person_id])
    return record
