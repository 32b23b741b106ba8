"""Counted posts follow what the newest return counts, down to none at all."""

from pathlib import Path

import pytest

from directory.models import Feed, Post
from tests.connectors.deliveries import junior_return, senior_return
from tests.sync.tides import rows_of, sync_file

pytestmark = pytest.mark.django_db

GRADES = ("SEO", "HEO", "EO")


def _deliver(feed: Feed, folder: Path, counts: tuple[str, ...], *, days: int = 0) -> list[str]:
    """The live posts' counts after a return of one row for each grade, in that order."""
    rows = [
        {"Grade": grade, "Number of Posts in FTE": count}
        for grade, count in zip(GRADES, counts, strict=False)
    ]
    path = folder / f"junior-{days}.csv"
    path.write_text(junior_return(*rows), encoding="utf-8")
    (run,) = sync_file(feed, path, days=days)
    assert run.state == "applied"
    posts = Post.objects.filter(feed=feed, status="live")
    return [str(p.posts_fte) for p in sorted(posts, key=lambda p: GRADES.index(p.grade_stated))]


def test_counted_posts_that_fall_to_none_end(feed: Feed, tmp_path: Path) -> None:
    assert _deliver(feed, tmp_path, ("2.5", "3", "4")) == ["2.50", "3.00", "4.00"]
    assert _deliver(feed, tmp_path, ("2.5", "0", "4"), days=1) == ["2.50", "4.00"]
    assert _deliver(feed, tmp_path, ("2.5", "3", "4"), days=2) == ["2.50", "3.00", "4.00"]


@pytest.mark.parametrize("count", ["0.001", "10,000,000", "9" * 400, "many"])
def test_a_count_that_cannot_be_kept_costs_its_row_alone(
    feed: Feed, tmp_path: Path, count: str
) -> None:
    assert _deliver(feed, tmp_path, ("2.5", "3")) == ["2.50", "3.00"]
    assert _deliver(feed, tmp_path, (count, "4"), days=1) == ["2.50", "4.00"]


@pytest.mark.parametrize("column", ["Unit", "Generic Job Title", "Reporting Senior Post"])
def test_a_long_cell_of_a_junior_row_stops_nothing(feed: Feed, tmp_path: Path, column: str) -> None:
    path = tmp_path / "long.csv"
    path.write_text(junior_return({column: "tide table " * 300}, {}), encoding="utf-8")
    (run,) = sync_file(feed, path)
    (again,) = sync_file(feed, path)
    assert (run.state, run.counts["creations"]) == ("applied", 2)
    assert (again.state, again.counts["creations"], again.counts["kept"]) == ("applied", 0, 0)


def test_a_senior_row_that_cannot_be_kept_costs_itself_alone(feed: Feed, tmp_path: Path) -> None:
    first, second, third = rows_of(3)
    path = tmp_path / "senior.csv"
    long = {"Post Unique Reference": "T" * 600}
    path.write_text(senior_return(first, second | long, third | {"FTE": "0.001"}), encoding="utf-8")
    (run,) = sync_file(feed, path)
    assert (run.state, run.counts["creations"], run.counts["errors"]) == ("applied", 2, 1)
