"""Who `manage.py sync` says submitted a delivery, and what follows from it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from directory.models import Feed, FeedRun
from directory.sync.approving import OwnRun
from tests.connectors.deliveries import senior_return
from tests.sync.tides import deliver, people_in_post, release, rows_of, user_with


def _command(feed: Feed, folder: Path, *options: str) -> str:
    """Sync a return of two of the ten posts."""
    path = folder / "second.csv"
    path.write_text(senior_return(*rows_of(2)), encoding="utf-8")
    out = StringIO()
    call_command("sync", feed.slug, str(path), "--as-of=2026-03-02", *options, stdout=out)
    return out.getvalue()


def test_whoever_the_command_names_cannot_release_what_they_submitted(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver(feed, tmp_path, "first.csv", posts=10)
    with pytest.raises(CommandError, match="held"):
        _command(feed, tmp_path, "--as", "Maya.Holt@example.gov.uk")
    run = FeedRun.objects.get(state="held")
    assert run.submitted_by == curator
    with pytest.raises(OwnRun):
        release(run, curator)
    release(run, user_with("tom.marlow", "administrator"))
    assert people_in_post() == 2


def test_without_a_name_nobody_submitted_it(feed: Feed, tmp_path: Path) -> None:
    assert "applied" in _command(feed, tmp_path)
    assert FeedRun.objects.get().submitted_by is None


def test_a_name_that_nobody_has_syncs_nothing(feed: Feed, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nobody\.here@example\.gov\.uk"):
        _command(feed, tmp_path, "--as", "nobody.here@example.gov.uk")
    assert not FeedRun.objects.exists()


class Terminal(StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        return True


def test_whoever_watches_sees_how_far_it_has_come(feed: Feed, tmp_path: Path) -> None:
    path = tmp_path / "first.csv"
    path.write_text(senior_return(*rows_of(4)), encoding="utf-8")
    for seen, told in ((Terminal(), True), (StringIO(), False)):
        call_command("sync", feed.slug, str(path), "--dry-run", stdout=StringIO(), stderr=seen)
        assert ("deciding: 4 of 4 rows" in seen.getvalue()) == told
        assert not seen.getvalue() or seen.getvalue().endswith("\r\x1b[K")


def test_a_paused_feed_takes_nothing_from_the_command_either(feed: Feed, tmp_path: Path) -> None:
    Feed.objects.update(state="paused")
    with pytest.raises(CommandError, match="paused"):
        _command(feed, tmp_path)
