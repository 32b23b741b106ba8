"""What the page of a mapping shows: the text, and what came of a file it was tried on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directory.connectors.trial import Trial, TriedRow
from directory.records import Fault
from directory.web.curate.wording import SEVERITIES, Tag, field_label

#: Rows that are read for a trial.
ROWS_TRIED: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A name and what stands under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault of a row, or of the file."""

    tag: Tag
    column: str
    hint: str
    count: int


@dataclass(frozen=True, slots=True)
class TrialRow:
    """
    One row: its cells as they stand in the file, beside what would become of them.

    is_refused: a fault stops the row.
    """

    row: int
    source: tuple[Cell, ...]
    result: tuple[Cell, ...]
    faults: tuple[FaultLine, ...]
    is_refused: bool


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What came of a trial; refusal: why the whole file would be refused, empty if it is not."""

    header: tuple[str, ...]
    rows: tuple[TrialRow, ...]
    notices: tuple[FaultLine, ...]
    refusal: str
    in_error: int


def read_trial_page(*, trial: Trial) -> TrialPage:
    """A trial as the page shows it."""
    rows = tuple(map(_row, trial.rows))
    return TrialPage(
        header=trial.header,
        rows=rows,
        notices=_faults(trial.notices),
        refusal=trial.refusal.message if trial.refusal else "",
        in_error=sum(row.is_refused for row in rows),
    )


def _row(tried: TriedRow) -> TrialRow:
    return TrialRow(
        row=tried.row,
        source=tuple(Cell(header or "(no header)", cell) for header, cell in tried.source.items()),
        result=tuple(Cell(field_label(name=name), said) for name, said in tried.values.items()),
        faults=_faults(tried.faults),
        is_refused=not tried.values,
    )


def _faults(faults: Sequence[Fault]) -> tuple[FaultLine, ...]:
    return tuple(
        FaultLine(SEVERITIES[fault.severity], fault.column, fault.hint, fault.count)
        for fault in faults
    )
