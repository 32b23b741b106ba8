"""Every line of the catalogue has an answer, and the answers are those it asks for."""

import re

import pytest

from directory.settings import PROJECT
from tests.stories.bad_deliveries import (
    test_bodies,
    test_breaking,
    test_files,
    test_limits,
    test_pushes,
    test_rows,
    test_sources,
    test_texts,
)
from tests.stories.bad_deliveries.catalogue import ABSENT, ANSWERED, ENDINGS, lines

#: The modules whose tests answer cases.
ANSWERING = (
    test_bodies,
    test_breaking,
    test_files,
    test_limits,
    test_pushes,
    test_rows,
    test_sources,
    test_texts,
)


@pytest.mark.parametrize("case", lines() or [pytest.param("", marks=pytest.mark.skip(ABSENT))])
def test_a_case_is_answered_as_the_catalogue_allows(case: str) -> None:
    assert case in ANSWERED, "a case nobody answers"
    answer, allowed = ANSWERED[case], ENDINGS[lines()[case]["outcome"]]
    assert answer.ends in allowed or answer.because
    if len(allowed) > 1:
        assert answer.because, "of two endings one is chosen for a reason"


def test_every_choice_is_told_in_the_documentation() -> None:
    table = (PROJECT / "docs" / "feeds.md").read_text(encoding="utf-8")
    told = set(re.findall(r"(?:CSV|API)-\d{3}", table))
    assert told == {case for case, answer in ANSWERED.items() if answer.because}
