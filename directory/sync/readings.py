"""
The changed rows, read by their connector: whole in a spool file, their keys in a table.

The spool keeps memory flat however long the delivery is; the temporary tables `reading`
and `ended_post` hold only what facts about several rows are found by.
"""

# Safe, 27 November 2026: it reads what this very process wrote.
import pickle  # nosec B403
from collections.abc import Iterator
from itertools import islice
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO

from django.db import connection

from directory.folding import fold
from directory.models import FeedRun
from directory.records import (
    Delivery,
    Fault,
    PersonRecord,
    PostRecord,
    Reading,
    Record,
    Statement,
    SubjectKind,
    TeamRecord,
)
from directory.sync import progress
from directory.sync.staging import changed_rows
from directory.sync.words import StatedWords

_CREATE = """
    DROP TABLE IF EXISTS reading, ended_post;
    CREATE TEMP TABLE ended_post (reference text NOT NULL);
    CREATE TEMP TABLE reading (
        row_number int NOT NULL, kind text NOT NULL, source_key text NOT NULL,
        node text NOT NULL, above text NOT NULL, unit text NOT NULL, name text NOT NULL,
        email text NOT NULL, organisation text NOT NULL, post text NOT NULL, top boolean NOT NULL
    )
"""

_COPY = """
    COPY reading (
        row_number, kind, source_key, node, above, unit, name, email, organisation, post, top
    ) FROM STDIN
"""

#: Rows in one chunk: large enough that a query a chunk is cheap, small enough to hold.
CHUNK = 5_000


class Readings:
    """
    The readings of a run's changed rows, in chunks that can be walked once more.

    Use as a context manager: the spool goes with it.
    """

    def __init__(self) -> None:
        self.words = StatedWords()
        self._spool: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "Readings":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spool.close()

    def take(self, *, delivery: Delivery, run: FeedRun) -> None:
        """Read every changed row of the run's delivery once."""
        with connection.cursor() as cursor:
            cursor.execute(_CREATE)
        rows = changed_rows(delivery=delivery)
        while chunk := [(delivery.read(row), digest) for row, digest in islice(rows, CHUNK)]:
            packed = [(*_packed(reading), digest) for reading, digest in chunk]
            pickle.dump(packed, self._spool, protocol=pickle.HIGHEST_PROTOCOL)
            with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
                for reading, _ in chunk:
                    if reading.record is not None:
                        copy.write_row(_keys(reading.row, reading.record))
                        self.words.add(values=reading.record.values)
            ended = [reading.ended_post for reading, _ in chunk if reading.ended_post]
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO ended_post SELECT unnest(%s::text[])", [ended])
            progress.advance(run=run, rows=len(chunk))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reading, ended_post")
        self._spool.seek(0)

    def chunks(self) -> Iterator[list[tuple[Reading, bytes]]]:
        """Every chunk of readings with their rows' digests, in the delivery's order."""
        while True:
            try:
                # Safe, 27 November 2026: what this very process wrote.
                chunk = pickle.load(self._spool)  # noqa: S301 - nobody else writes our spool  # nosec B301
            except EOFError:
                return
            yield [(_unpacked(*packed), digest) for *packed, digest in chunk]


_RECORD_TYPES: dict[SubjectKind, type[Record]] = {
    SubjectKind.PERSON: PersonRecord,
    SubjectKind.POST: PostRecord,
    SubjectKind.TEAM: TeamRecord,
}


def _packed(reading: Reading) -> tuple[object, ...]:
    """The reading as plain values, which are spooled several times faster than dataclasses."""
    record = reading.record
    said = (record.kind.value, record.key, dict(record.values)) if record is not None else None
    return reading.row, reading.line, said, reading.faults


def _unpacked(
    row: int, line: int, said: tuple[str, str, Statement] | None, faults: tuple[Fault, ...]
) -> Reading:
    if said is None:
        return Reading(row, line, None, faults)
    kind = SubjectKind(said[0])
    return Reading(row, line, _RECORD_TYPES[kind](said[1], said[2]), faults)


def _keys(row: int, record: Record) -> tuple[object, ...]:
    """
    node and above: the reporting or parent line from this row, in the feed's own keys.
    post: what a job share's rows must say alike. top: the row names the head of its body.
    """
    said = record.values.get
    post_key = said("post_key", "")
    in_posts = "reports_to_post" in record.values
    person = isinstance(record, PersonRecord)
    name = fold(f"{said('given_name', '')} {said('family_name', '')}") if person else ""
    alike = (
        "\n".join(said(f, "") for f in ("job_title", "grade", "unit_name", "reports_to_post"))
        if post_key
        else ""
    )
    return (
        row,
        record.kind.value,
        record.key,
        post_key if in_posts else record.key,
        said("reports_to_post") or said("manager_key") or said("parent_code") or "",
        said("unit_code", ""),
        name,
        said("email", "").lower(),
        said("stated_organisation", ""),
        alike,
        bool(said("top_post")),
    )
