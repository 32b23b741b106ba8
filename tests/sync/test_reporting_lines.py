"""Where the lines of a return lead: to a head, to a post that stands, or to one that has ended."""

from pathlib import Path

import pytest

from directory.models import Feed, FeedRun, Post, RowFault
from tests.connectors.deliveries import junior_return, senior_return
from tests.sync.tides import sync_file

HEAD = {"Post Unique Reference": "T1", "Name": "Ada Quill", "Reports to Senior Post": "XX"}
DEPUTY = {"Post Unique Reference": "T2", "Name": "Maya Holt", "Reports to Senior Post": "T1"}
ENDED = {
    "Post Unique Reference": "T3",
    "Name": "'Eliminated'",
    "Contact Phone": "N/A",
    "Contact E-mail": "N/A",
    "Reports to Senior Post": "T1",
}


def _deliver(feed: Feed, folder: Path, *rows: dict[str, str], days: int = 0) -> FeedRun:
    path = folder / f"senior-{days}.csv"
    path.write_text(senior_return(*rows), encoding="utf-8")
    (run,) = sync_file(feed, path, days=days)
    assert run.state == FeedRun.State.APPLIED
    return run


def _faults(run: FeedRun, *codes: str) -> list[tuple[int, str]]:
    """Row and code of the run's faults with one of these codes."""
    found = RowFault.objects.filter(run=run, code__in=codes).order_by("row", "code")
    return list(found.values_list("row", "code"))


@pytest.mark.parametrize("line", ["", "N/A", "T1"])
def test_only_xx_marks_the_head(feed: Feed, tmp_path: Path, line: str) -> None:
    run = _deliver(feed, tmp_path, HEAD | {"Reports to Senior Post": line}, DEPUTY)
    assert _faults(run, "no_top_post") == [(0, "no_top_post")]
    assert set(Post.objects.values_list("reference", flat=True)) == {"T1", "T2"}


@pytest.mark.parametrize("line", ["XX", "xx"])
def test_a_marked_head_is_found(feed: Feed, tmp_path: Path, line: str) -> None:
    run = _deliver(feed, tmp_path, HEAD | {"Reports to Senior Post": line}, DEPUTY)
    assert _faults(run, "no_top_post") == []


def test_an_unchanged_head_is_still_the_head(feed: Feed, tmp_path: Path) -> None:
    _deliver(feed, tmp_path, HEAD, DEPUTY)
    run = _deliver(feed, tmp_path, HEAD, DEPUTY | {"Job Title": "Director"}, days=1)
    assert run.counts["updates"] == 1
    assert _faults(run, "no_top_post") == []


def test_a_head_that_left_is_missed(feed: Feed, tmp_path: Path) -> None:
    _deliver(feed, tmp_path, HEAD, DEPUTY)
    run = _deliver(feed, tmp_path, DEPUTY | {"Job Title": "Director"}, days=1)
    assert _faults(run, "no_top_post", "eliminated_manager") == [
        (0, "no_top_post"),
        (2, "eliminated_manager"),
    ]


def test_a_line_to_an_eliminated_post_says_so(feed: Feed, tmp_path: Path) -> None:
    below = DEPUTY | {"Reports to Senior Post": "T3"}
    run = _deliver(feed, tmp_path, HEAD, ENDED, below)
    assert _faults(run, "eliminated_manager", "unknown_manager") == [(4, "eliminated_manager")]
    assert Post.objects.get(reference="T2").reports_to is None


def test_a_line_to_a_post_that_never_stood_is_unknown(feed: Feed, tmp_path: Path) -> None:
    run = _deliver(feed, tmp_path, HEAD, ENDED, DEPUTY | {"Reports to Senior Post": "T4"})
    assert _faults(run, "eliminated_manager", "unknown_manager") == [(4, "unknown_manager")]


def test_a_job_share_that_halves_leaves_its_post_standing(feed: Feed, tmp_path: Path) -> None:
    below = DEPUTY | {"Reports to Senior Post": "T3"}
    run = _deliver(feed, tmp_path, HEAD, ENDED, ENDED | {"Name": "Tom Marlow"}, below)
    assert _faults(run, "eliminated_manager", "unknown_manager") == []


def test_an_eliminated_post_is_not_taken_for_one_with_fewer_zeros(
    feed: Feed, tmp_path: Path
) -> None:
    below = DEPUTY | {"Reports to Senior Post": "007"}
    other = DEPUTY | {"Post Unique Reference": "7", "Name": "Tom Marlow"}
    run = _deliver(feed, tmp_path, HEAD, ENDED | {"Post Unique Reference": "007"}, other, below)
    assert _faults(run, "eliminated_manager", "reference_repaired") == [(5, "eliminated_manager")]


def test_juniors_under_a_post_that_ended_are_told_so(feed: Feed, tmp_path: Path) -> None:
    stood = ENDED | {"Name": "Tom Marlow", "Contact Phone": "020 7946 0000"}
    _deliver(feed, tmp_path, HEAD, DEPUTY, stood)
    _deliver(feed, tmp_path, HEAD, DEPUTY, ENDED, days=1)
    juniors = Feed.objects.create(
        slug="tides-junior", organisation=feed.organisation, connector="organogram"
    )
    path = tmp_path / "junior.csv"
    lines = ({"Reporting Senior Post": line} for line in ("T2", "T3", "T4"))
    path.write_text(junior_return(*lines), encoding="utf-8")
    (run,) = sync_file(juniors, path, days=1)
    assert _faults(run, "eliminated_manager", "unknown_manager") == [
        (3, "eliminated_manager"),
        (4, "unknown_manager"),
    ]
