"""Files dropped into a feed's folder: taken when they are whole, once, and never archived."""

import json
import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from directory.models import Feed, FeedRun
from directory.sync import inbox, submitting
from directory.sync.inbox import Inbox, complete_files, day_in
from directory.sync.keeping import content_digest
from directory.sync.submitting import Submitted
from tests.connectors.deliveries import senior_return
from tests.sync.tides import NOW, rows_of


@pytest.mark.parametrize(
    ("before", "now", "complete"),
    [
        ({}, {"a.csv": (9, 1)}, []),
        ({"a.csv": (9, 1)}, {"a.csv": (9, 1)}, ["a.csv"]),
        ({"a.csv": (5, 1)}, {"a.csv": (9, 2)}, []),
        ({"a.csv": (9, 1)}, {"a.csv": (9, 2)}, []),
        ({"a.csv": (9, 1)}, {}, []),
        ({"a.csv.part": (9, 1)}, {"a.csv.part": (9, 1)}, []),
        ({".a.csv": (9, 1)}, {".a.csv": (9, 1)}, []),
        ({"A.CSV.FILEPART": (9, 1)}, {"A.CSV.FILEPART": (9, 1)}, []),
        ({"a.csv.part": (5, 1)}, {"a.csv": (9, 2)}, ["a.csv"]),
        ({".a.csv": (5, 1)}, {"a.csv": (9, 2)}, ["a.csv"]),
        ({"a.csv.part": (5, 1)}, {"a.csv": (9, 2), "a.csv.part": (5, 1)}, []),
        ({"b.csv.part": (5, 1)}, {"a.csv": (9, 2)}, []),
        ({"a": (1, 8), "b": (1, 7)}, {"a": (1, 8), "b": (1, 7)}, ["b", "a"]),
    ],
)
def test_a_file_is_whole_once_it_rests_or_was_renamed(
    before: inbox.Listing, now: inbox.Listing, complete: list[str]
) -> None:
    assert complete_files(before=before, now=now) == complete


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("staff-2026-04-01.csv", date(2026, 4, 1)),
        ("2026-04-01.csv", date(2026, 4, 1)),
        ("staff.csv", None),
        ("staff-2026-13-01.csv", None),
        ("staff-120260401.csv", None),
        ("2026-04-01-to-2026-05-01.csv", None),
    ],
)
def test_the_day_may_stand_in_the_name(name: str, day: date | None) -> None:
    assert day_in(name=name) == day


@dataclass
class Folder:
    """The folder of the Department of Tides, and a worker that looks into it."""

    place: Path
    worker: Inbox = field(default_factory=Inbox)
    now: datetime = NOW

    def drop(self, name: str, *, posts: int = 3) -> Path:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(senior_return(*rows_of(posts)), encoding="utf-8")
        return path

    def look(self) -> list[Submitted]:
        self.now += timedelta(seconds=10)
        return self.worker.look(now=self.now)

    def holds(self, sub: str) -> list[str]:
        return sorted(path.name for path in (self.place / sub).iterdir() if path.is_file())


@pytest.fixture
def folder(feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An inbox that a worker has looked into once."""
    monkeypatch.setattr(settings, "INBOX_DIR", tmp_path / "inbox")
    made = Folder(tmp_path / "inbox" / feed.slug)
    made.look()
    return made


def test_a_dropped_file_becomes_a_run_and_only_its_name_is_archived(folder: Folder) -> None:
    path = folder.drop("staff-2026-03-31.csv")
    size_bytes = path.stat().st_size
    assert folder.look() == []
    (submitted,) = folder.look()
    run = FeedRun.objects.get()
    assert submitted.run == run
    assert (run.channel, run.file_name, run.complete) == ("inbox", "staff-2026-03-31.csv", False)
    assert run.as_of == date(2026, 3, 31)
    assert ProcrastinateJob.objects.count() == 1
    assert folder.holds("") == folder.holds("taken") == []
    (note,) = (folder.place / "done").iterdir()
    assert json.loads(note.read_text()) == {
        "file_name": "staff-2026-03-31.csv",
        "content_digest": run.content_digest,
        "size_bytes": size_bytes,
        "run": str(run.pk),
        "replayed": False,
        "taken_at": folder.now.isoformat(),
    }


def test_only_the_folder_for_complete_files_makes_them_complete(folder: Folder) -> None:
    folder.drop("complete/staff.csv")
    folder.look()
    (submitted,) = folder.look()
    assert submitted.run.complete
    assert submitted.run.as_of == NOW.date()


def test_a_file_that_still_grows_is_left_alone(folder: Folder) -> None:
    path = folder.drop("staff.csv")
    folder.look()
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    assert folder.look() == []
    assert len(folder.look()) == 1


def test_a_file_renamed_from_its_unfinished_name_is_taken_at_once(folder: Folder) -> None:
    path = folder.drop("staff.csv.part")
    assert folder.look() == folder.look() == []
    path.rename(folder.place / "staff.csv")
    assert len(folder.look()) == 1


def test_two_workers_do_not_take_a_file_twice(folder: Folder) -> None:
    other = Folder(folder.place)
    folder.drop("staff.csv")
    folder.look()
    other.look()
    assert len(folder.look() + other.look()) == 1
    assert FeedRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_leaves_the_inbox_to_one_that_is_looking(
    folder: Folder, migrated_rows: None
) -> None:
    folder.drop("staff.csv")
    folder.look()
    values = connection.get_connection_params()
    values.pop("cursor_factory"), values.pop("context", None)
    with psycopg.connect(**values) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s, hashtext('inbox'))", [0x0C23])
        assert folder.look() == []
        # A connection that ends gives its locks back a moment later; this is at once.
        elsewhere.execute("SELECT pg_advisory_unlock_all()")
    assert len(folder.look()) == 1


@pytest.mark.parametrize("killed_after", ["rename", "submit"])
def test_what_a_killed_worker_had_in_hand_becomes_one_run(
    killed_after: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.drop("staff.csv")
    folder.look()

    def die(**asked: submitting.Submission) -> Submitted:
        if killed_after == "submit":
            submitting.submit(**asked)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "submit", die)
        with pytest.raises(KeyboardInterrupt):
            folder.look()
    assert len(folder.holds("taken")) == 1
    (submitted,) = Folder(folder.place).look()
    assert submitted.replayed == (killed_after == "submit")
    assert FeedRun.objects.count() == 1
    assert len(folder.holds("done")) == 1
    assert folder.holds("taken") == []


def test_the_same_file_dropped_twice_is_asked_for_twice(folder: Folder) -> None:
    for _ in range(2):
        folder.drop("staff.csv")
        folder.look()
        folder.look()
    assert FeedRun.objects.count() == 2
    assert len(folder.holds("done")) == 2


def test_a_paused_feed_leaves_its_files_where_they_are(folder: Folder) -> None:
    folder.drop("staff.csv")
    Feed.objects.update(state="paused")
    assert folder.look() == folder.look() == []
    assert folder.holds("") == ["staff.csv"]
    Feed.objects.update(state="live")
    assert folder.look() == []
    assert len(folder.look()) == 1


def test_what_is_refused_is_told_why(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.drop("staff.csv")
    folder.look()
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", 10)
    assert folder.look() == []
    (note,) = (folder.place / "refused").iterdir()
    assert note.read_text(encoding="utf-8").startswith("staff.csv: A delivery has at most 10 bytes")
    assert folder.holds("") == folder.holds("taken") == folder.holds("done") == []


def test_a_long_name_is_cut_to_its_end(folder: Folder) -> None:
    folder.drop("ä" * 120 + "-2026-03-31.csv")
    folder.look()
    (submitted,) = folder.look()
    assert submitted.run.file_name.endswith("ä-2026-03-31.csv")


def test_a_link_is_never_followed(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(senior_return(*rows_of(3)), encoding="utf-8")
    (folder.place / "staff.csv").symlink_to(secret)
    assert folder.look() == folder.look() == []
    assert not FeedRun.objects.exists()


def test_a_file_that_changes_in_our_hand_waits_for_the_next_look(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.drop("staff.csv")
    folder.look()
    # The writer still has the file open, whatever it is called now.
    writer = os.open(path, os.O_WRONLY | os.O_APPEND)

    def written_to_meanwhile(**asked: submitting.Submission) -> Submitted:
        digest = content_digest(path=asked["submission"].path)
        os.write(writer, b"\n")
        with monkeypatch.context() as patch:
            patch.setattr(submitting, "content_digest", lambda **_: digest)
            return submitting.submit(**asked)

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "submit", written_to_meanwhile)
        assert folder.look() == []
    os.close(writer)
    assert len(folder.look()) == 1
