"""A day that is stated anew, before it comes or after it, is put right."""

from datetime import date
from pathlib import Path

import pytest

from directory.models import Appointment, Post
from directory.sync.effective import Effects
from tests.sync.lights import (
    ADA,
    AFTER,
    BEN,
    ENDS,
    EVE,
    LATER,
    SPRING,
    START,
    STARTS,
    Board,
    dawn,
    is_found,
    person_called,
    posts_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db: None, tmp_path: Path) -> Board:
    return Board(folder=tmp_path)


def test_an_end_that_is_put_off_before_its_day_never_comes(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    board.deliver(EVE, ADA | {"end_date": "2026-12-31"}, BEN)
    assert dawn(AFTER) == Effects(started=0, ended=0)
    assert posts_of("Ada") == [("Keeper", None, None)]


@pytest.mark.parametrize("extended", [{"end_date": "2026-12-31"}, {"end_date": ""}])
def test_an_end_that_is_put_off_after_its_day_never_was(
    board: Board, extended: dict[str, str]
) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    before = Appointment.objects.get(person__given_name="Ada")
    dawn(AFTER)
    board.deliver(LATER, ADA | extended, BEN)
    again = Appointment.objects.get(person__given_name="Ada")
    assert (again.pk, again.post_id, again.ends_on) == (before.pk, before.post_id, None)
    assert again.post.status == "live"
    assert person_called("Ada").status == "active"
    assert is_found("Ada")
    assert Post.objects.get(appointments__person__given_name="Ben").reports_to == again.post
    assert dawn(LATER) == Effects(started=0, ended=0)


def test_who_comes_back_later_holds_the_post_anew(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    dawn(AFTER)
    board.deliver(date(2026, 7, 2), ADA | {"start_date": "2026-08-01"}, BEN)
    assert person_called("Ada").status == "expected"
    dawn(LATER)
    assert posts_of("Ada") == [("Keeper", None, AFTER), ("Keeper", LATER, None)]


def test_a_start_corrected_to_the_past_begins_at_once(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    board.deliver(date(2026, 4, 2), ADA | {"start_date": "2026-03-01"}, BEN)
    assert posts_of("Ada") == [("Keeper", date(2026, 3, 1), None)]
    board.deliver(date(2026, 4, 3), ADA | {"start_date": "2026-03-02"}, BEN)
    assert posts_of("Ada") == [("Keeper", date(2026, 3, 2), None)]


def test_a_start_corrected_to_a_later_day_waits_for_it(board: Board) -> None:
    board.deliver(SPRING, ADA | {"start_date": "2026-03-01"}, BEN)
    board.deliver(date(2026, 4, 2), ADA | STARTS, BEN)
    assert person_called("Ada").status == "expected"
    assert Post.objects.get(appointments__person__given_name="Ben").reports_to is None
    dawn(START)
    assert posts_of("Ada")[-1] == ("Keeper", START, None)
    assert Post.objects.filter(reports_to__appointments__person__given_name="Ada").exists()


def test_an_end_corrected_to_the_past_ends_then(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    board.deliver(date(2026, 4, 9), ADA | {"end_date": "2026-03-31"}, BEN)
    assert person_called("Ada").left_on == SPRING
    assert posts_of("Ada") == [("Keeper", None, SPRING)]


@pytest.mark.parametrize("post_key", ["", "P7"])
def test_a_move_that_is_announced_is_made_on_its_day(board: Board, post_key: str) -> None:
    board.deliver(SPRING, ADA | {"post_key": post_key and "P1"}, BEN)
    next_post = STARTS | {"job_title": "Engineer", "unit_code": "T2", "post_key": post_key}
    board.deliver(date(2026, 4, 2), ADA | next_post, BEN)
    assert posts_of("Ada") == [("Keeper", None, None)]
    assert person_called("Ada").status == "active"
    board.deliver(date(2026, 4, 3), ADA | next_post | {"email": "ada@lights.example"}, BEN)
    assert posts_of("Ada") == [("Keeper", None, None)]

    assert dawn(START) == Effects(started=1, ended=0)

    assert posts_of("Ada") == [("Keeper", None, START), ("Engineer", START, None)]
    assert Post.objects.filter(reports_to__title="Engineer").count() == 1


def test_a_move_that_is_called_off_is_not_made(board: Board) -> None:
    board.deliver(SPRING, ADA, BEN)
    board.deliver(date(2026, 4, 2), ADA | STARTS | {"unit_code": "T2"}, BEN)
    board.deliver(date(2026, 4, 3), ADA, BEN)
    assert dawn(START) == Effects(started=0, ended=0)
    assert posts_of("Ada") == [("Keeper", None, None)]


def test_a_move_that_is_brought_forward_is_made_at_once(board: Board) -> None:
    board.deliver(SPRING, ADA, BEN)
    moves = {"unit_code": "T2", "job_title": "Engineer"}
    board.deliver(date(2026, 4, 2), ADA | STARTS | moves, BEN)
    early = date(2026, 4, 3)
    board.deliver(early, ADA | moves | {"start_date": "2026-04-03"}, BEN)
    assert posts_of("Ada") == [("Keeper", None, early), ("Engineer", early, None)]


def test_a_post_that_ends_before_the_next_begins_leaves_its_holder_expected(board: Board) -> None:
    board.deliver(SPRING, ADA | {"end_date": "2026-04-20"}, BEN)
    board.deliver(date(2026, 4, 2), ADA | STARTS | {"unit_code": "T2"}, BEN)
    assert dawn(date(2026, 4, 21)) == Effects(started=0, ended=1)
    assert person_called("Ada").status == "expected"
    dawn(START)
    assert posts_of("Ada") == [("Keeper", None, date(2026, 4, 21)), ("Keeper", START, None)]
