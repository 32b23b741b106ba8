"""
A mapping tried on the first rows of a file: what stands in them, and what would become of it.

Nothing is kept. What is shown are the cells of whoever sent the file, and to them alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from directory.connectors.contract import NOT_STATED, HeadedFile, UnreadableDelivery
from directory.connectors.delimited import DELIMITERS
from directory.connectors.formats import Expected, open_headed
from directory.connectors.registry import CONNECTORS
from directory.records import Fault, Reading, Statement, Vocabulary

_NOTHING: Statement = {}


@dataclass(frozen=True, slots=True)
class TriedRow:
    """
    One row of the file.

    source: header to cell as it stands in the file, columns that nobody reads included.
    values: field to text as the directory would take it; empty where a fault stops the row.
    """

    row: int
    line: int
    source: Mapping[str, str]
    values: Statement
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """
    What came of a trial.

    header: what the file calls its columns; empty where not even that could be read.
    notices: what is to be said about the file as a whole.
    refusal: why a delivery of this file would be refused whole; None if it would be read.
    """

    header: tuple[str, ...]
    rows: tuple[TriedRow, ...]
    notices: tuple[Fault, ...] = ()
    refusal: UnreadableDelivery | None = None


def try_mapping(
    *,
    connector: str,
    path: Path,
    mapping: Mapping[str, Any],
    vocabulary: Vocabulary,
    rows: int = 100,
    file_name: str = "",
) -> Trial:
    """
    Read the first rows of a file by a mapping; a refusal is part of the answer.

    rows: how many. Where the mapping cannot be followed they are shown all the same, without
        results, so that it can be corrected beside them.
    """
    try:
        file = open_headed(path=path, file_name=file_name, expected=_anything(mapping))
    except UnreadableDelivery as refusal:
        return Trial((), (), refusal=refusal)
    sources = list(islice(_filled(file), rows))
    try:
        parts = CONNECTORS[connector].open(
            path=path, mapping=mapping, vocabulary=vocabulary, file_name=file_name
        )
    except UnreadableDelivery as refusal:
        shown = tuple(_row(row, line, source, None) for row, line, source in sources)
        return Trial(file.header, shown, refusal=refusal)
    last = sources[-1][0] if sources else 0
    read: dict[int, Reading] = {}
    for part in parts:
        for raw in part.rows():
            if raw.row > last:
                break
            read[raw.row] = part.read(raw)
    return Trial(
        header=file.header,
        rows=tuple(_row(row, line, source, read.get(row)) for row, line, source in sources),
        notices=tuple(notice for part in parts for notice in part.notices),
    )


def _anything(mapping: Mapping[str, Any]) -> Expected:
    """Every header will do: what is known of them is what the trial is to show."""
    encoding, delimiter = mapping.get("encoding"), mapping.get("delimiter")
    return Expected(
        encoding=encoding if isinstance(encoding, str) else "",
        delimiter=delimiter if delimiter in DELIMITERS else "",
        knows=lambda header: True,
        may_be_list=lambda header: True,
    )


def _filled(file: HeadedFile) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Every row that is not blank: its numbers, and its cells by header."""
    for row, line, cells in file.records():
        if any(cell and not cell.isspace() for cell in cells):
            said = zip(file.header, cells, strict=False)
            yield row, line, {header: cell for header, cell in said if cell != NOT_STATED}


def _row(row: int, line: int, source: dict[str, str], reading: Reading | None) -> TriedRow:
    if reading is None:
        return TriedRow(row, line, source, _NOTHING, ())
    values = reading.record.values if reading.record is not None else _NOTHING
    return TriedRow(row, line, source, values, reading.faults)
