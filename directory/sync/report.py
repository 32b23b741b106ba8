"""
The trace of a run: its row, faults, counts and reasons, written outside the apply transaction,
so that refusals and crashes leave one too.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from django.db import connection

from directory.models import FeedRun, RowFault
from directory.plans import Change, Example, FaultTotals, PlanTotals
from directory.records import Delivery, Fault, Severity
from directory.sync.keeping import UNFINISHED
from directory.sync.notices import note_failed, note_held

if TYPE_CHECKING:
    from directory.sync.safety import Refusal

_COPY_CHANGES = """
    COPY directory_plannedchange (
        run_id, position, row, line, kind, source_key, action, situation, subject_id, statement,
        raw_digest, changed, before, evidence, candidates, new_post
    ) FROM STDIN
"""

_ORIGINALS = """
    UPDATE directory_rowfault fault
       SET original = said.original
      FROM unnest(%(rows)s::int[], %(originals)s::jsonb[]) AS said (row, original)
     WHERE fault.run_id = %(run)s AND fault.row = said.row
"""

#: Faults kept in full for one run; beyond that they are counted by code.
FAULTS_KEPT = 20_000

#: Rows named as examples of what a safeguard found.
EXAMPLES = 3


class PlanWriter:
    """Writes the lines of a plan into its table as they are decided."""

    def __init__(self, *, run: FeedRun) -> None:
        self._run = run
        self._position = 0

    def write(self, *, lines: Iterable[tuple[Change, str, bytes]]) -> None:
        """Append lines: the change, its statement as text, the digest of the row it came from."""
        with connection.cursor() as cursor, cursor.copy(_COPY_CHANGES) as copy:
            for change, statement, raw_digest in lines:
                self._position += 1
                copy.write_row(self._line(change, statement, raw_digest))

    def _line(self, change: Change, statement: str, raw_digest: bytes) -> tuple[object, ...]:
        candidates = [
            {"person_id": str(c.person_id), "evidence": c.evidence} for c in change.candidates
        ]
        return (
            self._run.pk,
            self._position,
            change.row,
            change.line,
            change.kind.value,
            change.source_key,
            change.action.value,
            change.situation.value,
            change.subject_id,
            statement,
            raw_digest,
            _json_list(tuple(change.before)),
            json.dumps(dict(change.before), ensure_ascii=False) if change.before else "{}",
            _json_list(change.evidence),
            json.dumps(candidates) if candidates else "[]",
            change.new_post,
        )


@lru_cache(maxsize=1_000)
def _json_list(words: tuple[str, ...]) -> str:
    """A list of words as JSON; the same few lists recur through a whole plan."""
    return json.dumps(words)


class FaultWriter:
    """
    Writes faults as they are found, and counts them.

    by_code: all of them; errors: those that cost a row, by code and column.
    examples: the first rows in error.
    """

    def __init__(self, *, run: FeedRun) -> None:
        self._run = run
        self.by_code: Counter[str] = Counter()
        self.errors: Counter[tuple[str, str]] = Counter()
        self.rows_in_error = 0
        self.examples: list[Example] = []
        self._kept = 0
        self._rows: set[int] = set()

    def write(self, *, faults: Iterable[Fault]) -> None:
        """Keep the faults of some rows; beyond `FAULTS_KEPT` they are only counted."""
        rows = []
        for fault in faults:
            if self._kept < FAULTS_KEPT:
                self._kept += 1
                self._rows.add(fault.row)
                rows.append(RowFault(run=self._run, **_fields(fault)))
            self.by_code[fault.code] += fault.count
            if fault.severity is Severity.ERROR:
                self._note_error(fault)
        RowFault.objects.bulk_create(rows, batch_size=1_000)

    def totals(self) -> tuple[FaultTotals, ...]:
        """The errors by code and column, the most frequent first."""
        return tuple(FaultTotals(*place, errors) for place, errors in self.errors.most_common())

    def _note_error(self, fault: Fault) -> None:
        self.errors[fault.code, fault.column] += fault.count
        seen = self.examples
        if len(seen) < EXAMPLES and (not seen or seen[-1].row != fault.row):
            seen.append(Example(fault.row, fault.source_key))

    def keep_originals(self, *, delivery: Delivery, page_size: int = 1_000) -> None:
        """
        Put beside the faults kept the rows they are about, as they arrived.

        The delivery is read once more, and only where some row of it has a fault.
        """
        wanted = self._rows - {0}
        last = max(wanted, default=0)
        rows = takewhile(lambda row: row.row <= last, delivery.rows()) if last else ()
        found = (row for row in rows if row.row in wanted)
        while page := list(islice(found, page_size)):
            originals = [json.dumps(dict(delivery.original(row))) for row in page]
            with connection.cursor() as cursor:
                cursor.execute(
                    _ORIGINALS,
                    {
                        "run": self._run.pk,
                        "rows": [row.row for row in page],
                        "originals": originals,
                    },
                )


def _fields(fault: Fault) -> dict[str, object]:
    fields = asdict(fault)
    fields["severity"] = fault.severity.value
    fields["column"] = fault.column[:200]
    fields["source_key"] = fault.source_key[:500]
    return fields


def is_error(faults: Iterable[Fault]) -> bool:
    """Whether one of the faults costs its row."""
    return any(fault.severity is Severity.ERROR for fault in faults)


def first_step(*, note: str, now: datetime) -> list[dict[str, str]]:
    """The trail of a run that has just been received."""
    return [{"at": now.isoformat(), "state": FeedRun.State.RECEIVED.value, "note": note}]


def begin_anew(*, run: FeedRun, now: datetime) -> None:
    """Forget what an attempt that was broken off has planned, and note when this one began."""
    run.changes.all().delete()
    run.faults.all().delete()
    run.started_at = now
    run.save(update_fields=["started_at"])


def step(*, run: FeedRun, state: str, note: str, now: datetime) -> None:
    """Move the run to another state and say why in its trail."""
    run.state = state
    run.trail = [*run.trail, {"at": now.isoformat(), "state": state, "note": note}]
    run.save()


def planned(
    *, run: FeedRun, totals: PlanTotals, faults: FaultWriter, plan_digest: str, now: datetime
) -> None:
    """Record what the plan comes to."""
    run.plan_digest = plan_digest
    run.counts = totals.counts | {"faults": dict(sorted(faults.by_code.items()))}
    step(run=run, state=FeedRun.State.PLANNED, note="plan computed", now=now)


def held(*, run: FeedRun, refusals: Iterable["Refusal"], now: datetime) -> None:
    """Record that safeguards fired, each with its rule, its numbers and its examples."""
    run.held_reasons = [asdict(refusal) for refusal in refusals]
    step(run=run, state=FeedRun.State.HELD, note="held for approval", now=now)
    note_held(run=run, now=now)


def failed(*, run: FeedRun, code: str, message: str, now: datetime) -> None:
    """Record that the delivery was refused and nothing of it was applied."""
    run.failure_code = code
    run.failure_message = message
    run.finished_at = now
    step(run=run, state=FeedRun.State.FAILED, note=message, now=now)
    note_failed(run=run, now=now)


def failed_as_a_whole(*, run: FeedRun, code: str, message: str, now: datetime) -> None:
    """Record the same of a file's first run and of its further parts, as far as they are open."""
    if FeedRun.objects.filter(UNFINISHED, pk=run.pk).exists():
        failed(run=run, code=code, message=message, now=now)
    for part in run.further_parts.filter(UNFINISHED):
        failed(run=part, code=code, message=message, now=now)
