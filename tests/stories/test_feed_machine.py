"""The feed machine for as long as a test may take; `feed_campaign` runs it for longer."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stories.feed_machine import FeedMachine

EXAMPLES, STEPS = 12, 25


@pytest.mark.django_db
def test_the_directory_is_what_a_plain_model_of_it_says_after_every_step() -> None:
    run_state_machine_as_test(
        FeedMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            # What fails is told step by step; making it smaller would take minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
