"""
Our verdict on each cell beside that of the official validator.

Rules about the tree as a whole are not compared here: the sync checks them over all
rows, and tests/sync/test_official_graph_verdicts.py holds the two against each other.

Every disagreement must belong to one of the classes below, each with its reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from directory.connectors.organogram import OrganogramConnector
from directory.connectors.organogram_words import NameWord, is_not_applicable, name_word
from directory.records import Delivery, RawRow
from tests.connectors.deliveries import VOCABULARY
from tests.connectors.verdicts import ABSENT, VERDICTS, Verdict, verdicts

_CELL = re.compile(r'senior-staff" cell ([A-Z])(\d+): (.*)', re.DOTALL)
_COLUMNS = {
    "Post Unique Reference": "A",
    "Name": "B",
    "Job Title": "D",
    "Job/Team Function": "E",
    "Organisation": "G",
    "Unit": "H",
    "Contact Phone": "I",
    "Contact E-mail": "J",
}

#: The rules that both apply, by column of the official sheet, as our codes.
RULES = {
    "D": {"title_without_post"},
    "E": {"function_not_stated"},
    "G": {"organisation_not_stated"},
    "H": {"unit_not_stated"},
    "I": {"phone_not_expected", "phone_missing"},
    "J": {"invalid_email", "email_missing", "no_contact"},
}


@dataclass(frozen=True)
class Case:
    """One cell of one return, with the row around it."""

    column: str
    cells: dict[str, str]
    message: str
    codes: frozenset[str]

    @property
    def word(self) -> NameWord | None:
        """What the row's name cell says instead of a name."""
        return name_word(self.cells["name"])

    @property
    def quoted(self) -> bool:
        """Whether a status word of the row is written other than the validator knows it."""
        exact = {"Vacant", "VACANT", "vacant", "Eliminated", "ELIMINATED", "eliminated"}
        name = self.cells["name"].strip()
        return (self.word in (NameWord.VACANT, NameWord.ELIMINATED) and name not in exact) or any(
            is_not_applicable(self.cells[field]) and self.cells[field].strip() != "N/A"
            for field in ("contact_phone", "contact_email")
        )


#: Why the validator says something and we do not.
ONLY_OFFICIAL: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "total pay is blank": (
        "It forbids N/D in Name unless Total Pay is 0 or undisclosed. Total Pay is blanked in "
        "every published file, so the rule fires on every N/D. N/D is what SCS1 must write.",
        lambda c: c.column == "B" and c.cells["name"].strip() == "N/D",
    ),
    "reference 0 as text": (
        "It allows N/A for reference 0 only, but compares the text “0” with the number 0, so it "
        "rejects exactly what its own guidance demands.",
        lambda c: c.column in "EH" and c.cells["reference"].strip() == "0",
    ),
    "quotes and case": (
        "It knows N/A, Vacant and Eliminated in one or three spellings; we fold case and quotes.",
        lambda c: c.column in "IJ" and c.quoted,
    ),
    "case of Not in post": (
        "It demands “Not in post” letter by letter; we fold its case.",
        lambda c: c.column == "D" and c.cells["job_title"].strip().lower() == "not in post",
    ),
}

#: Why we say something and the validator does not.
ONLY_OURS: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "one address": (
        "It is content with an @ and a dot; we want exactly one address that mail can be sent to.",
        lambda c: c.column == "J" and "@" in c.cells["contact_email"],
    ),
    "quotes and case": (
        "It does not know a status word in quotes, so it takes the post for a filled one.",
        lambda c: c.column in "IJ" and c.quoted,
    ),
    "case of Not in post": (
        "It lets “Not in Post” pass for a real title, since it is not “Not in post”.",
        lambda c: c.column == "D" and c.cells["job_title"].strip() != "Not in post",
    ),
}


@dataclass(frozen=True)
class Return:
    """One return: its verdict, and our rows in the order of the official sheet."""

    verdict: Verdict
    delivery: Delivery
    rows: list[RawRow]

    def cells(self, row: RawRow) -> dict[str, str]:
        """The row's cells by field name."""
        reading = self.delivery.read(row)
        assert reading.row == row.row
        return dict(zip(_FIELDS, row.cells, strict=True))


#: Canonical order of a senior row without Office Region, which came in 2025.
_FIELDS = (
    "reference", "name", "grade", "job_title", "responsibilities", "stated_parent",
    "stated_organisation", "unit_name", "contact_phone", "contact_email", "reports_to_post", "fte",
    "profession", "valid",
)  # fmt: skip


def _sheet_order(row: RawRow) -> tuple[int, int, str]:
    """How the official tool sorted its sheets: numbers first, then text."""
    reference = row.cells[0].strip()
    if reference.isdecimal():
        return 0, int(reference), ""
    return 1, 0, reference


@pytest.fixture(scope="module")
def returns() -> list[Return]:
    """The senior returns that the validator judged, where its verdict and the file are here."""
    if not VERDICTS.exists():
        pytest.skip(ABSENT)
    return [_opened(verdict) for verdict in verdicts()]


def _opened(verdict: Verdict) -> Return:
    (delivery,) = OrganogramConnector().open(path=verdict.senior, mapping={}, vocabulary=VOCABULARY)
    return Return(verdict, delivery, sorted(delivery.rows(), key=_sheet_order))


def _official(judged: Return) -> dict[tuple[int, str], str]:
    """Sheet row and column to message, for the rules about single cells."""
    found = {}
    for message in judged.verdict.messages:
        match = _CELL.search(message)
        if match and match[1] != "K":
            found[int(match[2]), match[1]] = match[3]
    return found


def _ours(judged: Return) -> dict[tuple[int, str], frozenset[str]]:
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, row in enumerate(judged.rows, start=2):
        for fault in judged.delivery.read(row).faults:
            column = _COLUMNS.get(fault.column, "")
            if fault.code in RULES.get(column, ()):
                found[number, column].add(fault.code)
    return {cell: frozenset(codes) for cell, codes in found.items()}


def test_the_verdicts_cover_the_returns(returns: list[Return]) -> None:
    assert len(returns) > 100
    assert sum(bool(judged.verdict.messages) for judged in returns) > 50


def test_every_cell_is_judged_alike_or_the_reason_is_listed(returns: list[Return]) -> None:
    agreed: Counter[str] = Counter()
    differences: Counter[str] = Counter()
    unexplained = []
    for judged in returns:
        official, ours = _official(judged), _ours(judged)
        seen_to = (
            max((row for row, _ in official), default=0) if judged.verdict.unfinished else None
        )
        for cell in sorted({*official, *ours}):
            row, column = cell
            # A fatal message replaces all others; after a cut we do not know what it said.
            if judged.verdict.fatal or (seen_to is not None and row >= seen_to):
                continue
            if cell in official and cell in ours:
                agreed[column] += 1
                continue
            case = Case(
                column,
                judged.cells(judged.rows[row - 2]),
                official.get(cell, ""),
                ours.get(cell, frozenset()),
            )
            listed = ONLY_OFFICIAL if cell in official else ONLY_OURS
            reason = next((name for name, (_, fits) in listed.items() if fits(case)), None)
            side = "official" if cell in official else "ours"
            if reason is None:
                unexplained.append((side, cell, case.message[:80], sorted(case.codes)))
            else:
                differences[f"{side}: {column}: {reason}"] += 1
    assert unexplained == []
    assert agreed["J"] > 300
    assert agreed["I"] > 0
    # A reason that explains nothing any more should be struck from the list.
    assert {name.partition(": ")[2][3:] for name in differences if name.startswith("official")} == {
        *ONLY_OFFICIAL
    }
    assert {name.partition(": ")[2][3:] for name in differences if name.startswith("ours")} == {
        *ONLY_OURS
    }
