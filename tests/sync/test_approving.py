"""A second person releases a held run, or rejects it; nothing else is ever released."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from directory.grants import grant_role
from directory.models import Feed, FeedRun, Grant, Organisation, Post, Team
from directory.sync.apply import StalePlan
from directory.sync.approving import (
    MayNotApprove,
    NotHeld,
    OnlyTried,
    OtherPlan,
    OwnRun,
    PlanComputedAgain,
    ReasonMissing,
    reject,
)
from directory.sync.keeping import kept_file
from directory.sync.receiving import StaleDelivery
from tests.sync.tides import (
    NOW,
    REASON,
    deliver,
    people_in_post,
    release,
    states,
    sync_file,
    user_with,
    write_stack,
)


def test_a_released_run_is_applied_and_says_who_and_why(held: FeedRun, curator: User) -> None:
    release(held, curator)
    held.refresh_from_db()
    assert held.state == FeedRun.State.APPLIED
    assert held.finished_at == NOW + timedelta(days=9)
    assert (held.approved_by, held.approval_reason) == (curator, REASON)
    assert any(REASON in step["note"] for step in held.trail if step["state"] == "approved")
    assert held.trail[-1]["note"] == "8 changes written"
    assert people_in_post() == 2


def test_an_administrator_may_release_any_feeds_run(held: FeedRun) -> None:
    release(held, user_with("tom.marlow", Grant.Role.ADMINISTRATOR))
    assert people_in_post() == 2


def test_nobody_releases_what_they_submitted(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver(feed, tmp_path, "first.csv", posts=10)
    run = deliver(feed, tmp_path, "second.csv", posts=2, days=1, by=curator)
    with pytest.raises(OwnRun):
        release(run, curator)
    with pytest.raises(OwnRun):
        reject(run=run, reason=REASON, decider=curator, now=NOW)
    assert people_in_post() == 10


@pytest.mark.parametrize("digest", ["", "0" * 64, "first twelve"])
def test_only_the_whole_digest_of_the_plan_counts(
    held: FeedRun, curator: User, digest: str
) -> None:
    said = held.plan_digest[:12] if digest == "first twelve" else digest
    with pytest.raises(OtherPlan) as refusal:
        release(held, curator, digest=said)
    assert held.plan_digest not in str(refusal.value)
    assert states() == ["applied", "held"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_release_without_a_reason_is_refused(held: FeedRun, curator: User, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        release(held, curator, reason=reason)
    with pytest.raises(ReasonMissing):
        reject(run=held, reason=reason, decider=curator, now=NOW)
    assert states() == ["applied", "held"]


def test_a_role_elsewhere_releases_nothing(held: FeedRun, feed: Feed) -> None:
    elsewhere = Organisation.objects.create(slug="winds", name="Department of Winds")
    team = Team.objects.filter(organisation=feed.organisation).earliest("id")
    ended = user_with("ada.quill")
    grant_role(
        user=ended,
        role=Grant.Role.CURATOR,
        on=feed.organisation,
        until=NOW.date(),
        granted_by=None,
    )
    leader, operator = user_with("wen.osei"), user_with("bo.lind")
    grant_role(user=leader, role=Grant.Role.TEAM_LEADER, on=team, until=None, granted_by=None)
    grant_role(user=operator, role=Grant.Role.FEED_OPERATOR, on=feed, until=None, granted_by=None)
    others = [
        user_with("nobody.special"),
        user_with("other.curator", Grant.Role.CURATOR, on=elsewhere),
        user_with("some.auditor", Grant.Role.AUDITOR),
        ended,
        leader,
        operator,
    ]
    for somebody in others:
        with pytest.raises(MayNotApprove):
            release(held, somebody)
        with pytest.raises(MayNotApprove):
            reject(run=held, reason=REASON, decider=somebody, now=NOW + timedelta(days=9))
    assert states() == ["applied", "held"]


def test_somebody_who_may_no_longer_sign_in_releases_nothing(held: FeedRun, curator: User) -> None:
    curator.is_active = False
    curator.save()
    with pytest.raises(MayNotApprove):
        release(held, curator)


def test_a_second_release_finds_nothing_held(held: FeedRun, curator: User) -> None:
    release(held, curator)
    with pytest.raises(NotHeld):
        release(held, curator)
    with pytest.raises(NotHeld):
        reject(run=held, reason=REASON, decider=curator, now=NOW)


def test_a_dry_run_is_never_released(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver(feed, tmp_path, "first.csv", posts=10)
    tried = deliver(feed, tmp_path, "second.csv", posts=2, days=1, dry_run=True)
    with pytest.raises(OnlyTried):
        release(tried, curator)
    assert people_in_post() == 10


def test_a_run_older_than_what_the_feed_holds_by_now_is_refused_for_good(
    held: FeedRun, feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver(feed, tmp_path, "third.csv", posts=9, days=2)
    with pytest.raises(StaleDelivery, match="deliver a newer one"):
        release(held, curator)
    held.refresh_from_db()
    assert (held.state, held.failure_code) == ("failed", "stale_delivery")
    assert people_in_post() == 9
    assert kept_files() == []
    with pytest.raises(NotHeld):
        release(held, curator)


def test_a_plan_made_before_another_delivery_is_computed_again(
    held: FeedRun, feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver(feed, tmp_path, "third.csv", posts=9, days=1)
    seen = held.plan_digest
    with pytest.raises(PlanComputedAgain, match="Look at the new one"):
        release(held, curator)
    held.refresh_from_db()
    assert (held.state, held.approved_by, held.counts["departures"]) == ("held", None, 7)
    assert held.plan_digest != seen
    assert held.changes.filter(action="depart").count() == 7
    assert people_in_post() == 9
    with pytest.raises(OtherPlan):
        release(held, curator, digest=seen)
    release(held, curator)
    assert people_in_post() == 2


def test_a_plan_computed_again_stays_held_though_nothing_fires_any_more(
    held: FeedRun, feed: Feed, tmp_path: Path, curator: User
) -> None:
    released = deliver(feed, tmp_path, "third.csv", posts=3, days=1)
    release(released, curator)
    with pytest.raises(PlanComputedAgain):
        release(held, curator)
    held.refresh_from_db()
    assert [reason["rule"] for reason in held.held_reasons] == ["plan_computed_again"]
    release(held, curator)
    assert people_in_post() == 2


def test_a_plan_whose_file_is_lost_is_refused_for_good(
    held: FeedRun, feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver(feed, tmp_path, "third.csv", posts=9, days=1)
    kept_file(run=held).unlink()
    with pytest.raises(StalePlan, match="sync the file again"):
        release(held, curator)
    held.refresh_from_db()
    assert (held.state, held.failure_code) == ("failed", "stale_plan")
    assert people_in_post() == 9


def test_the_file_of_a_held_run_is_kept_until_the_run_is_settled(
    held: FeedRun, feed: Feed, tmp_path: Path, curator: User
) -> None:
    assert kept_files() == [kept_file(run=held)]
    assert kept_file(run=held).parent.stat().st_mode & 0o777 == 0o700
    release(held, curator)
    assert kept_files() == []
    again = deliver(feed, tmp_path, "third.csv", posts=10, days=3)
    assert (again.state, kept_files()) == ("applied", [])
    rejected = deliver(feed, tmp_path, "fourth.csv", posts=1, days=4)
    reject(run=rejected, reason=REASON, decider=curator, now=NOW)
    assert kept_files() == []


def kept_files() -> list[Path]:
    """The files that wait for a decision."""
    folder = Path(settings.DELIVERIES_DIR)
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_crash_while_applying_leaves_the_run_held(
    held: FeedRun, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("directory.sync.apply.project_touched", crash)
    with pytest.raises(MemoryError):
        release(held, curator)
    held.refresh_from_db()
    assert (held.state, held.approved_by, held.approval_reason) == ("held", None, "")
    assert people_in_post() == 10


def test_a_rejected_run_changes_nothing_and_says_why(held: FeedRun, curator: User) -> None:
    reject(run=held, reason="Half the file is missing", decider=curator, now=NOW)
    held.refresh_from_db()
    assert held.state == FeedRun.State.REJECTED
    assert "Half the file is missing" in held.trail[-1]["note"]
    assert people_in_post() == 10
    with pytest.raises(NotHeld):
        release(held, curator)


def test_later_parts_of_a_stacked_file_have_their_turn_after_a_release(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    runs = sync_file(feed, write_stack(tmp_path))
    assert [run.state for run in runs] == ["applied", "held", "received"]
    done = release(runs[1], curator)
    assert [run.state for run in done] == ["applied", "applied"]
    assert Post.objects.filter(status="live").count() == 3


def test_later_parts_of_a_stacked_file_have_their_turn_after_a_rejection(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    runs = sync_file(feed, write_stack(tmp_path))
    reject(run=runs[1], reason=REASON, decider=curator, now=NOW)
    assert states() == ["applied", "rejected", "held"]


def test_parts_that_waited_for_a_stale_plan_come_to_an_end(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    runs = sync_file(feed, write_stack(tmp_path))
    deliver(feed, tmp_path, "newer.csv", posts=10)
    with pytest.raises(StaleDelivery):
        release(runs[1], curator)
    assert states() == ["applied", "failed", "failed", "applied"]
