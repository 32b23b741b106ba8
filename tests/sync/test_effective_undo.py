"""A run that stated days ahead can be undone before they come and after."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from accounts.models import User
from directory.models import FeedRun, Grant
from directory.sync.undoing import undo
from tests.sync.lights import (
    ADA,
    AFTER,
    BEN,
    ENDS,
    SPRING,
    START,
    STARTS,
    Board,
    assert_sound,
    dawn,
    is_found,
    person_called,
    posts_of,
)
from tests.sync.tides import user_with

pytestmark = pytest.mark.django_db

SOON = date(2026, 4, 2)
MOVES = STARTS | {"unit_code": "T2", "job_title": "Engineer"}


@pytest.fixture
def board(db: None, tmp_path: Path) -> Board:
    return Board(folder=tmp_path)


@pytest.fixture
def administrator(db: None) -> User:
    return user_with("rosa.quint", Grant.Role.ADMINISTRATOR)


def _undo(run: FeedRun, by: User, on: date) -> None:
    night = datetime.combine(on, time(6), tzinfo=UTC)
    FeedRun.objects.filter(pk=run.pk).update(finished_at=night)
    undo(run=run, reason="Last year's file", actor=by, now=night)
    assert_sound(night)


@pytest.mark.parametrize("after_the_day", [False, True])
def test_an_end_that_is_undone_never_was(
    board: Board, administrator: User, after_the_day: bool
) -> None:
    board.deliver(SPRING, ADA, BEN)
    run = board.deliver(SOON, ADA | ENDS, BEN)
    if after_the_day:
        dawn(AFTER)
    _undo(run, administrator, AFTER if after_the_day else SOON)
    dawn(AFTER)
    assert posts_of("Ada") == [("Keeper", None, None)]
    assert person_called("Ada").status == "active"
    assert is_found("Ada")


@pytest.mark.parametrize("after_the_day", [False, True])
def test_a_start_that_is_undone_never_comes(
    board: Board, administrator: User, after_the_day: bool
) -> None:
    board.deliver(SPRING, BEN)
    run = board.deliver(SOON, ADA | STARTS, BEN)
    if after_the_day:
        dawn(START)
    _undo(run, administrator, START if after_the_day else SOON)
    dawn(START)
    assert not is_found("Ada")


@pytest.mark.parametrize("after_the_day", [False, True])
def test_a_move_that_is_undone_is_not_made(
    board: Board, administrator: User, after_the_day: bool
) -> None:
    board.deliver(SPRING, ADA, BEN)
    run = board.deliver(SOON, ADA | MOVES, BEN)
    if after_the_day:
        dawn(START)
    _undo(run, administrator, START if after_the_day else SOON)
    dawn(START)
    assert [title for title, _, ends in posts_of("Ada") if ends is None] == ["Keeper"]
    assert is_found("Ada")
