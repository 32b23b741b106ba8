"""
The catalogue of bad questions: its cases, and which test answers each, with which status.

A case lies beside the repository; where it is absent, its tests skip.
"""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.stories.bad_deliveries.catalogue import cases_of

#: The catalogue's words for what is to come of it, and the statuses that means here. Too long an
#: address is refused by the API as what it is.
STATUSES: Final[Mapping[str, frozenset[int]]] = {
    "200": frozenset({200}),
    "200_empty": frozenset({200}),
    "200_or_400": frozenset({200, 400, 414}),
    "400": frozenset({400}),
}

#: Cases of other rooms: what answers them there, or that nothing does yet.
ELSEWHERE: Final[Mapping[str, str]] = {
    "Q-012": "an address that another record holds: tests/stories/bad_deliveries/test_rows.py",
    "Q-016": "budgets and an alert: tests/accounts/test_budgets.py, tests/test_alerts.py",
    "Q-017": "an alert when a canary is opened: tests/test_alerts.py",
}

#: Every case that a test answers; filled by `answers`.
ANSWERED: dict[str, str] = {}


def answers(*cases: str) -> pytest.MarkDecorator:
    """Mark a test, which gets the `case`, as an answer to each of these."""
    ANSWERED.update(dict.fromkeys(cases, "answered"))
    return pytest.mark.parametrize("case", cases, indirect=True)


def lines() -> Mapping[str, dict[str, Any]]:
    """Every case of search, by its id; none where the catalogue is absent."""
    return cases_of("search")
