"""
Computes a run's plan: each changed row judged, matched and planned, then the departures.

Nothing of the directory is touched. The lines go into the plan's table as they are
decided; what stays in memory is one chunk and the totals.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256

from django.utils import timezone

from directory.models import FeedRun
from directory.plans import Action, Candidate, Change, Facts, KnownSubject, PlanTotals
from directory.records import Delivery, DeliveryKind, Fault, Reading, Severity, SubjectKind
from directory.sync import belonging, progress
from directory.sync.lines import has_top_post
from directory.sync.match import match_record
from directory.sync.plan import digest_line, plan_change, plan_departure, statement_text
from directory.sync.readings import Readings
from directory.sync.report import FaultWriter, PlanWriter, is_error
from directory.sync.safety import KEYS_NEVER_HELD, ROWS_NEVER_HELD
from directory.sync.snapshot import departing, with_facts
from directory.sync.staging import Staged, stage
from directory.sync.tallies import Tally
from directory.sync.validate import validate_row

_NO_TOP_POST = Fault(
    row=0,
    line=0,
    column="Reports to Senior Post",
    code="no_top_post",
    hint="No post reports to XX; write XX for the head of the body.",
    severity=Severity.WARNING,
)


class Planned:
    """A computed plan: its totals, its digest, and the faults found on the way."""

    def __init__(self, *, run: FeedRun, today: date) -> None:
        self.faults = FaultWriter(run=run)
        self.withheld = 0
        self._run = run
        self._tally = Tally(today=today)
        self._lines = PlanWriter(run=run)
        self._digest = sha256()

    @property
    def digest(self) -> str:
        """SHA-256 over the plan's lines in order, hexadecimal."""
        return self._digest.hexdigest()

    def add(self, *, changes: list[tuple[Change, bytes]], faults: list[Fault]) -> None:
        """Append decided lines, each with its row's digest, and the faults met meanwhile."""
        lines = []
        for change, raw_digest in changes:
            self._tally.add(change=change)
            statement = statement_text(change=change)
            self._digest.update(digest_line(change=change, statement=statement))
            lines.append((change, statement, raw_digest))
        self._lines.write(lines=lines)
        self.faults.write(faults=faults)

    def totals(self, *, staged: Staged, now: datetime) -> PlanTotals:
        """The numbers that safety judges."""
        run, tally = self._run, self._tally
        blanked = tally.blanked(more_than=ROWS_NEVER_HELD)
        joining = tally.actions[Action.CREATE] > KEYS_NEVER_HELD
        return PlanTotals(
            rows=staged.rows,
            errors=self.faults.rows_in_error,
            subjects_before=staged.held_before,
            creations=tally.actions[Action.CREATE],
            updates=tally.actions[Action.UPDATE],
            kept=tally.actions[Action.KEEP],
            departures=tally.departures,
            withheld=self.withheld,
            disputes=tally.disputes,
            people_before=belonging.people_vouched_for(run=run),
            absent=staged.absent,
            week=belonging.departed_in_a_week(run=run, now=now),
            columns=tally.columns(filled=belonging.filled_values(run=run, fields=blanked)),
            faults=self.faults.totals(),
            departing=tuple(tally.departing),
            in_error=tuple(self.faults.examples),
            other_organisation=belonging.other_organisation(run=run) if staged.changed else None,
            same_file=belonging.feed_of_same_file(run=run) if joining else "",
            other_feed=belonging.other_feed(run=run) if joining else None,
        )


def compute_plan(
    *, delivery: Delivery, run: FeedRun, salt: str, now: datetime
) -> tuple[Planned, PlanTotals]:
    """Compute the whole difference between the delivery and what its feed holds."""
    planned = Planned(run=run, today=timezone.localtime(now).date())
    progress.begin_step(run=run, step=progress.STAGING)
    staged = stage(delivery=delivery, run=run, salt=salt)
    progress.begin_step(run=run, step=progress.READING, rows_total=staged.changed)
    planned.faults.write(faults=delivery.notices)
    with Readings() as readings:
        if staged.changed:
            readings.take(delivery=delivery, run=run)
            progress.begin_step(run=run, step=progress.DECIDING)
            for chunk in with_facts(readings=readings, run=run):
                changes, faults = _decide(chunk, planned)
                planned.add(changes=changes, faults=faults)
                progress.advance(run=run, rows=len(chunk))
            planned.faults.write(faults=readings.words.unmapped(run=run, delivery=delivery))
            if run.kind == DeliveryKind.SENIOR and not has_top_post(run=run):
                planned.faults.write(faults=[_NO_TOP_POST])
    if staged.keyless and staged.absent:
        # A row whose key cannot be read may be anybody's, so nobody can be said to be absent.
        planned.withheld = staged.absent
        planned.faults.write(faults=[_withheld(staged)])
    elif staged.absent:
        _plan_departures(planned=planned, run=run)
    planned.faults.keep_originals(delivery=delivery)
    return planned, planned.totals(staged=staged, now=now)


def _decide(
    chunk: Iterable[tuple[Reading, Facts, bytes]], planned: Planned
) -> tuple[list[tuple[Change, bytes]], list[Fault]]:
    changes: list[tuple[Change, bytes]] = []
    faults: list[Fault] = []
    for read, facts, digest in chunk:
        reading = validate_row(reading=read, facts=facts)
        faults.extend(reading.faults)
        planned.faults.rows_in_error += is_error(reading.faults)
        if reading.record is None:
            continue
        match = match_record(record=reading.record, facts=facts)
        decision = plan_change(reading=reading, facts=facts, match=match)
        if isinstance(decision, Change):
            changes.append((decision, digest))
        elif decision is not None:
            faults.append(decision)
            planned.faults.rows_in_error += 1
    return changes, faults


def _plan_departures(*, planned: Planned, run: FeedRun) -> None:
    for chunk in _chunks(departing(run=run)):
        planned.add(changes=[(change, b"") for change in chunk], faults=[])


def _chunks(
    leaving: Iterable[tuple[SubjectKind, KnownSubject, tuple[Candidate, ...]]], size: int = 5_000
) -> Iterator[list[Change]]:
    chunk: list[Change] = []
    for kind, known, candidates in leaving:
        chunk.append(
            plan_departure(
                kind=kind, source_key=known.source_key, known=known, candidates=candidates
            )
        )
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk


def _withheld(staged: Staged) -> Fault:
    return Fault(
        row=0,
        line=0,
        column="",
        code="departures_withheld",
        hint=(
            f"{staged.keyless} rows have no readable key and may be anybody's, so none of the "
            f"{staged.absent} who are absent is marked as left. Mend those rows and deliver again."
        ),
        severity=Severity.NOTICE,
        count=staged.absent,
    )
