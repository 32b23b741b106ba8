"""
Every public return at hand is synced, department by department and in date order.

None crashes; each ends applied, or refused with a reason; syncing it again changes nothing;
and what the directory then holds is, to the last post, what a few lines of csv count.
"""

import pytest
from django.core.management import call_command

from directory.models import FeedRun
from tests.stories.counting import JuniorStand, SeniorStand
from tests.stories.returns import ORGANOGRAMS, Return, all_returns
from tests.stories.telling import (
    feed_of,
    held_totals,
    release,
    somebody_who_approves,
    sync_return,
    told_by,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ORGANOGRAMS.exists(), reason="The public returns are not at hand."),
]

#: Among how many tests the bodies are shared out, each of which starts with nobody there. A test
#: is one transaction, and the more syncs it has seen, the longer the next one takes.
GROUPS = 35
#: Every so many groups one that README's tests run; the others are a campaign.
SAMPLED = 7


def _group(number: int) -> list[Return]:
    bodies = sorted({one.body for one in all_returns()})
    mine = set(bodies[number::GROUPS])
    return [one for one in all_returns() if one.body in mine]


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=[] if number % SAMPLED == 0 else pytest.mark.campaign)
        for number in range(GROUPS)
    ],
)
def test_returns_in_date_order_leave_exactly_what_they_say(number: int) -> None:
    approver = somebody_who_approves()
    stands: dict[tuple[str, str], SeniorStand | JuniorStand] = {}
    for one in _group(number):
        feed = feed_of(one)
        runs = release(sync_return(one, feed=feed), approver=approver)
        applied = [run for run in runs if _ended_well(run)]
        for run in applied:
            new = SeniorStand() if run.kind == "senior" else JuniorStand()
            stand = stands.setdefault((feed.slug, run.kind), new)
            stand.take(path=one.path, as_of=run.as_of, told=told_by(run))
        for kind in {run.kind for run in applied}:
            expected = stands[feed.slug, kind].totals()
            assert held_totals(feed=feed, kind=kind) == expected, one.path.name
        _again_changes_nothing(one)
    assert stands
    call_command("check_directory")


def _ended_well(run: FeedRun) -> bool:
    """Whether the run was applied; if it was not, a newer return was there before it."""
    if run.state == FeedRun.State.APPLIED:
        return True
    assert run.state == FeedRun.State.FAILED, (run.file_name, run.state)
    assert run.failure_code == "stale_delivery", (run.file_name, run.failure_message)
    return False


def _again_changes_nothing(one: Return) -> None:
    """The newest part of each kind finds nothing to do; older ones are refused as such."""
    runs = sync_return(one, feed=feed_of(one))
    for run in runs:
        assert not _ended_well(run) or not run.changes.exists(), (one.path.name, run.counts)
    assert any(run.state == FeedRun.State.APPLIED for run in runs)
