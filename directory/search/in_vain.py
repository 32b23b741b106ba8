"""
Words that were asked for in vain, counted by the day, for those who give things their names.

No user, no time within the day, no address and no number: what is kept should tell what people call
things, and as little as can be about those who asked or whom they asked for.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Sum

from directory.models import VainSearch
from directory.search.query import Query

log = logging.getLogger(__name__)

#: Different texts kept of one day; beyond, only those already there are counted.
MOST_A_DAY: Final = 1_000
KEPT_DAYS: Final = 90

_LONGEST_WORD: Final = 30
_MOST_WORDS: Final = 6
#: So many digits may be a number that somebody can be reached or known by.
_NUMBER: Final = re.compile(r"(?:\d\D{0,3}){4}")


@dataclass(frozen=True, slots=True)
class AskedInVain:
    """Folded words that found nobody: how often, and the last day."""

    words: str
    times: int
    last_on: date


def note_in_vain(*, query: Query, day: date) -> None:
    """
    Count the words of a search that found nobody; never fails, and hardly waits.

    A search with filters is not counted, because its words may find somebody.
    """
    words = words_to_keep(query=query)
    if not words or query.has_filters:
        return
    try:
        with transaction.atomic(), connection.cursor() as db:
            # Nobody waits for a count: not for a lock, nor for the disk.
            db.execute(
                "SELECT set_config('lock_timeout', '50ms', true),"
                " set_config('synchronous_commit', 'off', true)"
            )
            db.execute(_COUNT, {"day": day, "words": words, "most": MOST_A_DAY})
    except DatabaseError as error:
        log.warning("A search in vain was not counted: %s", type(error).__name__)


_COUNT: Final = """
    INSERT INTO directory_vainsearch (day, words, times)
    SELECT %(day)s, %(words)s, 1
     WHERE (SELECT count(*) FROM directory_vainsearch WHERE day = %(day)s) < %(most)s
        OR EXISTS (SELECT FROM directory_vainsearch WHERE day = %(day)s AND words = %(words)s)
        ON CONFLICT (day, words) DO UPDATE SET times = directory_vainsearch.times + 1"""


def words_to_keep(*, query: Query) -> str:
    """
    The words of a question that are fit to be kept, in their order; empty for none.

    None of a text with an address or a number in it. Otherwise those that look like words.
    """
    if "@" in query.text or query.emails or query.phones or _NUMBER.search(query.text):
        return ""
    kept = [
        word
        for place, word in enumerate(query.words)
        if place not in query.passing and 1 < len(word) <= _LONGEST_WORD and _is_word(word)
    ]
    return " ".join(kept[:_MOST_WORDS])


def most_asked(*, today: date, days: int = 30, limit: int = 100) -> tuple[AskedInVain, ...]:
    """What was asked for in vain most often in so many days up to today, the most first."""
    asked = (
        VainSearch.objects.filter(day__gt=today - timedelta(days=days), day__lte=today)
        .values("words")
        .annotate(total=Sum("times"), last_on=Max("day"))
        .order_by("-total", "-last_on", "words")
    )
    return tuple(AskedInVain(one["words"], one["total"], one["last_on"]) for one in asked[:limit])


def forget_old(*, today: date) -> int:
    """Delete what is older than `KEPT_DAYS`; how many rows that were."""
    return VainSearch.objects.filter(day__lte=today - timedelta(days=KEPT_DAYS)).delete()[0]


def _is_word(word: str) -> bool:
    """Made of letters, whatever the script, with the vowel signs that some are written with."""
    return any(map(str.isalpha, word)) and not any(map(str.isdigit, word))
