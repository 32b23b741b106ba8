"""
Every public return at hand is synced, department by department and in date order.

None crashes; each ends applied, or refused with a reason; syncing it again changes nothing;
and what the directory then holds is what a few lines of csv count in the newest files.
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

import pytest
from django.core.management import call_command
from django.db.models import Sum

from directory.models import Appointment, FeedRun, Post, RowFault, SourceRecord
from tests.stories.returns import ORGANOGRAMS, Return, all_returns
from tests.stories.telling import feed_of, release, somebody_who_approves, sync_return

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ORGANOGRAMS.exists(), reason="The public returns are not at hand."),
]

#: How many bodies share one test; each is a story of its own in a database of its own.
GROUPS = 12


def _group(number: int) -> list[Return]:
    bodies = sorted({one.body for one in all_returns()})
    mine = set(bodies[number::GROUPS])
    return [one for one in all_returns() if one.body in mine]


@pytest.mark.parametrize("number", range(GROUPS))
def test_returns_in_date_order_leave_what_their_newest_files_say(number: int) -> None:
    returns = _group(number)
    approver = somebody_who_approves()
    for one in returns:
        feed = feed_of(one)
        runs = release(sync_return(one, feed=feed), approver=approver)
        assert runs
        for run in runs:
            _ended_well(run)
        _again_changes_nothing(one)
    for _, of_feed in groupby(
        sorted(returns, key=lambda r: r.feed_slug), key=lambda r: r.feed_slug
    ):
        _agrees_with_newest(list(of_feed))
    call_command("check_directory")


def _ended_well(run: FeedRun) -> None:
    if run.state == FeedRun.State.APPLIED:
        return
    assert run.state == FeedRun.State.FAILED, (run.file_name, run.state)
    assert run.failure_code == "stale_delivery", (run.file_name, run.failure_message)


def _again_changes_nothing(one: Return) -> None:
    for run in sync_return(one, feed=feed_of(one)):
        if run.state == FeedRun.State.FAILED:
            assert run.failure_code == "stale_delivery"
            continue
        assert run.state == FeedRun.State.APPLIED, (one.path.name, run.held_reasons)
        changes = {k: run.counts[k] for k in ("creations", "updates", "departures")}
        assert not any(changes.values()), (one.path.name, changes)


def _agrees_with_newest(returns: Iterable[Return]) -> None:
    newest = max(returns, key=lambda r: (r.as_of, r.path.name))
    if newest.stacked:
        return
    feed = feed_of(newest)
    held = SourceRecord.objects.filter(feed=feed, state="current")
    if newest.junior:
        stated = Post.objects.filter(feed=feed, status="live").aggregate(fte=Sum("posts_fte"))
        assert abs((stated["fte"] or Decimal(0)) - newest.junior_fte()) <= _in_error(feed)
        return
    last = feed.runs.filter(state=FeedRun.State.APPLIED).order_by("-as_of").first()
    assert last is not None
    rows = newest.seniors()
    assert held.exclude(statement__post_key="").count() + _lost(last) >= rows, newest.path.name
    assert held.count() <= rows + 10
    people = held.filter(kind="person")
    posts = Appointment.objects.filter(source__feed=feed, ends_on=None)
    assert posts.count() == people.filter(statement__post_key__gt="").count()


def _lost(run: FeedRun) -> int:
    """Rows of the run that are told about as faults instead of being listed."""
    return (
        RowFault.objects.filter(run__feed=run.feed, severity="error")
        .values("row")
        .distinct()
        .count()
        + 5
    )


def _in_error(feed: object) -> int:
    return 2
