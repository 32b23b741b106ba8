"""
The merge: from what each source says about a person to the profile everybody sees.

Pure: no database, no Django. `FIELD_POLICY` is the whole policy and is shown to
people as it stands here. Two rules apply to every field: a curator's override
wins while it lasts, and a blank says nothing, so it never hides what another
source states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from directory.records import Statement

#: Part of every row's digest: raise it when the merge changes, and every row is read again.
POLICY_VERSION: Final = "2"

#: How somebody is shown of whom no source states any name.
NAMELESS: Final = "Name not stated"


class Origin(StrEnum):
    """Who makes a statement."""

    FEED = "feed"
    PERSON = "person"
    CURATOR = "curator"


#: Field of the person, and whose word counts first for it.
FIELD_POLICY: Final[dict[str, Origin]] = {
    "given_name": Origin.FEED,
    "family_name": Origin.FEED,
    "honorific": Origin.FEED,
    "email": Origin.FEED,
    "phone": Origin.FEED,
    "mobile": Origin.FEED,
    "preferred_name": Origin.PERSON,
    "pronouns": Origin.PERSON,
    "working_days": Origin.PERSON,
    "languages": Origin.PERSON,
    "bio": Origin.PERSON,
}


class Standing(StrEnum):
    """What its dates make of the post that a statement names, on one day."""

    EXPECTED = "expected"
    HELD = "held"
    ENDED = "ended"


#: Appointments after whose end people go back to a post that the same feed has yet to name.
RETURNING_KINDS: Final = frozenset({"temporary promotion"})


@dataclass(frozen=True, slots=True)
class Source:
    """
    One source's last statement about the person.

    current: the source still vouches for it; a departed one only fills gaps.
    until: day on which a curator's override ends, if it does.
    holds: they are in a post by this source, though its dates are still to come or have passed:
        until a move that is announced, and until the end of a post has taken effect.
    """

    id: int
    origin: str
    current: bool
    stated_on: date
    statement: Statement
    until: date | None = None
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """
    The merged values, and for each field that has one: source id and day it was stated.
    """

    values: dict[str, str]
    display_name: str
    provenance: dict[str, tuple[int, str]]


def standing(*, statement: Statement, today: date) -> Standing:
    """How the statement's `start_date` and `end_date`, both days in post, stand to `today`."""
    day = today.isoformat()
    if (end := statement.get("end_date", "")) and end < day:
        return Standing.ENDED
    return Standing.EXPECTED if statement.get("start_date", "") > day else Standing.HELD


def status_of(*, sources: Sequence[Source], today: date) -> tuple[str, date | None]:
    """
    The status that the sources give a person on a day, and since when they have left, if so.

    What somebody says of themselves keeps nobody in post, nor does a curator who corrects a
    telephone number; their department does, or a curator who states the status itself.
    """
    vouching = [
        s
        for s in sources
        if s.current
        and (s.origin == Origin.FEED or (s.origin == Origin.CURATOR and s.statement.get("status")))
        and s.statement.get("status") != "left"
    ]
    stands = [standing(statement=s.statement, today=today) for s in vouching]
    if any(map(_keeps_in_post, vouching, stands)):
        return "active", None
    if Standing.EXPECTED in stands:
        return "expected", None
    return "left", max(map(_gone_on, sources))


def _keeps_in_post(source: Source, stands: Standing) -> bool:
    if stands is Standing.HELD or source.holds:
        return True
    kind = source.statement.get("appointment_kind", "")
    return stands is Standing.ENDED and kind in RETURNING_KINDS


def _gone_on(source: Source) -> date:
    """The first day after the stated end; without one, that of the statement or of its absence."""
    end = source.statement.get("end_date")
    if not end:
        return source.stated_on
    after = date.fromisoformat(end) + timedelta(days=1)
    return after if source.current else min(after, source.stated_on)


def merge(*, sources: Sequence[Source], today: date) -> Profile:
    """
    Merge the statements about one person; the same sources in any order give the same profile.

    today: a curator's override that ended before this day no longer counts.
    """
    standing = [s for s in sources if s.until is None or s.until > today]
    if len(standing) > 1:
        standing.sort(key=lambda s: (s.current, s.stated_on, s.id), reverse=True)
    ranked = (
        {owner: sorted(standing, key=lambda s: _rank(s.origin, owner)) for owner in Origin}
        if len(standing) > 1
        else {}
    )
    values: dict[str, str] = {}
    provenance: dict[str, tuple[int, str]] = {}
    for field, owner in FIELD_POLICY.items():
        for source in ranked.get(owner, standing):
            value = source.statement.get(field)
            if value:
                values[field] = value
                provenance[field] = (source.id, source.stated_on.isoformat())
                break
    return Profile(
        values=values, display_name=_display_name(values, standing), provenance=provenance
    )


def _rank(origin: str, owner: Origin) -> int:
    if origin == Origin.CURATOR:
        return 0
    return 1 if origin == owner else 2


def _display_name(values: Statement, sources: Sequence[Source]) -> str:
    """The name people are called by: preferred or given name, then family name."""
    given = values.get("preferred_name") or values.get("given_name", "")
    name = f"{given} {values.get('family_name', '')}".strip()
    if name:
        return name
    stated = (s.statement.get("display_name", "") for s in sources)
    return next((text for text in stated if text), NAMELESS)
