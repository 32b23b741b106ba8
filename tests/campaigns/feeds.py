"""
The feed machine for as long as it takes: random deliveries against a plain-dict model.

    python -m tests.campaigns.feeds [--steps 10000] [--seed 1]

Prints how many steps were taken and, as the last line, one JSON object; a difference stops it
with the steps that led there, and another run with the same seed repeats them.
"""

import argparse
import json
import os
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.benchmarks.database import own_database

#: Steps of one example, after which the directory starts empty again.
STEPS = 50


def main() -> None:
    """Run the campaign and print what it came to."""
    parser = argparse.ArgumentParser(description="Deliver at random, compare after each step.")
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = perf_counter()
    with own_database(name="directory_campaign_feeds"):
        compared = _run(steps=given.steps, number=given.seed)
    figures = {"comparisons": compared, "differences": 0, "seconds": round(perf_counter() - start)}
    print(f"{compared} comparisons with the model, one after each step; no difference.")
    print(json.dumps(figures))


def _run(*, steps: int, number: int) -> int:
    from tests.stories.feed_machine import FeedMachine

    run_state_machine_as_test(
        seed(number)(FeedMachine),
        settings=settings(
            max_examples=-(-steps // STEPS),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # What fails is told step by step; making it smaller would take hours.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return FeedMachine.compared


if __name__ == "__main__":
    main()
