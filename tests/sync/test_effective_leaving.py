"""Whoever's post ends has left, unless something else keeps them."""

from datetime import date
from pathlib import Path

import pytest

from directory.models import Case, Person, SourceRecord
from directory.sync.effective import Effects
from tests.sync.lights import (
    ADA,
    AFTER,
    BEN,
    ENDS,
    LATER,
    SPRING,
    START,
    STARTS,
    Board,
    crew_of,
    dawn,
    make_one,
    person_called,
    posts_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db: None, tmp_path: Path) -> Board:
    return Board(folder=tmp_path)


def test_the_end_of_a_temporary_promotion_makes_no_leaver(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS | {"appointment_kind": "temporary promotion"}, BEN)
    dawn(AFTER)
    assert posts_of("Ada") == [("Keeper", None, AFTER)]
    assert person_called("Ada").status == "active"


def test_the_end_of_a_loan_leaves_its_holder_where_another_feed_has_them(
    board: Board, tmp_path: Path
) -> None:
    home = Board(folder=tmp_path, slug="charts")
    home.deliver(SPRING, ADA, BEN | {"given_name": "Cleo"})
    board.deliver(SPRING, ADA | ENDS | {"appointment_kind": "loan"}, BEN)
    lent = Person.objects.get(appointments__source__feed=board.feed, given_name="Ada")
    kept = Person.objects.get(appointments__source__feed=home.feed, given_name="Ada")
    make_one(kept=kept, other=lent)

    assert dawn(AFTER) == Effects(started=0, ended=1)

    kept.refresh_from_db()
    assert kept.status == "active"
    assert [ends for _, _, ends in posts_of("Ada")] == [AFTER, None]


def test_two_feeds_that_end_on_one_day_leave_nobody_half_gone(board: Board, tmp_path: Path) -> None:
    other = Board(folder=tmp_path, slug="charts")
    other.deliver(SPRING, ADA | ENDS, BEN | {"given_name": "Cleo"})
    board.deliver(SPRING, ADA | ENDS, BEN)
    same = Person.objects.get(appointments__source__feed=board.feed, given_name="Ada")
    kept = Person.objects.get(appointments__source__feed=other.feed, given_name="Ada")
    make_one(kept=kept, other=same)
    assert dawn(AFTER) == Effects(started=0, ended=2)
    kept.refresh_from_db()
    assert (kept.status, kept.left_on) == ("left", AFTER)


def test_a_row_that_says_left_is_a_leaver_whatever_its_dates(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    board.deliver(date(2026, 4, 2), ADA | ENDS | {"status": "left"}, BEN)
    assert person_called("Ada").left_on == date(2026, 4, 2)
    assert dawn(AFTER) == Effects(started=0, ended=0)


def test_who_is_dropped_from_the_file_after_their_end_left_on_that_day(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    dawn(AFTER)
    board.deliver(LATER, BEN)
    assert person_called("Ada").left_on == AFTER
    assert posts_of("Ada") == [("Keeper", None, AFTER)]


def test_a_curators_correction_keeps_nobody_in_post(board: Board) -> None:
    board.deliver(SPRING, ADA, BEN)
    SourceRecord.objects.create(
        origin="curator",
        kind="person",
        subject_id=person_called("Ada").pk,
        statement={"phone": "+44 113 496 0000"},
        raw_digest=b"",
        stated_on=SPRING,
        reason="Said so on the phone",
        until=SPRING,
    )
    board.deliver(date(2026, 4, 2), BEN)
    assert person_called("Ada").status == "left"


def test_who_is_dropped_from_the_file_before_they_start_never_comes(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    board.deliver(date(2026, 4, 2), BEN)
    assert person_called("Ada").status == "left"
    assert dawn(START) == Effects(started=0, ended=0)


def test_who_leaves_here_and_is_expected_elsewhere_is_put_to_a_human(
    board: Board, tmp_path: Path
) -> None:
    other = Board(folder=tmp_path, slug="charts")
    board.deliver(SPRING, ADA, BEN)
    other.deliver(SPRING, ADA | STARTS | {"email": "ada@charts.example"})
    assert not Case.objects.exists()
    board.deliver(date(2026, 4, 2), BEN)
    assert Case.objects.get().reason == "mover"


def test_an_address_is_taken_by_somebody_expected(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS | {"email": "a.lumen@lights.example"})
    same = BEN | {"email": "a.lumen@lights.example"}
    run = board.deliver(date(2026, 4, 2), ADA | STARTS | {"email": "a.lumen@lights.example"}, same)
    assert run.counts["errors"] == 1


def test_who_left_on_a_stated_day_is_no_departure_of_the_file_that_drops_them(
    tmp_path: Path,
) -> None:
    board = Board(folder=tmp_path, is_watched=True)
    stay, go = crew_of(30), [row | ENDS for row in crew_of(39)[30:]]
    board.deliver(SPRING, *stay, *go)
    assert dawn(AFTER) == Effects(started=0, ended=9)
    run = board.deliver(date(2026, 7, 2), *stay)
    assert (run.state, run.counts["departures"]) == ("applied", 0)
