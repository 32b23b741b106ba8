"""How many people match: exactly when they are few enough, from a fair sample beyond."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from directory.search.matching import LOT_SHARE, LOTS, Matching

#: Up to so many are counted one by one.
COUNTED: Final = 10_000
#: A sample holds about so many people at most.
SAMPLED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people; `is_about` when it comes from a sample."""

    people: int
    is_about: bool = False


def count_people(*, matching: Matching, about: int, exactly: bool = True) -> Count:
    """
    How many people match, one by one up to `COUNTED`; unless `exactly`, up to `SAMPLED`.

    about: the estimate. It is used where a sample was drawn for it, and never where it is what the
    vocabulary has: of two frequent words that hardly anybody has together it knows nothing.
    """
    if about > COUNTED or (not exactly and matching.people > SAMPLED):
        return Count(about, is_about=True)
    return Count(count(matching=matching))


def estimate(*, matching: Matching) -> int:
    """About how many people match: at most as the vocabulary has it, or by a sample if many."""
    if matching.finds_nobody():
        return 0
    lot = lot_for(people=matching.people, wanted=SAMPLED)
    return count(matching=matching.with_lot(lot)) * LOT_SHARE**lot if lot else matching.people


def lot_for(*, people: int, wanted: int) -> int:
    """The lot that leaves about `wanted` of so many people at most; 0 for everybody."""
    lot = 0
    while lot < LOTS and people / LOT_SHARE**lot > wanted:
        lot += 1
    return lot


def count(*, matching: Matching) -> int:
    """How many people match, one by one."""
    with connection.cursor() as db:
        db.execute(
            f"SELECT count(*) FROM directory_searchentry entry WHERE {matching.where()}",
            matching.values(),
        )
        people: int = db.fetchone()[0]
    return people
