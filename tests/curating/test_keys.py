"""A renumbered HR system: everybody keeps their record, under another key."""

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.models import User
from directory.curating.changing import AlreadyRetired, RunsUnsettled
from directory.curating.feeds import retire
from directory.curating.keys import KeysOfPosts, KeysRefused, preview_keys, replace_keys
from directory.curating.remit import MayNotCurate
from directory.models import (
    Appointment,
    Feed,
    FeedRun,
    FeedTrailEntry,
    Person,
    Post,
    SourceRecord,
)
from directory.sync.undoing import KeysReplaced, undo
from tests.curating.harbour import NOW, REASON, STAFF, deliver, deliver_staff, people_file


def write_keys(folder: Path, *pairs: tuple[str, str], header: str = "old_key,new_key") -> Path:
    path = folder / "keys.csv"
    path.write_text("\n".join([header, *map(",".join, pairs), ""]), encoding="utf-8")
    return path


def replace(feed: Feed, path: Path, actor: User) -> None:
    replace_keys(feed=feed, path=path, reason=REASON, actor=actor, now=NOW + timedelta(days=1))


def keys_by_name() -> dict[str, str]:
    """Given name of everybody in post to their key."""
    names = dict(Person.objects.values_list("pk", "given_name"))
    records = SourceRecord.objects.filter(kind="person", state="current")
    return {names[r.subject_id]: r.source_key for r in records}


def test_a_renumbered_delivery_changes_nobody(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    before = set(Appointment.objects.values_list("pk", "person", "post", "ends_on"))
    replace(feed, write_keys(tmp_path, *((f"H{n}", f"E-{n}") for n in range(1, 5))), curator)
    renumbered = [
        (key.replace("H", "E-"), given, family, title, manager.replace("H", "E-"))
        for key, given, family, title, manager in STAFF
    ]
    run = deliver(feed, people_file(tmp_path, *renumbered), days=2)
    assert run.state == FeedRun.State.APPLIED
    assert (run.counts["creations"], run.counts["updates"], run.counts["departures"]) == (0, 0, 0)
    # Every row was read again, and none of them differs.
    assert run.counts["kept"] == 4
    assert set(Appointment.objects.values_list("pk", "person", "post", "ends_on")) == before


def test_managers_and_implied_posts_follow(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
    tom = SourceRecord.objects.get(source_key="H2")
    assert tom.statement["manager_key"] == "E1"
    assert SourceRecord.objects.get(source_key="E1").statement["source_key"] == "E1"
    assert bytes(tom.raw_digest) == b""
    assert Post.objects.filter(reference="person\nE1", status="live").exists()
    assert not Post.objects.filter(reference="person\nH1").exists()


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("H1", "H2"), ("H2", "H1")], {"Maya": "H2", "Tom": "H1", "Ada": "H3", "Wen": "H4"}),
        (
            [("H1", "H2"), ("H2", "H3"), ("H3", "H9")],
            {"Maya": "H2", "Tom": "H3", "Ada": "H9", "Wen": "H4"},
        ),
        (
            [("H1", "H2"), ("H2", "H3"), ("H3", "H1")],
            {"Maya": "H2", "Tom": "H3", "Ada": "H1", "Wen": "H4"},
        ),
        ([("H1", "H1"), ("H2", "E2")], {"Maya": "H1", "Tom": "E2", "Ada": "H3", "Wen": "H4"}),
    ],
    ids=["swap", "chain", "ring", "one stays"],
)
def test_keys_may_be_handed_on(
    feed: Feed,
    tmp_path: Path,
    curator: User,
    pairs: list[tuple[str, str]],
    expected: dict[str, str],
) -> None:
    deliver_staff(feed, tmp_path)
    holders = dict(Post.objects.values_list("appointments__person__given_name", "pk"))
    replace(feed, write_keys(tmp_path, *pairs), curator)
    assert keys_by_name() == expected
    for name, key in expected.items():
        assert Post.objects.get(reference=f"person\n{key}").pk == holders[name]


def test_a_leaver_is_known_by_the_new_key_when_they_return(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver_staff(feed, tmp_path)
    deliver_staff(feed, tmp_path, *STAFF[:3], days=1)
    wen = Person.objects.get(given_name="Wen")
    assert wen.status == "left"
    replace(feed, write_keys(tmp_path, ("H4", "E4")), curator)
    deliver_staff(feed, tmp_path, *STAFF[:3], ("E4", "Wen", "Osei", "Clerk", "H3"), days=2)
    wen.refresh_from_db()
    assert wen.status == "active"
    assert Person.objects.filter(given_name="Wen").count() == 1


@pytest.mark.parametrize(
    ("pairs", "rows"),
    [
        ([("H1", "E1"), ("H9", "E9")], [3]),
        ([("H1", "H2")], [2]),
        ([("H1", "E1"), ("H1", "E2")], [2, 3]),
        ([("H1", "E1"), ("H2", "E1")], [2, 3]),
        ([("H1", ""), ("", "E1")], [2, 3]),
        ([("H1", "E" * 201)], [2]),
        ([("H1", "E1", "E2")], [2]),
    ],
    ids=["unknown", "in use", "old twice", "new twice", "blank", "long", "three cells"],
)
def test_one_wrong_row_refuses_the_whole_file(
    feed: Feed, tmp_path: Path, curator: User, pairs: list[tuple[str, str]], rows: list[int]
) -> None:
    deliver_staff(feed, tmp_path)
    before = keys_by_name()
    path = write_keys(tmp_path, *pairs)
    with pytest.raises(KeysRefused) as refusal:
        replace(feed, path, curator)
    assert [problem.row for problem in refusal.value.problems] == rows
    with pytest.raises(KeysRefused):
        preview_keys(feed=feed, path=path, actor=curator, now=NOW)
    assert keys_by_name() == before


def test_a_key_of_somebody_who_left_is_given_to_nobody_else(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver_staff(feed, tmp_path)
    deliver_staff(feed, tmp_path, *STAFF[:3], days=1)
    with pytest.raises(KeysRefused):
        replace(feed, write_keys(tmp_path, ("H1", "H4")), curator)


@pytest.mark.parametrize("header", ["old_key", "old_key,new_key,name", "a,b"])
def test_another_header_is_refused(feed: Feed, tmp_path: Path, curator: User, header: str) -> None:
    deliver_staff(feed, tmp_path)
    with pytest.raises(KeysRefused, match="old_key and new_key"):
        replace(feed, write_keys(tmp_path, ("H1", "E1"), header=header), curator)


def test_a_file_that_names_nobody_is_refused(feed: Feed, tmp_path: Path, curator: User) -> None:
    with pytest.raises(KeysRefused, match="no rows"):
        replace(feed, write_keys(tmp_path), curator)


def test_a_preview_counts_and_changes_nothing(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    before = keys_by_name()
    shown = preview_keys(
        feed=feed, path=write_keys(tmp_path, ("H1", "E1"), ("H3", "E3")), actor=curator, now=NOW
    )
    counts = shown.counts
    assert (shown.rows, counts.people, counts.leavers, counts.untouched) == (2, 2, 0, 2)
    assert counts.lines == 3
    assert [(e.old_key, e.new_key, e.name) for e in shown.examples] == [
        ("H1", "E1", "Maya Holt"),
        ("H3", "E3", "Ada Quill"),
    ]
    assert keys_by_name() == before


def test_a_held_run_is_decided_first(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    FeedRun.objects.create(feed=feed, kind="people", as_of=NOW, state=FeedRun.State.HELD)
    with pytest.raises(RunsUnsettled):
        replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)


def test_another_feeds_people_keep_their_keys(feed: Feed, tmp_path: Path, curator: User) -> None:
    other = Feed.objects.create(
        slug="harbour-old", organisation=feed.organisation, connector="table"
    )
    SourceRecord.objects.create(
        feed=other,
        delivery_kind="people",
        kind="person",
        source_key="H1",
        subject_id=Person.objects.create(given_name="Other", display_name="Other").pk,
        statement={"manager_key": "H1"},
        raw_digest=b"1",
        stated_on=NOW,
    )
    deliver_staff(feed, tmp_path)
    replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
    kept = SourceRecord.objects.get(feed=other)
    assert (kept.source_key, kept.statement["manager_key"]) == ("H1", "H1")


def test_a_run_from_before_is_not_undone_any_more(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    run = deliver_staff(feed, tmp_path)
    replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
    with pytest.raises(KeysReplaced):
        undo(run=run, reason=REASON, actor=curator, now=NOW + timedelta(days=2))
    assert keys_by_name()["Maya"] == "E1"


def test_a_run_from_after_is_undone(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
    staff = [("E1", *STAFF[0][1:]), *(("H" + s[0][1:], *s[1:4], "E1") for s in STAFF[1:3])]
    run = deliver_staff(feed, tmp_path, *staff, days=3)
    assert run.counts["departures"] == 1
    undo(run=run, reason=REASON, actor=curator, now=NOW + timedelta(days=4))
    assert keys_by_name() == {"Maya": "E1", "Tom": "H2", "Ada": "H3", "Wen": "H4"}


def test_the_trail_says_who_and_why(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
    entry = FeedTrailEntry.objects.get(feed=feed)
    assert (entry.deed, entry.by, entry.reason) == ("keys", curator, REASON)
    assert entry.note.startswith("1 people")


def test_an_operator_replaces_no_keys(feed: Feed, tmp_path: Path, operator: User) -> None:
    deliver_staff(feed, tmp_path)
    path = write_keys(tmp_path, ("H1", "E1"))
    with pytest.raises(MayNotCurate):
        preview_keys(feed=feed, path=path, actor=operator, now=NOW)
    with pytest.raises(MayNotCurate):
        replace(feed, path, operator)


def test_a_retired_feed_keeps_its_keys(feed: Feed, tmp_path: Path, curator: User) -> None:
    deliver_staff(feed, tmp_path)
    retire(feed=feed, reason=REASON, actor=curator, now=NOW)
    with pytest.raises(AlreadyRetired):
        replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)


def test_a_return_has_no_keys_to_replace(feed: Feed, tmp_path: Path, curator: User) -> None:
    feed.connector = "organogram"
    feed.save()
    with pytest.raises(KeysOfPosts):
        replace(feed, write_keys(tmp_path, ("H1", "E1")), curator)
