"""
The catalogue of bad deliveries: its cases, and which test answers each, with which ending.

A case and how it is to end lie beside the repository; where they are absent, tests skip.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import pytest

from directory.models import FeedRun
from tests.connectors.deliveries import SHARED

CATALOGUE = SHARED / "cases" / "bad_inputs.jsonl"
ABSENT = "the catalogue of bad inputs is not beside the repository (../shared/cases)"
SURFACES = ("csv_feed", "rest_bulk")


class Ending(Enum):
    """What becomes of a delivery, or of a request that is none."""

    APPLIED = "applied"
    ROW_ERRORS = "applied, without the rows in error"
    UNCHANGED = "applied, and nothing changed"
    REPLAYED = "answered with the run of the delivery before"
    HELD = "held"
    REFUSED = "refused: a run that failed with a code, or a 4xx"
    RECOVERED = "nothing between before and after, and applied at last"


#: The catalogue's words for it; of two, either may be chosen.
ENDINGS: Mapping[str, frozenset[Ending]] = {
    "applied": frozenset({Ending.APPLIED}),
    "applied_noop": frozenset({Ending.UNCHANGED}),
    "applied_with_row_errors": frozenset({Ending.ROW_ERRORS}),
    "applied_or_rejected": frozenset({Ending.APPLIED, Ending.REFUSED}),
    "applied_or_row_error": frozenset({Ending.APPLIED, Ending.ROW_ERRORS}),
    "row_error": frozenset({Ending.ROW_ERRORS}),
    "quarantined": frozenset({Ending.HELD}),
    "review": frozenset({Ending.HELD}),
    "rejected": frozenset({Ending.REFUSED}),
    "rejected_or_applied": frozenset({Ending.APPLIED, Ending.REFUSED}),
    "replayed": frozenset({Ending.REPLAYED}),
    "recovered": frozenset({Ending.RECOVERED}),
    **{status: frozenset({Ending.REFUSED}) for status in "400 403 405 409 412 413 422".split()},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a case ends here; `because` where that is not what the catalogue says in one word."""

    ends: Ending
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the catalogue, and how it ends here."""

    id: str
    payload: Any
    ends: Ending

    @property
    def text(self) -> str:
        """The payload as a file or a body."""
        return self.payload if isinstance(self.payload, str) else json.dumps(self.payload)


#: Every case that a test answers; filled by `answers`.
ANSWERED: dict[str, Answer] = {}


def answers(*cases: str, ends: Ending, because: str = "") -> pytest.MarkDecorator:
    """Mark a test, which gets the `case`, as the answer to each of these."""
    answer = Answer(ends, because)
    for case in cases:
        assert ANSWERED.setdefault(case, answer) == answer, f"{case} is answered otherwise"
    return pytest.mark.parametrize("case", cases, indirect=True)


@cache
def cases_of(*surfaces: str) -> Mapping[str, dict[str, Any]]:
    """Every case of these surfaces, by its id; none where the catalogue is absent."""
    if not CATALOGUE.exists():
        return {}
    listed = map(json.loads, CATALOGUE.read_text(encoding="utf-8").splitlines())
    return {line["id"]: line for line in listed if line["surface"] in surfaces}


def lines() -> Mapping[str, dict[str, Any]]:
    """Every case of a feed's surfaces."""
    return cases_of(*SURFACES)


def ended(run: FeedRun) -> Ending:
    """How a run that was carried out ended."""
    run.refresh_from_db()
    if run.state == FeedRun.State.FAILED:
        return Ending.REFUSED
    if run.state == FeedRun.State.HELD:
        return Ending.HELD
    assert run.state == FeedRun.State.APPLIED
    if run.counts["errors"]:
        return Ending.ROW_ERRORS
    return Ending.APPLIED if run.changes.exists() else Ending.UNCHANGED
