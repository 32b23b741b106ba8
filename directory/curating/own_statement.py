"""
What officials say of themselves: their own fields, what they know, and that all is still right.

It is a source like any other: the field policy decides where it counts, and what HR owns it can
only fill while HR says nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from directory.changes.own_words import own_record, write_own_words
from directory.connectors.texts import clean_cell, has_personal_data
from directory.curating.own_record import OwnRecordRefused, locked_record, own_person_id
from directory.folding import fold
from directory.models import Expertise, ExpertiseTag, Person, SourceRecord
from directory.projection import project_people
from directory.visibility import Viewer

#: The fields that somebody may speak of, and how many characters each holds.
OWN_FIELDS: Final[Mapping[str, int]] = {
    "preferred_name": 200,
    "pronouns": 60,
    "phone": 100,
    "mobile": 100,
    "working_days": 200,
    "languages": 300,
    "bio": 2_000,
}

#: Of these HR's word counts first, so they are asked for only while HR says nothing.
FILLED_IN: Final = ("phone", "mobile")

#: What makes a record useful to whoever finds it.
_WANTED: Final = ("working_days", "languages", "bio")

_LONGEST_LABEL: Final = 100

_HINTS: Final = {
    "control_character": "Remove the control characters.",
    "bidi_control_not_allowed": "Remove the characters that reverse the order of text. Hebrew and"
    " Arabic need none.",
    "damaged_text": "Some characters are damaged. Type them again.",
    "field_too_long": "Shorten it.",
}


class WrongWords(OwnRecordRefused):
    """Something of what was said cannot be kept; `faults` says what is wrong, by field."""

    def __init__(self, *, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class UnknownTag(OwnRecordRefused):
    """The vocabulary has no such word; the person may propose it."""


def own_words(*, viewer: Viewer) -> dict[str, str]:
    """
    What the viewer says of themselves, by field.

    :raises NoOwnRecord: if they have no record.
    """
    record = own_record(person_id=own_person_id(viewer=viewer))
    return dict(record.statement) if record else {}


@transaction.atomic
def say(*, viewer: Viewer, words: Mapping[str, str], now: datetime) -> dict[str, str]:
    """
    Say these of oneself and nothing else from now on; what was said before.

    words: by field of `OWN_FIELDS`; a blank says nothing.

    :raises NoOwnRecord: if the viewer has no record.
    :raises WrongWords: if any cannot be kept; then none is.
    """
    person_id = own_person_id(viewer=viewer)
    if unknown := words.keys() - OWN_FIELDS.keys():
        raise WrongWords(faults=dict.fromkeys(unknown, "This is not yours to say."))
    statement = _cleaned(words)
    locked_record(person_id=person_id)
    before = own_words(viewer=viewer)
    with pghistory.context(own_record=str(person_id)):
        write_own_words(person_id=person_id, statement=statement, today=timezone.localdate(now))
    return before


@transaction.atomic
def confirm(*, viewer: Viewer, now: datetime) -> None:
    """
    Say that all of one's record is still right today.

    :raises NoOwnRecord: if the viewer has no record.
    """
    say(viewer=viewer, words=own_words(viewer=viewer), now=now)


@transaction.atomic
def claim(
    *, viewer: Viewer, label: str, level: str, may_propose: bool, now: datetime
) -> ExpertiseTag:
    """
    Say that one knows something, how well, or how well by now.

    label: what the vocabulary calls it, or an alternative label. may_propose: a word that the
    vocabulary does not have is proposed, for curators to approve.

    :raises NoOwnRecord: if the viewer has no record.
    :raises UnknownTag: if the vocabulary has no such word and none may be proposed.
    :raises WrongWords: if there is no such level, or the word cannot be kept.
    """
    person_id = own_person_id(viewer=viewer)
    if level not in Expertise.Level.values:
        raise WrongWords(faults={"level": "Choose one of the levels on the page."})
    text, fault = _text(label, _LONGEST_LABEL)
    if fault or not text:
        raise WrongWords(faults={"label": fault or "Enter what you know."})
    locked_record(person_id=person_id)
    tag = _tag_called(text)
    with pghistory.context(own_record=str(person_id)):
        if tag is None:
            if not may_propose:
                raise UnknownTag(f"The directory has no expertise called “{text}” yet.")
            tag = _propose(text)
        record = own_record(person_id=person_id) or write_own_words(
            person_id=person_id, statement={}, today=timezone.localdate(now)
        )
        held, made = Expertise.objects.get_or_create(
            person_id=person_id, tag=tag, defaults={"level": level, "source": record}
        )
        if not made:
            held.level, held.source = level, record
            held.save(update_fields=["level", "source"])
    project_people(person_ids=[person_id])
    return tag


@transaction.atomic
def withdraw_claim(*, viewer: Viewer, tag_id: UUID) -> ExpertiseTag | None:
    """
    Say no longer that one knows something; None if one did not say so, as HR may.

    :raises NoOwnRecord: if the viewer has no record.
    """
    person_id = own_person_id(viewer=viewer)
    held = (
        Expertise.objects.select_related("tag")
        .filter(person=person_id, tag=tag_id, source__origin=SourceRecord.Origin.PERSON)
        .first()
    )
    if held is None:
        return None
    with pghistory.context(own_record=str(person_id)):
        held.delete()
    project_people(person_ids=[person_id])
    return held.tag


def gaps(*, person: Person, knows_something: bool) -> tuple[str, ...]:
    """What is missing that would help whoever finds this record: fields, or `expertise`."""
    missing = [name for name in _WANTED if not getattr(person, name)]
    if not (person.phone or person.mobile):
        missing.insert(0, "mobile")
    return (*missing, *(() if knows_something else ("expertise",)))


def _cleaned(words: Mapping[str, str]) -> dict[str, str]:
    statement, faults = {}, {}
    for field, said in words.items():
        text, fault = _text(said, OWN_FIELDS[field])
        if fault:
            faults[field] = fault
        elif text:
            statement[field] = text
    if faults:
        raise WrongWords(faults=faults)
    return statement


def _text(said: str, longest: int) -> tuple[str, str]:
    """The text as it is kept, and what is wrong with it, if anything is."""
    text, codes = clean_cell(text=said)
    wrong = [_HINTS[code] for code in codes if code in _HINTS]
    if not wrong and len(text) > longest:
        wrong.append(f"Use {longest:,} characters at most; you have {len(text):,}.")
    if not wrong and has_personal_data(text=text):
        wrong.append("Leave out National Insurance numbers and dates of birth.")
    return text, " ".join(wrong)


def _tag_called(text: str) -> ExpertiseTag | None:
    """The tag that stands, of this label, slug or alternative label; the first counts most."""
    called = Q(preferred_label__iexact=text)
    for found in (called, Q(slug__iexact=_slug(text)), Q(alternative_labels__label__iexact=text)):
        tag = ExpertiseTag.objects.select_related("merged_into").filter(found).first()
        if tag is not None:
            return tag.merged_into or tag
    return None


def _propose(text: str) -> ExpertiseTag:
    slug = _slug(text)
    if not slug:
        raise WrongWords(faults={"label": "Use letters or digits."})
    try:
        with transaction.atomic():
            return ExpertiseTag.objects.create(
                slug=slug, preferred_label=text, status=ExpertiseTag.Status.PROPOSED
            )
    except IntegrityError:  # Somebody else proposed it at this moment.
        if (tag := _tag_called(text)) is None:
            raise
        return tag


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-")
