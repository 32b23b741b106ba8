"""
The table layout: one row for each official, or one for each team.

docs/feeds.md describes it column by column. Which of the two a file is, its
header says: `source_key` makes it people, `unit_code` with `parent_code` and
no `source_key` makes it teams.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from directory.connectors.columns import dropped_notices, header_key
from directory.connectors.contract import NOT_STATED, HeadedFile
from directory.connectors.formats import Expected, open_headed
from directory.connectors.keeping import copy_used_cells
from directory.connectors.table_layout import Layout, lay_out
from directory.connectors.table_mapping import (
    PEOPLE_FIELDS,
    TEAM_FIELDS,
    TableMapping,
    table_mapping,
)
from directory.connectors.table_rows import FREE_TEXT, read_person, read_team
from directory.connectors.texts import FaultList
from directory.records import DeliveryKind, Fault, RawRow, Reading, Record, Vocabulary

#: The only field that holds several values.
_LIST_FIELD = "expertise"


class TableConnector:
    """Reads people or teams from CSV (and its kin), Excel workbooks and JSON Lines."""

    name = "table"
    version = 2

    def open(
        self,
        *,
        path: Path,
        mapping: Mapping[str, Any],
        vocabulary: Vocabulary,
        file_name: str = "",
    ) -> "Sequence[TableDelivery]":
        """
        Open a file as its one delivery.

        :raises UnreadableDelivery: if the file, its header or the mapping cannot be followed.
        """
        rules = table_mapping(mapping)
        file = open_headed(path=path, file_name=file_name, expected=expected_columns(rules=rules))
        layout = lay_out(file=file, rules=rules)
        domains = frozenset(d.casefold().strip(".") for d in vocabulary.email_domains)
        return (TableDelivery(file=file, layout=layout, rules=rules, email_domains=domains),)

    def copy_used(
        self,
        *,
        path: Path,
        mapping: Mapping[str, Any],
        vocabulary: Vocabulary,
        copy: Path,
        file_name: str = "",
    ) -> None:
        """Write a copy without what is not read; see the contract."""
        deliveries = self.open(
            path=path, mapping=mapping, vocabulary=vocabulary, file_name=file_name
        )
        copy_used_cells(deliveries=deliveries, copy=copy)

    def check_mapping(self, *, mapping: Mapping[str, Any]) -> None:
        """
        Let through a mapping that this layout can follow.

        :raises UnreadableDelivery: with `invalid_mapping`, naming the setting.
        """
        table_mapping(mapping)


class TableDelivery:
    """One table, opened: its rows, and what each says."""

    as_of: date | None = None

    def __init__(
        self,
        *,
        file: HeadedFile,
        layout: Layout,
        rules: TableMapping,
        email_domains: frozenset[str],
    ) -> None:
        self.kind = layout.kind
        self.fields = layout.columns.fields
        self.headers = layout.named
        self.notices: tuple[Fault, ...] = file.notices + dropped_notices(
            file=file, dropped=layout.columns.dropped
        )
        self.file = file
        self.used = frozenset(layout.columns.positions)
        self.used_in_odd_rows = layout.key_positions
        self.free_text = layout.positions_only_of(fields=FREE_TEXT)
        self._layout = layout
        self._rules = rules
        self._email_domains = email_domains

    def rows(self) -> Iterator[RawRow]:
        """
        Every row that is not blank, in order.

        A row with too many or too few cells has a single cell, its number of cells, so
        that nothing of it is taken for something else; its key is kept where there is one.
        """
        columns = self._layout.columns
        pick, key_of, width = columns.picker(), self._layout.key_of(), columns.width
        for row, line, cells in self.file.records():
            if len(cells) == width:
                picked = pick(cells)
                key = key_of(picked)
                if key or any(cell and not cell.isspace() for cell in cells):
                    yield RawRow(row, line, key, picked)
            elif any(cell and not cell.isspace() for cell in cells):
                # Cells that are not there say nothing, and leave the key to those that are.
                there = pick([*cells, *[NOT_STATED] * width])
                yield RawRow(row, line, key_of(there), (str(len(cells)),))

    def read(self, row: RawRow) -> Reading:
        """The record of a row, or its faults."""
        columns = self._layout.columns
        faults = FaultList(row=row, columns=self._layout.named)
        if len(row.cells) != len(columns.fields):
            faults.add(
                field="",
                code="wrong_number_of_cells",
                hint=f"The row has {row.cells[0]} cells and the header {columns.width}; put "
                "quotes around a cell that holds the delimiter.",
            )
            return Reading(row.row, row.line, None, tuple(faults.faults))
        record: Record | None
        if self.kind is DeliveryKind.TEAMS:
            record = read_team(row=row, layout=self._layout, faults=faults)
        else:
            record = read_person(
                row=row,
                layout=self._layout,
                faults=faults,
                rules=self._rules,
                email_domains=self._email_domains,
            )
        return Reading(row.row, row.line, record, tuple(faults.faults))

    def original(self, row: RawRow) -> Mapping[str, str]:
        """The row as it arrived, header to cell, without what must not be kept."""
        return self._layout.columns.original(cells=row.cells)


def expected_columns(*, rules: TableMapping) -> Expected:
    """What a file of a feed with this mapping may hold."""
    known = {header_key(name) for name in (*PEOPLE_FIELDS, *TEAM_FIELDS, *rules.headers())}
    lists = {header_key(_LIST_FIELD), header_key(rules.columns.get(_LIST_FIELD, _LIST_FIELD))}
    return Expected(
        encoding=rules.encoding,
        delimiter=rules.delimiter,
        knows=lambda header: header_key(header) in known,
        may_be_list=lambda header: header_key(header) in lists,
    )
