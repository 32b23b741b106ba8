"""A feed's own words for grades and professions, where the common ones do not know them."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from directory.curating.feeds import Deed, require_open, write_trail
from directory.curating.remit import FeedRefused, require_decider
from directory.models import Feed, Grade, GradeTranslation, Profession, ProfessionTranslation


class NoWord(FeedRefused):
    """There is nothing to translate."""


def translate_grade(*, feed: Feed, value: str, grade: Grade, actor: User, now: datetime) -> None:
    """
    From the next delivery on, what this feed writes means this grade.

    :raises FeedRefused: by the name of what speaks against it.
    """
    said = _translatable(feed, value, 100, actor, now)
    with transaction.atomic():
        known = GradeTranslation.objects.filter(feed=feed, value__iexact=said).first()
        if known is None:
            GradeTranslation.objects.create(feed=feed, value=said, grade=grade)
        else:
            known.grade = grade
            known.save(update_fields=["grade"])
        _tell(feed, said, grade, actor, now)


def translate_profession(
    *, feed: Feed, value: str, profession: Profession, actor: User, now: datetime
) -> None:
    """
    From the next delivery on, what this feed writes means this profession.

    :raises FeedRefused: by the name of what speaks against it.
    """
    said = _translatable(feed, value, 150, actor, now)
    with transaction.atomic():
        known = ProfessionTranslation.objects.filter(feed=feed, value__iexact=said).first()
        if known is None:
            ProfessionTranslation.objects.create(feed=feed, value=said, profession=profession)
        else:
            known.profession = profession
            known.save(update_fields=["profession"])
        _tell(feed, said, profession, actor, now)


def _translatable(feed: Feed, value: str, longest: int, actor: User, now: datetime) -> str:
    require_decider(user=actor, feed=feed, now=now)
    require_open(feed=feed)
    said = " ".join(value.split())[:longest]
    if not said:
        raise NoWord("Name the word that the feed writes.")
    return said


def _tell(feed: Feed, said: str, meant: Grade | Profession, actor: User, now: datetime) -> None:
    note = f"“{said}” means {meant}."
    write_trail(feed=feed, deed=Deed.WORDS, note=note, by=actor, at=now)
