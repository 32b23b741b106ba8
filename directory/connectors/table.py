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

from directory.connectors.columns import (
    Columns,
    dropped_notices,
    header_key,
    mapping_table,
    mapping_text,
    match_columns,
)
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.delimited import DelimitedFile, open_delimited
from directory.connectors.keeping import copy_used_cells
from directory.connectors.table_mapping import (
    PEOPLE_FIELDS,
    TEAM_FIELDS,
    TableMapping,
    table_mapping,
)
from directory.connectors.table_rows import read_person, read_team
from directory.connectors.texts import FaultList, clean_key
from directory.records import DeliveryKind, Fault, RawRow, Reading, Record, Vocabulary

REQUIRED_PEOPLE = ("source_key", "given_name", "family_name", "unit_code", "status")


class TableConnector:
    """Reads CSV (and its kin with semicolons, tabs or pipes) of people or teams."""

    name = "table"
    version = 1

    def open(
        self, *, path: Path, mapping: Mapping[str, Any], vocabulary: Vocabulary
    ) -> "Sequence[TableDelivery]":
        """
        Open a file as its one delivery.

        :raises UnreadableDelivery: if the file, its header or the mapping cannot be followed.
        """
        rules = table_mapping(mapping)
        file = open_delimited(
            path=path,
            encoding=mapping_text(mapping, "encoding"),
            delimiter=mapping_text(mapping, "delimiter"),
        )
        renamed = mapping_table(mapping, "columns")
        keys = {header_key(header) for header in file.header}
        if _is_teams(keys, renamed):
            return (_open_teams(file, renamed),)
        return (_open_people(file, renamed, rules, vocabulary),)

    def copy_used(
        self, *, path: Path, mapping: Mapping[str, Any], vocabulary: Vocabulary, copy: Path
    ) -> None:
        """Write a copy without what is not read; see the contract."""
        deliveries = self.open(path=path, mapping=mapping, vocabulary=vocabulary)
        copy_used_cells(deliveries=deliveries, copy=copy)


class TableDelivery:
    """One table, opened: its rows, and what each says."""

    as_of: date | None = None

    def __init__(
        self,
        *,
        kind: DeliveryKind,
        file: DelimitedFile,
        columns: Columns,
        rules: TableMapping,
        email_domains: frozenset[str],
    ) -> None:
        self.kind = kind
        self.notices: tuple[Fault, ...] = file.notices + dropped_notices(
            file=file, dropped=columns.dropped
        )
        self.file = file
        self._columns = columns
        self._rules = rules
        self._email_domains = email_domains
        key_field = "source_key" if kind is DeliveryKind.PEOPLE else "unit_code"
        self._key_index = columns.fields.index(key_field)
        self._key_position = columns.positions[self._key_index]
        self.used = frozenset(columns.positions)
        self.used_in_odd_rows = frozenset({self._key_position})

    def rows(self) -> Iterator[RawRow]:
        """
        Every row that is not blank, in order.

        A row with too many or too few cells has a single cell, its number of cells, so
        that nothing of it is taken for something else; its key is kept where there is one.
        """
        pick = self._columns.picker()
        width, key_index, key_position = self._columns.width, self._key_index, self._key_position
        for row, line, cells in self.file.records():
            if len(cells) == width:
                picked = pick(cells)
                key = clean_key(picked[key_index])
                if key or any(cell and not cell.isspace() for cell in cells):
                    yield RawRow(row, line, key, picked)
            elif any(cell and not cell.isspace() for cell in cells):
                key = clean_key(cells[key_position]) if key_position < len(cells) else ""
                yield RawRow(row, line, key, (str(len(cells)),))

    def read(self, row: RawRow) -> Reading:
        """The record of a row, or its faults."""
        faults = FaultList(row=row, columns=self._columns.headers)
        if len(row.cells) != len(self._columns.fields):
            faults.add(
                field="",
                code="wrong_number_of_cells",
                hint=f"The row has {row.cells[0]} cells and the header {self._columns.width}; put "
                "quotes around a cell that holds the delimiter.",
            )
            return Reading(row.row, row.line, None, tuple(faults.faults))
        record: Record | None
        if self.kind is DeliveryKind.TEAMS:
            record = read_team(row=row, fields=self._columns.fields, faults=faults)
        else:
            record = read_person(
                row=row,
                fields=self._columns.fields,
                faults=faults,
                rules=self._rules,
                email_domains=self._email_domains,
            )
        return Reading(row.row, row.line, record, tuple(faults.faults))


def _is_teams(keys: set[str], renamed: Mapping[str, str]) -> bool:
    renaming = renamed.items()
    stated = keys | {header_key(name) for name, theirs in renaming if header_key(theirs) in keys}
    return "sourcekey" not in stated and {"unitcode", "parentcode"} <= stated


def _open_people(
    file: DelimitedFile, renamed: Mapping[str, str], rules: TableMapping, vocabulary: Vocabulary
) -> TableDelivery:
    known = {header_key(name): name for name in PEOPLE_FIELDS}
    ours = {name: header for name, header in renamed.items() if name in PEOPLE_FIELDS}
    columns = match_columns(file=file, known=known, order=PEOPLE_FIELDS, renamed=ours)
    _require(columns, REQUIRED_PEOPLE)
    domains = frozenset(d.casefold().strip(".") for d in vocabulary.email_domains)
    return TableDelivery(
        kind=DeliveryKind.PEOPLE, file=file, columns=columns, rules=rules, email_domains=domains
    )


def _open_teams(file: DelimitedFile, renamed: Mapping[str, str]) -> TableDelivery:
    known = {header_key(name): name for name in TEAM_FIELDS}
    ours = {name: header for name, header in renamed.items() if name in TEAM_FIELDS}
    columns = match_columns(file=file, known=known, order=TEAM_FIELDS, renamed=ours)
    _require(columns, TEAM_FIELDS)
    return TableDelivery(
        kind=DeliveryKind.TEAMS,
        file=file,
        columns=columns,
        rules=TableMapping(),
        email_domains=frozenset(),
    )


def _require(columns: Columns, required: Sequence[str]) -> None:
    missing = [name for name in required if name not in columns.fields]
    if missing:
        raise UnreadableDelivery(
            code="missing_column",
            message="The header lacks the column(s) "
            + ", ".join(missing)
            + ". Add them, or name yours in the feed's mapping.",
        )
