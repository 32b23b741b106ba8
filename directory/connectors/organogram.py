"""
Organogram returns: senior and junior staff, one file each or stacked in one.

What a file is, its header says, not its name. A stacked file becomes one
delivery for each date and part. Pay is no directory data and is dropped here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from directory.connectors import organogram_columns as layout
from directory.connectors.columns import (
    Columns,
    dropped_notices,
    header_key,
    invalid_mapping,
    mapping_text,
    match_columns,
)
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.delimited import DelimitedFile, open_delimited
from directory.connectors.keeping import copy_used_cells
from directory.connectors.organogram_junior import junior_key, read_junior
from directory.connectors.organogram_names import CommaOrder
from directory.connectors.organogram_order import OrderEvidence
from directory.connectors.organogram_senior import ended_post, read_senior, senior_key
from directory.connectors.texts import FaultList, bounded_key
from directory.records import (
    DeliveryKind,
    Fault,
    RawRow,
    Reading,
    Severity,
    Vocabulary,
)


class OrganogramConnector:
    """Reads the organogram returns that departments publish."""

    name = "organogram"
    version = 2

    def open(
        self,
        *,
        path: Path,
        mapping: Mapping[str, Any],
        vocabulary: Vocabulary,
        file_name: str = "",
    ) -> "Sequence[OrganogramDelivery]":
        """
        Open a return, or every dated part of a stacked file, oldest first and senior first.

        :raises UnreadableDelivery: if it is no return, or a stacked row has no date or part.
        """
        self.check_mapping(mapping=mapping)
        file = open_delimited(
            path=path,
            encoding=mapping_text(mapping, "encoding"),
            delimiter=mapping_text(mapping, "delimiter"),
        )
        keys = [header_key(header) for header in file.header]
        if layout.DATE_COLUMN in keys and layout.PART_COLUMNS.intersection(keys):
            return _open_stacked(file, keys)
        if header_key("Post Unique Reference") in keys:
            return (_open_part(file, Part(DeliveryKind.SENIOR), layout.SENIOR, ()),)
        if header_key("Reporting Senior Post") in keys:
            return (_open_part(file, Part(DeliveryKind.JUNIOR), layout.JUNIOR, ()),)
        raise UnreadableDelivery(
            code="unrecognised_layout",
            message="The header is neither that of a senior return (Post Unique Reference, Name …) "
            "nor of a junior one (Reporting Senior Post, Number of Posts in FTE …). Check that "
            "this is the right file for this feed.",
        )

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
        deliveries = self.open(path=path, mapping=mapping, vocabulary=vocabulary)
        copy_used_cells(deliveries=deliveries, copy=copy)

    def check_mapping(self, *, mapping: Mapping[str, Any]) -> None:
        """
        Let through a mapping that says no more than how the text is written.

        :raises UnreadableDelivery: with `invalid_mapping`, naming the setting.
        """
        for name in mapping:
            if name not in ("encoding", "delimiter"):
                raise invalid_mapping(f"“{name}” is no setting of the organogram layout")
            mapping_text(mapping, name)


@dataclass(frozen=True, slots=True)
class Part:
    """
    Which rows of a file a delivery holds.

    date_position, part_position: where a stacked file says so; -1 in a plain return.
    """

    kind: DeliveryKind
    as_of: date | None = None
    date_position: int = -1
    part_position: int = -1

    def kind_of(self, cells: Sequence[str]) -> DeliveryKind | None:
        """Whether a record is about a senior or about junior posts."""
        return self.kind if self.part_position < 0 else layout.part_of(cells[self.part_position])

    def holds(self, cells: Sequence[str]) -> bool:
        """Whether a record belongs to this part; every record of a plain return does."""
        if self.date_position < 0:
            return True
        return (
            max(self.part_position, self.date_position) < len(cells)
            and self.kind_of(cells) is self.kind
            and layout.month_end(cells[self.date_position]) == self.as_of
        )


class OrganogramDelivery:
    """One return, opened: its rows, and what each says."""

    def __init__(
        self,
        *,
        file: DelimitedFile,
        part: Part,
        columns: Columns,
        order: CommaOrder,
        notices: tuple[Fault, ...],
    ) -> None:
        self.kind = part.kind
        self.as_of = part.as_of
        self.fields = columns.fields
        self.headers = columns.headers
        self.notices = notices
        self.file = file
        self._part = part
        self._columns = columns
        self._order = order
        where = {position for position in (part.date_position, part.part_position) if position >= 0}
        self.used = frozenset(columns.positions) | where
        # What such a row's key is made of may be any of them.
        self.used_in_odd_rows = self.used
        self.free_text = frozenset[int]()

    def rows(self) -> Iterator[RawRow]:
        """
        Every row of the part that is neither blank nor a repeated header, in order.

        A key that repeats gets "#2", "#3" …, except that of a named holder: two rows that
        name the same person on the same post are for the sync to compare.
        """
        pick = self._columns.picker()
        key_of = self._key_function()
        counted: Counter[str] = Counter()
        for row, line, cells in self.file.records():
            if not any(cells) or not "".join(cells).strip() or not self._part.holds(cells):
                continue
            whole = len(cells) == self._columns.width
            # A row of another length is a fault, but its key is read where its cells are there.
            picked = pick(cells if whole else cells + [""] * self._columns.width)
            if not "".join(picked).strip() or layout.is_repeated_header(picked):
                continue
            key, named = key_of(picked)
            key = bounded_key(key)
            if not named and key:
                counted[key] += 1
                key = f"{key}#{counted[key]}" if counted[key] > 1 else key
            yield RawRow(row, line, key, picked if whole else (str(len(cells)),))

    def read(self, row: RawRow) -> Reading:
        """The record of a row, or its faults."""
        faults = FaultList(row=row, columns=self._columns.headers)
        fields = self._columns.fields
        if len(row.cells) != len(fields):
            faults.add(
                field="",
                code="wrong_number_of_cells",
                hint=f"The row has {row.cells[0]} cells and the header {self._columns.width}; put "
                "quotes around a cell that holds the delimiter.",
            )
            return Reading(row.row, row.line, None, tuple(faults.faults))
        if self.kind is DeliveryKind.SENIOR:
            record = read_senior(row=row, fields=fields, faults=faults, order=self._order)
            if record is not None:
                return Reading(row.row, row.line, record, tuple(faults.faults))
            ended = ended_post(cells=row.cells, fields=fields, order=self._order)
            return Reading(row.row, row.line, None, tuple(faults.faults), ended)
        post = read_junior(row=row, fields=fields, faults=faults)
        return Reading(row.row, row.line, post, tuple(faults.faults))

    def original(self, row: RawRow) -> Mapping[str, str]:
        """The row as it arrived, header to cell, without what must not be kept."""
        return self._columns.original(cells=row.cells)

    def _key_function(self) -> Callable[[Sequence[str]], tuple[str, bool]]:
        fields = self._columns.fields
        if self.kind is DeliveryKind.JUNIOR:
            return lambda cells: (junior_key(cells=cells, fields=fields), False)
        return lambda cells: senior_key(cells=cells, fields=fields, order=self._order)


def _open_part(
    file: DelimitedFile, part: Part, known: Mapping[str, str], notices: tuple[Fault, ...]
) -> OrganogramDelivery:
    """One delivery, once its columns are found and its order of names is known."""
    senior = part.kind is DeliveryKind.SENIOR
    columns = match_columns(
        file=file,
        known=known,
        order=layout.SENIOR_ORDER if senior else layout.JUNIOR_ORDER,
    )
    required = layout.SENIOR_REQUIRED if senior else layout.JUNIOR_REQUIRED
    missing = [name for name in required if name not in columns.fields]
    if missing:
        raise UnreadableDelivery(
            code="missing_column",
            message="The return lacks the column(s) for " + ", ".join(missing) + ".",
        )
    unknown = [
        header
        for header in columns.dropped
        if header_key(header) not in layout.UNUSED
        and not (part.date_position >= 0 and header_key(header) in layout.SENIOR)
    ]
    return OrganogramDelivery(
        file=file,
        part=part,
        columns=columns,
        order=_comma_order(file, part, columns) if senior else CommaOrder.UNKNOWN,
        notices=file.notices + dropped_notices(file=file, dropped=unknown) + notices,
    )


def _comma_order(file: DelimitedFile, part: Part, columns: Columns) -> CommaOrder:
    """How this part writes names with a comma; names in the whole file bear witness."""
    evidence = OrderEvidence(columns.fields)
    pick = columns.picker()
    for _, _, cells in file.records():
        if len(cells) == columns.width and part.kind is part.kind_of(cells):
            evidence.add(cells=pick(cells), in_question=part.holds(cells))
    return evidence.verdict()


def _open_stacked(file: DelimitedFile, keys: Sequence[str]) -> Sequence[OrganogramDelivery]:
    """One delivery for each date and part that the file's rows name."""
    dates = keys.index(layout.DATE_COLUMN)
    parts = next(i for i, key in enumerate(keys) if key in layout.PART_COLUMNS)
    found: dict[Part, tuple[Fault, ...]] = {}
    headers: list[Fault] = []
    for row, line, cells in file.records():
        if not any(cell.strip() for cell in cells):
            continue
        if layout.is_repeated_header(cells):
            headers.append(_repeated_header(row, line))
            continue
        as_of = layout.month_end(cells[dates]) if dates < len(cells) else None
        kind = layout.part_of(cells[parts]) if parts < len(cells) else None
        if as_of is None or kind is None:
            raise UnreadableDelivery(
                code="invalid_stack",
                message=f"Row {row}, line {line}: a stacked file needs in every row a month such "
                f"as Mar-14 under “{file.header[dates]}”, and senior or junior under "
                f"“{file.header[parts]}”.",
            )
        part = Part(kind, as_of, dates, parts)
        # A header was pasted in with the rows below it, so that part hears of it.
        found[part] = found.get(part, ()) + tuple(headers)
        headers.clear()
    ordered = sorted(found, key=lambda p: (p.as_of or date.min, p.kind is DeliveryKind.JUNIOR))
    known = {DeliveryKind.SENIOR: layout.SENIOR, DeliveryKind.JUNIOR: layout.STACKED_JUNIOR}
    return tuple(_open_part(file, part, known[part.kind], found[part]) for part in ordered)


def _repeated_header(row: int, line: int) -> Fault:
    return Fault(
        row=row,
        line=line,
        column="",
        code="repeated_header",
        hint="The header stands again in the middle of the file; the row was skipped.",
        severity=Severity.NOTICE,
    )
