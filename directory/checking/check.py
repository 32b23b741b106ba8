"""Walks the table of invariants and says which do not hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from directory.checking.broken import Broken, count_broken
from directory.checking.entries import SCRATCH, outdated_entries
from directory.checking.invariants import INVARIANTS, Invariant
from directory.checking.keys import KEYS
from directory.checking.profiles import differing_people
from directory.checking.reading import broken_by, one_moment, untouched

#: A delivery is synced in minutes; one that still is on its way after so long was abandoned.
ABANDONED_AFTER = timedelta(hours=1)

PROFILE = Invariant(
    name="profile_is_the_merge",
    sentence="Every person's profile, provenance and status are the merge of their sources.",
)
ENTRY = Invariant(
    name="search_entry_is_fresh",
    sentence="Every search entry is what projecting its person afresh would write.",
)

#: Every invariant that `check_directory` verifies.
ALL = (*INVARIANTS, *KEYS, PROFILE, ENTRY)


def check_directory(*, now: datetime) -> Iterator[tuple[Invariant, Broken]]:
    """
    Each invariant with what breaks it, if anything does; nothing is written.

    now: tells abandoned runs from those on their way, and what has begun or ended from what has
        yet to. What is due today may still wait to take effect; what was due before may not.
    """
    today = timezone.localtime(now).date()
    named = {"abandoned_before": now - ABANDONED_AFTER, "today": today}
    with one_moment():
        for invariant in (*INVARIANTS, *KEYS):
            with untouched():
                yield invariant, broken_by(sql=invariant.sql, named=named)
        with untouched():
            yield PROFILE, count_broken(ids=differing_people(today=today))
        with untouched(scratch=SCRATCH):
            yield ENTRY, count_broken(ids=outdated_entries())
