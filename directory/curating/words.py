"""A feed's own words for grades and professions, where the common lists do not know them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from directory.curating.changing import Deed, require_open, write_trail
from directory.curating.remit import FeedRefused, require_decider
from directory.models import (
    Feed,
    Grade,
    GradeTranslation,
    Post,
    Profession,
    ProfessionTranslation,
)

#: Unknown words listed of each kind; a column of free text has more, and is no list.
_LISTED: Final = 100


class NoWord(FeedRefused):
    """There is nothing to translate."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a feed that means nothing to the common list, and how many posts bear it."""

    value: str
    posts: int


def unknown_grades(*, feed: Feed) -> tuple[UnknownWord, ...]:
    """What the feed's live posts say for a grade that the scale does not know."""
    return _unknown(feed, "grade")


def unknown_professions(*, feed: Feed) -> tuple[UnknownWord, ...]:
    """What the feed's live posts say for a profession that the list does not know."""
    return _unknown(feed, "profession")


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


def _unknown(feed: Feed, field: str) -> tuple[UnknownWord, ...]:
    stated = f"{field}_stated"
    unknown: dict[str, Any] = {"feed": feed, "status": Post.Status.LIVE, field: None}
    words = (
        Post.objects.filter(**unknown)
        .exclude(**{stated: ""})
        .values_list(stated)
        .annotate(posts=Count("pk"))
        .order_by("-posts", stated)[:_LISTED]
    )
    return tuple(UnknownWord(value, posts) for value, posts in words)


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
