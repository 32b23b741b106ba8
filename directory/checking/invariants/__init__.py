"""
The table of invariants: a name, what it says, and the SQL that selects the ids that break it.

What the database refuses by itself (constraints, triggers) is here only where a restore or
a disabled trigger could let it in.
"""

from typing import Final

from directory.checking.invariants.access import TOKENS
from directory.checking.invariants.deliveries import CASES, RUNS, SOURCES
from directory.checking.invariants.invariant import Invariant
from directory.checking.invariants.people import APPOINTMENTS, EXPERTISE, PEOPLE, SEARCH
from directory.checking.invariants.structure import ORGANISATIONS, POSTS, TEAMS

__all__ = ["INVARIANTS", "Invariant"]

#: Those that SQL can say; `check.ALL` holds the others as well.
INVARIANTS: Final[tuple[Invariant, ...]] = (
    *SOURCES,
    *PEOPLE,
    *APPOINTMENTS,
    *POSTS,
    *TEAMS,
    *ORGANISATIONS,
    *SEARCH,
    *RUNS,
    *CASES,
    *EXPERTISE,
    *TOKENS,
)
