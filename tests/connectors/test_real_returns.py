"""Every public return at hand opens or is refused by name, and none of its rows is lost."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.connectors.organogram import OrganogramConnector
from directory.records import DeliveryKind, Holder, PersonRecord, Severity
from tests.connectors.deliveries import VOCABULARY

#: Columns that say something even where the row is blank.
NO_CONTENT = frozenset(["", "URI", "source_file", "source_line", "Valid?", "Valid"])


@dataclass(frozen=True)
class Row:
    """What is compared of one row: its number and key, who it names, and its errors."""

    number: int
    key: str
    holder: str
    named: bool
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Return:
    """One file: its deliveries in order, with their rows; or the code of its refusal."""

    path: Path
    refused: str
    deliveries: tuple[tuple[date | None, DeliveryKind, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        """The rows of all its deliveries."""
        return [row for _, _, rows in self.deliveries for row in rows]


@pytest.fixture(scope="module")
def returns() -> list[Return]:
    """All organogram files read once, or a clear reason why there are none."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "organograms"
    if not folder.is_dir():
        pytest.skip("the public organogram returns are not beside the repository (../shared)")
    return [_read(path) for path in sorted(folder.rglob("*.csv"))]


def _read(path: Path) -> Return:
    try:
        opened = OrganogramConnector().open(path=path, mapping={}, vocabulary=VOCABULARY)
    except UnreadableDelivery as refused:
        return Return(path, refused.code, ())
    deliveries = []
    for delivery in opened:
        rows = []
        for row in delivery.rows():
            reading = delivery.read(row)
            record = reading.record
            errors = [f.code for f in reading.faults if f.severity is Severity.ERROR]
            rows.append(
                Row(
                    row.row,
                    row.key,
                    record.values.get("holder", "") if record else "",
                    isinstance(record, PersonRecord),
                    tuple(errors),
                )
            )
            assert record is None or not errors
        deliveries.append((delivery.as_of, delivery.kind, tuple(rows)))
    return Return(path, "", tuple(deliveries))


def _rows_by_csv(path: Path) -> list[int]:
    """Numbers of the rows that say something, read independently."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    numbers = []
    for number, row in enumerate(rows, start=2):
        cells = dict(zip(header, row, strict=True))
        says = any(cell.strip() for name, cell in cells.items() if name not in NO_CONTENT)
        if says and cells.get("Organisation") != "Organisation":
            numbers.append(number)
    return numbers


def test_no_row_is_lost_and_none_is_read_twice(returns: list[Return]) -> None:
    for found in returns:
        if not found.refused:
            assert sorted(row.number for row in found.rows) == _rows_by_csv(found.path)


def test_every_file_opens_and_nearly_every_row_is_applied(returns: list[Return]) -> None:
    assert [found.path.name for found in returns if found.refused] == []
    rows = [row for found in returns for row in found.rows]
    errors = Counter(code for row in rows for code in row.errors)
    assert set(errors) <= {"invalid_reference"}
    assert errors.total() < len(rows) / 1000
    assert {row.holder for row in rows} - {""} == set(Holder)


def test_keys_repeat_only_for_people(returns: list[Return]) -> None:
    for found in returns:
        for _, _, rows in found.deliveries:
            counted = Counter(row.key for row in rows)
            assert all(row.named for row in rows if row.key and counted[row.key] > 1)


def test_no_status_word_becomes_a_person(returns: list[Return]) -> None:
    words = {"vacant", "eliminated", "n", "d", "nd", "na", "vacancy", "gapped", "director"}
    for found in returns:
        for row in found.rows:
            assert not row.named or not set(row.key.partition("|")[2].split()) <= words


def test_stacked_files_come_in_date_order_and_senior_first(returns: list[Return]) -> None:
    stacked = [found for found in returns if len(found.deliveries) > 1]
    assert stacked
    for found in stacked:
        order = [
            (as_of or date.min, kind is DeliveryKind.JUNIOR) for as_of, kind, _ in found.deliveries
        ]
        assert order == sorted(set(order))
