"""
What a run would do, or did, as people look at it: counts, a page of lines, or everything as CSV.

Read is the plan's own table, which is what is applied; values from before the run are kept
with it, so that a preview says the same however the directory moves on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from directory.formula_safe import csv_line
from directory.models import FeedRun, PlannedChange
from directory.plans import Action

_PLAN_COLUMNS = (
    "position row line kind source_key name action situation field before after evidence"
).split()
_FAULT_COLUMNS = "row line column code severity count source_key hint".split()

_ORIGINAL_COLUMNS = """
    SELECT DISTINCT jsonb_object_keys(original) AS header
      FROM directory_rowfault WHERE run_id = %s ORDER BY header
"""

#: Lines fetched at once where all of them are written out.
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one subject; blank where it has no value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """
    One line of a plan.

    row, line: where the file says it; 0 for somebody it does not name.
    name: of the person, post or team, as the feed says it.
    fields: what changes, field by field; none where somebody leaves or nothing changes.
    """

    position: int
    row: int
    line: int
    kind: str
    source_key: str
    name: str
    action: str
    situation: str
    subject_id: UUID
    evidence: list[str]
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class Preview:
    """
    A page of a run's plan.

    counts: lines of the whole plan by action and by situation, whatever the page shows.
    next_after: where the next page goes on; None on the last.
    digest: of the whole plan, which an approval names.
    """

    lines: list[PreviewLine]
    next_after: int | None
    counts: dict[str, dict[str, int]]
    digest: str


def preview(
    *, run: FeedRun, action: str = "", situation: str = "", after: int = 0, size: int = 100
) -> Preview:
    """
    A page of the run's plan, in the plan's order.

    action, situation: only such lines, where one is named. after: position of the last line
    seen. size: lines on the page.
    """
    wanted = {"action": action, "situation": situation}
    lines = run.changes.filter(
        position__gt=after, **{name: value for name, value in wanted.items() if value}
    )
    page = [_line(change) for change in lines.order_by("position")[: size + 1]]
    return Preview(
        lines=page[:size],
        next_after=page[size - 1].position if len(page) > size else None,
        counts=_counts(run),
        digest=run.plan_digest,
    )


def plan_csv(*, run: FeedRun) -> Iterator[str]:
    """
    The whole plan as lines of CSV: one for each field that changes, or one where none does.

    Formula-safe, see `formula_safe`.
    """
    yield csv_line(cells=_PLAN_COLUMNS)
    for change in _all(run.changes.order_by("position")):
        line = _line(change)
        told = (
            line.position,
            line.row,
            line.line,
            line.kind,
            line.source_key,
            line.name,
            line.action,
            line.situation,
        )
        evidence = "; ".join(line.evidence)
        for field in line.fields or [FieldChange("", "", "")]:
            yield csv_line(cells=(*told, field.field, field.before, field.after, evidence))


def faults_csv(*, run: FeedRun) -> Iterator[str]:
    """
    Every fault kept for the run as lines of CSV, each with its row as it arrived.

    Formula-safe, see `formula_safe`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINAL_COLUMNS, [run.pk])
        headers = [header for (header,) in cursor.fetchall()]
    yield csv_line(cells=[*_FAULT_COLUMNS, *headers])
    faults = run.faults.order_by("row", "id").values_list(*_FAULT_COLUMNS, "original")
    for *told, original in faults.iterator(chunk_size=_AT_ONCE):
        yield csv_line(cells=[*told, *(original.get(header, "") for header in headers)])


def _counts(run: FeedRun) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {"action": {}, "situation": {}}
    grouped = run.changes.order_by().values_list("action", "situation").annotate(Count("id"))
    for action, situation, lines in sorted(grouped):
        for name, value in (("action", action), ("situation", situation)):
            counts[name][value] = counts[name].get(value, 0) + lines
    return counts


def _all(changes: QuerySet[PlannedChange]) -> Iterator[PlannedChange]:
    return changes.iterator(chunk_size=_AT_ONCE)


def _line(change: PlannedChange) -> PreviewLine:
    return PreviewLine(
        position=change.position,
        row=change.row,
        line=change.line,
        kind=change.kind,
        source_key=change.source_key,
        name=_name(change.statement),
        action=change.action,
        situation=change.situation,
        subject_id=change.subject_id,
        evidence=change.evidence,
        fields=_fields(change),
    )


def _name(said: dict[str, str]) -> str:
    person = f"{said.get('given_name', '')} {said.get('family_name', '')}".strip()
    return person or said.get("name", "") or said.get("job_title", "")


def _fields(change: PlannedChange) -> list[FieldChange]:
    """What changes: against the last statement under the key, or against nothing."""
    said, before = change.statement, change.before
    if before or change.action != Action.CREATE:
        return [FieldChange(name, before[name], said[name]) for name in sorted(before)]
    return [FieldChange(name, "", said[name]) for name in sorted(said) if said[name]]
