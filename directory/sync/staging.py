"""
The delivery beside what we hold: which rows changed, and who is missing.

Raw rows are digested and copied into a temporary table; one set-based comparison
with the feed's source records tells the changed rows from the unchanged ones, so
that unchanged rows cost almost nothing however many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection, transaction

from directory.changes.planner import plan_for_whole_tables
from directory.models import FeedRun
from directory.records import Delivery, RawRow

#: Stands between the cells of a row while it is digested; no cell can hold it.
_BETWEEN = "\x1f"

_CREATE = """
    DROP TABLE IF EXISTS delivery_row, changed_row, absent_record;
    CREATE TEMP TABLE delivery_row (
        row_number int NOT NULL, line int NOT NULL, source_key text NOT NULL, digest bytea NOT NULL
    )
"""

_COMPARE = """
    CREATE TEMP TABLE changed_row AS
    SELECT staged.row_number, staged.line, staged.source_key, staged.digest
      FROM delivery_row staged
      LEFT JOIN directory_sourcerecord held
        ON held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed'
       AND held.source_key = staged.source_key
     WHERE held.raw_digest IS DISTINCT FROM staged.digest
     ORDER BY staged.row_number
"""

# A row that says what we hold is in error too, once another row says something else of its key.
_CONTRADICTED = """
    INSERT INTO changed_row
    SELECT staged.row_number, staged.line, staged.source_key, staged.digest
      FROM delivery_row staged
     WHERE staged.source_key <> ''
       AND EXISTS (SELECT FROM changed_row changed
                    WHERE changed.source_key = staged.source_key
                      AND changed.digest <> staged.digest)
       AND NOT EXISTS (SELECT FROM changed_row changed
                        WHERE changed.row_number = staged.row_number)
"""

_ABSENT = """
    CREATE TEMP TABLE absent_record AS
    SELECT held.id, held.kind, held.source_key, held.subject_id, held.statement
      FROM directory_sourcerecord held
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed' AND %(complete)s
       AND NOT EXISTS (SELECT FROM delivery_row staged WHERE staged.source_key = held.source_key)
"""

_COUNT = """
    SELECT (SELECT count(*) FROM delivery_row),
           (SELECT count(*) FROM changed_row),
           (SELECT count(*) FROM absent_record),
           (SELECT count(*) FROM delivery_row WHERE source_key = ''),
           (SELECT count(*) FROM directory_sourcerecord
             WHERE feed_id = %(feed)s AND delivery_kind = %(kind)s
               AND state = 'current' AND origin = 'feed')
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """
    A staged delivery in numbers.

    rows: rows of the delivery; changed: those to be read; absent: subjects that a complete
    delivery no longer names; keyless: rows whose key could not be read; held_before: subjects
    this part of the feed vouched for.
    """

    rows: int
    changed: int
    absent: int
    keyless: int
    held_before: int


def stage(*, delivery: Delivery, run: FeedRun, salt: str) -> Staged:
    """
    Copy the delivery's row digests beside the feed's records and compare the two.

    salt: versions of connector, mapping, policy and vocabulary; when one changes, so does
        every digest, and every row is read again.
    """
    named = {"feed": run.feed_id, "kind": delivery.kind.value, "complete": run.complete}
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy(
            "COPY delivery_row (row_number, line, source_key, digest) FROM STDIN"
        ) as copy:
            said_in = _BETWEEN.join((salt, *delivery.fields))
            write, salted = copy.write_row, blake2b(said_in.encode(), digest_size=16)
            for row in delivery.rows():
                digest = salted.copy()
                digest.update(_BETWEEN.join(row.cells).encode("utf-8", "surrogatepass"))
                write((row.row, row.line, row.key, digest.digest()))
        cursor.execute("ANALYZE delivery_row")
    with transaction.atomic(), connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
        cursor.execute(_COMPARE, named)
        cursor.execute(_CONTRADICTED)
        cursor.execute(_ABSENT, named)
        cursor.execute("ANALYZE changed_row, absent_record")
        cursor.execute(_COUNT, named)
        return Staged(*cursor.fetchone())


def changed_rows(*, delivery: Delivery, page_size: int = 20_000) -> Iterator[tuple[RawRow, bytes]]:
    """
    The changed rows in the delivery's order, each with its digest.

    The file is read again rather than kept, so memory stays flat.
    """
    wanted = _changed_digests(page_size=page_size)
    number, digest = next(wanted, (None, b""))
    for row in delivery.rows():
        if number is None:
            return
        if row.row == number:
            yield row, digest
            number, digest = next(wanted, (None, b""))


def _changed_digests(*, page_size: int) -> Iterator[tuple[int | None, bytes]]:
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT row_number, digest FROM changed_row WHERE row_number > %s"
                " ORDER BY row_number LIMIT %s",
                [last, page_size],
            )
            page = cursor.fetchall()
        if not page:
            return
        for number, digest in page:
            yield number, bytes(digest)
        last = page[-1][0]
