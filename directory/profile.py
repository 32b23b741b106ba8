"""
The merge: from what each source says about a person to the profile everybody sees.

Pure: no database, no Django. `FIELD_POLICY` is the whole policy and is shown to
people as it stands here. Two rules apply to every field: a curator's override
wins while it lasts, and a blank says nothing, so it never hides what another
source states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from directory.records import Statement

#: Part of every row's digest: raise it when the merge changes, and every row is read again.
POLICY_VERSION: Final = "1"

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


@dataclass(frozen=True, slots=True)
class Source:
    """
    One source's last statement about the person.

    current: the source still vouches for it; a departed one only fills gaps.
    until: day on which a curator's override ends, if it does.
    """

    id: int
    origin: str
    current: bool
    stated_on: date
    statement: Statement
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """
    The merged values, and for each field that has one: source id and day it was stated.
    """

    values: dict[str, str]
    display_name: str
    provenance: dict[str, tuple[int, str]]


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
