"""
What is decided about a delivery's records: plain values, no Django.

The deciding stages set a record beside what we already hold (`KnownSubject`) and what the
database found out about its row (`Facts`), match it, and plan one `Change`. What safety
judges is the `PlanTotals`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from directory.records import Statement, SubjectKind


class Situation(StrEnum):
    """How a record stands to the people we hold; the words are those of identity governance."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    UNMATCHED = "unmatched"
    DISPUTED = "disputed"
    DEPARTED = "departed"


class Action(StrEnum):
    """What the plan would do about a subject."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"
    DEPART = "depart"


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """
    What we already hold under a record's key: a person, a post or a team.

    statement: the last statement of this feed under this key.
    current: the feed still vouches for it; False once departed.
    """

    subject_id: UUID
    source_key: str
    statement: Statement
    current: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be the one a record is about, with why we think so."""

    person_id: UUID
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the database found about one row among all others: cross-row and cross-feed.

    known: the subject under this key, current or departed.
    candidates: people of the same name or e-mail, for a person not known by key.
    same_key_rows: rows of this delivery that use the same key and say something else.
    repeats: an earlier row of this delivery says exactly the same.
    email_rows: other rows of this delivery that state the same e-mail.
    email_taken: somebody else of this organisation holds the e-mail.
    repaired: a reference that was found under one other spelling: field to that spelling.
    unresolved: fields whose reference leads nowhere, or to more than one candidate.
    ended: fields whose reference names a post that has ended.
    looping: the reporting line leads back to the row itself.
    differs_from_row: an earlier row of the same post that describes the post otherwise, or 0.
    other_organisation: name of the organisation the row belongs to, when not this one.
    """

    known: KnownSubject | None = None
    candidates: tuple[Candidate, ...] = ()
    same_key_rows: tuple[int, ...] = ()
    repeats: bool = False
    email_rows: tuple[int, ...] = ()
    email_taken: bool = False
    repaired: Mapping[str, str] = field(default_factory=dict)
    unresolved: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    looping: bool = False
    differs_from_row: int = 0
    other_organisation: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a record belongs, and why."""

    situation: Situation
    subject_id: UUID | None
    evidence: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """
    One line of a plan: what a run would do about one subject, with its evidence.

    changed: field names whose value differs from the last statement.
    new_post: the person moved to another post, so the appointment ends and another begins.
    """

    row: int
    line: int
    kind: SubjectKind
    source_key: str
    action: Action
    situation: Situation
    subject_id: UUID
    statement: Statement
    changed: tuple[str, ...]
    evidence: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    new_post: bool = False


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """
    The plan in numbers, which is all that safety judges.

    rows: rows of the delivery; errors: rows not applied.
    subjects_before: people and posts this part of the feed vouched for before the run.
    departures: how many of them would be marked as gone.
    withheld: departures left out because a row's key could not be read.
    """

    rows: int
    errors: int
    subjects_before: int
    creations: int
    updates: int
    kept: int
    departures: int
    withheld: int
    disputes: int
