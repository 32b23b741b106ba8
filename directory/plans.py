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
    protected: a person whom nobody but a protection officer lists more widely again.
    """

    subject_id: UUID
    source_key: str
    statement: Statement
    current: bool
    protected: bool = False


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

    before: the fields whose value differs from the last statement, with what it said.
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
    before: Mapping[str, str]
    evidence: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    new_post: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A row that shows what is meant, never its values; row is 0 where the file has none."""

    row: int
    source_key: str


@dataclass(frozen=True, slots=True)
class ColumnTotals:
    """
    What a plan does to one column of the rows we know.

    changed: rows whose value differs; blanked: those of them that had a value and lose it.
    filled: rows that we hold a value of; 0 where so few are blanked that nobody asks.
    """

    field: str
    changed: int
    blanked: int
    filled: int
    changed_examples: tuple[Example, ...] = ()
    blanked_examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultTotals:
    """How many errors of one code were found in one column."""

    code: str
    column: str
    errors: int


@dataclass(frozen=True, slots=True)
class WeekTotals:
    """
    What runs of the last seven days did that nobody judged.

    departures: of those runs together.
    subjects_before: the most that this part of the feed vouched for before one of them.
    """

    departures: int = 0
    subjects_before: int = 0


@dataclass(frozen=True, slots=True)
class Belonging:
    """
    Rows that seem to belong to somebody else.

    owner: the organisation or feed; rows: how many seem to be its; of: out of how many.
    """

    owner: str
    rows: int
    of: int


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """
    The plan in numbers, which is all that safety judges.

    rows: rows of the delivery; errors: rows not applied.
    subjects_before: people and posts this part of the feed vouched for before the run.
    people_before: people that the whole feed vouches for; beyond a small body's, nobody counts.
    absent: subjects whose key a complete delivery does not name.
    departures: how many subjects would be gone: absent, said to have left, or out of post at
        once by an end in the past. Not who had left before, on the day their feed had stated.
    withheld: departures left out because a row's key could not be read.
    other_organisation: the unrelated body that most rows name, or whose addresses they have.
    same_file: the other feed that this very file was applied to, or empty.
    other_feed: the other feed that most joiners are known to already.
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
    people_before: int = 0
    absent: int = 0
    week: WeekTotals = WeekTotals()
    columns: tuple[ColumnTotals, ...] = ()
    faults: tuple[FaultTotals, ...] = ()
    departing: tuple[Example, ...] = ()
    in_error: tuple[Example, ...] = ()
    other_organisation: Belonging | None = None
    same_file: str = ""
    other_feed: Belonging | None = None

    @property
    def counts(self) -> dict[str, int]:
        """The plain numbers, by name, as a run keeps them."""
        return {
            name: getattr(self, name)
            for name in (
                "rows",
                "errors",
                "subjects_before",
                "creations",
                "updates",
                "kept",
                "departures",
                "withheld",
                "disputes",
                "absent",
            )
        }
