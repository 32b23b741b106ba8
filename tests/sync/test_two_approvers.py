"""Two people decide the same run at the same moment; in a file of its own, as it empties tables."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from directory.models import Feed, FeedRun, Grant
from directory.sync.approving import NotHeld
from tests.sync.tides import deliver, release, user_with


@pytest.mark.usefixtures("migrated_rows")
def test_of_two_approvers_at_once_one_releases(feed: Feed, tmp_path: Path) -> None:
    deliver(feed, tmp_path, "first.csv", posts=10)
    run = deliver(feed, tmp_path, "second.csv", posts=2, days=1)
    start = Barrier(2)

    def decide(approver: User) -> str:
        try:
            start.wait(timeout=20)
            return release(FeedRun.objects.get(pk=run.pk), approver)[0].state
        except NotHeld:
            return "too late"
        finally:
            connection.close()

    pair = [user_with(name, Grant.Role.ADMINISTRATOR) for name in ("maya.holt", "tom.marlow")]
    with ThreadPoolExecutor(2) as at_once:
        assert sorted(at_once.map(decide, pair)) == ["applied", "too late"]
    run.refresh_from_db()
    assert len([step for step in run.trail if step["state"] == "approved"]) == 1
    assert run.approved_by in pair
