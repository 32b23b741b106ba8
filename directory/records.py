"""
What a delivery says: plain values, no Django.

A connector turns a delivery into raw rows (cheap, every time) and those that
changed into records (`PersonRecord`, `PostRecord`, `TeamRecord`). What is then
decided about them is in `directory.plans`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

#: A statement: field name to value, all text, as a source says it and as we keep it whole.
Statement = Mapping[str, str]


class SubjectKind(StrEnum):
    """What a source record is about."""

    PERSON = "person"
    POST = "post"
    TEAM = "team"


class DeliveryKind(StrEnum):
    """Which part of a feed a delivery covers; absence is judged within this part alone."""

    PEOPLE = "people"
    TEAMS = "teams"
    SENIOR = "senior"
    JUNIOR = "junior"


class Severity(StrEnum):
    """What a fault costs: the whole row, one value of it, or nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Holder(StrEnum):
    """Who fills a post, as far as its row says."""

    NAMED = "named"
    VACANT = "vacant"
    UNDISCLOSED = "undisclosed"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Fault:
    """
    A row-level problem; it never carries the value itself.

    row: number of the record as a spreadsheet counts it, the header being row 1.
    line: physical line on which the record starts, the first being 1.
    column: header of the cell, empty when the whole row is meant.
    code: stable and documented in docs/feeds.md.
    hint: what to do about it, in one sentence.
    count: how many rows share it, where one value is reported once for all of them.
    """

    row: int
    line: int
    column: str
    code: str
    hint: str
    severity: Severity = Severity.ERROR
    source_key: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class RawRow:
    """
    One row as it arrived: enough to see whether it changed.

    key: the subject's key in this feed, empty when the row states none.
    cells: one text for each column, in the delivery's order.
    """

    row: int
    line: int
    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """
    The canonical statement about a person that every connector produces.

    values: field name to value; a field that the delivery has no column for is absent,
        a blank cell is present and empty. Fields of the person are those of
        `profile.FIELD_POLICY`; fields of the post they hold are those of `POST_FIELDS`;
        those of the appointment are `APPOINTMENT_FIELDS`.
    """

    key: str
    values: Statement
    kind: SubjectKind = SubjectKind.PERSON


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A statement about a post nobody is named for: vacant, undisclosed or counted."""

    key: str
    values: Statement
    kind: SubjectKind = SubjectKind.POST


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A statement about a team: `unit_code`, `parent_code`, `name`."""

    key: str
    values: Statement
    kind: SubjectKind = SubjectKind.TEAM


Record = PersonRecord | PostRecord | TeamRecord

#: Fields of a statement that describe the post, not its holder.
POST_FIELDS = (
    "post_key",
    "job_title",
    "responsibilities",
    "grade",
    "profession",
    "unit_code",
    "unit_name",
    "reports_to_post",
    "top_post",
    "manager_key",
    "location",
    "contact_email",
    "contact_phone",
    "posts_fte",
    "holder",
    "stated_organisation",
    "stated_parent",
)

#: Fields of a statement that describe how the person holds the post.
APPOINTMENT_FIELDS = ("start_date", "end_date", "fte", "appointment_kind", "status")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What one raw row says once it is read: a record, faults, or both.

    ended_post: reference of a post that the row says is no more; such a row makes no record.
    """

    row: int
    line: int
    record: Record | None
    faults: tuple[Fault, ...] = ()
    ended_post: str = ""


class Delivery(Protocol):
    """One file, or one dated part of a stacked file, as a connector opened it."""

    @property
    def kind(self) -> DeliveryKind:
        """Which part of the feed this is."""

    @property
    def as_of(self) -> date | None:
        """The day the delivery describes, when it says so itself."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What each cell of a row is; a row of the same cells under others is another row."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Field name to what people know it by."""

    @property
    def notices(self) -> tuple[Fault, ...]:
        """What is to be said about the file as a whole: encoding, columns left out."""

    def rows(self) -> Iterator[RawRow]:
        """Every row, in order; may be called again."""

    def read(self, row: RawRow) -> Reading:
        """What the row says."""

    def original(self, row: RawRow) -> Mapping[str, str]:
        """The row as it arrived, header to cell, without what must not be kept."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """
    What the directory knows of a feed's own words before it reads any of them.

    email_domains: of the feed's organisation, in lower case; empty where any will do.
    version: changes with the domains and with every translation of a grade or a profession,
        so that rows are read again. The words themselves are translated in SQL, while applying.
    """

    email_domains: frozenset[str] = frozenset()
    version: str = ""
