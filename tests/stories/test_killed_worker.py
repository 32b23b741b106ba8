"""
A worker or a database that dies leaves nothing between, and what it was at is soon done.

In small what `tests/campaigns/kills.py` does: on a server of its own, which may be killed.
"""

import json
import subprocess
import sys

from django.conf import settings


def test_whoever_is_killed_at_any_moment_nothing_is_left_between_or_stuck() -> None:
    campaign = "-m tests.campaigns.kills --worker 1 --database 2 --people 400".split()
    done = subprocess.run(
        [sys.executable, *campaign], cwd=settings.PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["worker_kills"], figures["database_kills"]) == (1, 2)
