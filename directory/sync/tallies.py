"""
Counts a plan as its lines are decided, for safety to judge.

What is kept grows with the number of columns, never with that of rows.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from directory.plans import Action, Change, ColumnTotals, Example, Situation
from directory.sync.report import EXAMPLES


class Tally:
    """
    What the lines of a plan come to.

    actions: lines by what they would do; disputes: those that raise a case.
    departures: who would be gone, or out of post at once by an end that lies in the past.
        Whoever had left on the day their feed stated before is not lost by this delivery.
    departing: the first of them.
    """

    def __init__(self, *, today: date) -> None:
        self._today = today.isoformat()
        self.actions: Counter[str] = Counter()
        self.departures = 0
        self.disputes = 0
        self.departing: list[Example] = []
        self._columns: dict[str, _Column] = {}

    def add(self, *, change: Change) -> None:
        """Count one line."""
        self.actions[change.action] += 1
        self.disputes += change.situation is Situation.DISPUTED
        if change.action is Action.UPDATE:
            self._add_columns(change)
        if self._departs(change):
            self.departures += 1
            if len(self.departing) < EXAMPLES:
                self.departing.append(Example(change.row, change.source_key))

    def blanked(self, *, more_than: int) -> list[str]:
        """The columns that lose a value in more than so many rows."""
        return [name for name, column in self._columns.items() if column.blanked > more_than]

    def columns(self, *, filled: Mapping[str, int]) -> tuple[ColumnTotals, ...]:
        """
        What would become of each column that changes, in the order of their names.

        filled: how many rows we hold a value of, for the columns that `blanked` named.
        """
        return tuple(
            ColumnTotals(
                field=name,
                changed=column.changed,
                blanked=column.blanked,
                filled=filled.get(name, 0),
                changed_examples=tuple(column.changed_examples),
                blanked_examples=tuple(column.blanked_examples),
            )
            for name, column in sorted(self._columns.items())
        )

    def _departs(self, change: Change) -> bool:
        end = change.statement.get("end_date", "")
        if change.action is Action.UPDATE:
            ends = "" < end < self._today
        else:
            ends = change.action is Action.DEPART
        return ends and not "" < change.before.get("end_date", end) < self._today

    def _add_columns(self, change: Change) -> None:
        for name, before in change.before.items():
            column = self._columns.get(name)
            if column is None:
                column = self._columns[name] = _Column()
            column.changed += 1
            if len(column.changed_examples) < EXAMPLES:
                column.changed_examples.append(Example(change.row, change.source_key))
            if before and not change.statement[name]:
                column.blanked += 1
                if len(column.blanked_examples) < EXAMPLES:
                    column.blanked_examples.append(Example(change.row, change.source_key))


class _Column:
    def __init__(self) -> None:
        self.changed = 0
        self.blanked = 0
        self.changed_examples: list[Example] = []
        self.blanked_examples: list[Example] = []
