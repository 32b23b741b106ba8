"""Every line of the catalogue about search has an answer, or a room where it belongs."""

import pytest

from tests.stories.bad_deliveries.catalogue import ABSENT
from tests.stories.bad_questions import test_addresses, test_asking
from tests.stories.bad_questions.catalogue import ANSWERED, ELSEWHERE, lines

#: The modules whose tests answer cases.
ANSWERING = (test_addresses, test_asking)


@pytest.mark.parametrize("case", lines() or [pytest.param("", marks=pytest.mark.skip(ABSENT))])
def test_a_case_is_answered_or_belongs_elsewhere(case: str) -> None:
    assert (case in ANSWERED) != (case in ELSEWHERE)
