"""What feeds state ahead takes effect by itself on its day, once, and makes no wrong leaver."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from directory.checking.check import check_directory
from directory.models import Person, Post
from directory.orgtree import people_count
from directory.seen.people import visible_person
from directory.sync.effective import Effects, take_effect
from tests.people import ANYBODY
from tests.sync.lights import (
    ADA,
    AFTER,
    BEN,
    ENDS,
    EVE,
    LAST,
    LATER,
    SPRING,
    START,
    STARTS,
    Board,
    assert_sound,
    crew_of,
    dawn,
    is_found,
    person_called,
    posts_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db: None, tmp_path: Path) -> Board:
    return Board(folder=tmp_path)


def test_somebody_who_starts_later_is_nowhere_until_their_day(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    ada = person_called("Ada")
    assert ada.status == "expected"
    assert not is_found("Ada")
    assert not posts_of("Ada")
    team = Post.objects.get(appointments__person__given_name="Ben").team
    assert people_count(team=team, viewer=ANYBODY).total == 1
    assert people_count(team=team, viewer=ANYBODY).vacancies == 0
    with pytest.raises(Person.DoesNotExist):
        visible_person(viewer=ANYBODY, person_id=ada.pk)

    assert dawn(EVE) == Effects(started=0, ended=0)
    assert dawn(START) == Effects(started=1, ended=0)

    assert person_called("Ada").status == "active"
    assert is_found("Ada")
    assert posts_of("Ada") == [("Keeper", START, None)]
    assert people_count(team=team, viewer=ANYBODY).total == 2


def test_those_who_report_to_somebody_expected_do_from_their_day(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    bens = Post.objects.get(appointments__person__given_name="Ben")
    assert bens.reports_to is None
    dawn(START)
    bens.refresh_from_db()
    assert bens.reports_to == Post.objects.get(appointments__person__given_name="Ada")


def test_whose_last_day_has_passed_has_left(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    assert dawn(LAST) == Effects(started=0, ended=0)
    assert dawn(AFTER) == Effects(started=0, ended=1)
    ada = person_called("Ada")
    assert (ada.status, ada.left_on) == ("left", AFTER)
    assert posts_of("Ada") == [("Keeper", None, AFTER)]
    assert not is_found("Ada")
    assert Post.objects.get(appointments__person=ada).closed_on == AFTER
    assert Post.objects.get(appointments__person__given_name="Ben").reports_to is None


def test_a_post_that_starts_and_ends_ahead_does_both(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS | ENDS, BEN)
    assert dawn(START) == Effects(started=1, ended=0)
    assert dawn(AFTER) == Effects(started=0, ended=1)
    assert posts_of("Ada") == [("Keeper", START, AFTER)]
    assert person_called("Ada").status == "left"


def test_days_that_were_missed_are_made_up_for_with_their_own_dates(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN | STARTS)
    night = datetime.combine(LATER, time(3), tzinfo=UTC)
    take_effect(today=LATER, now=night)
    assert_sound(night)
    assert posts_of("Ada") == [("Keeper", None, AFTER)]
    assert posts_of("Ben") == [("Keeper", START, None)]
    assert person_called("Ada").left_on == AFTER


def test_a_post_missed_from_start_to_end_leaves_nobody_expected(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS | ENDS, BEN)
    night = datetime.combine(LATER, time(3), tzinfo=UTC)
    take_effect(today=LATER, now=night)
    assert_sound(night)
    assert person_called("Ada").status == "left"
    assert dawn(LATER) == Effects(started=0, ended=0)


def test_the_unchanged_file_delivered_again_changes_nothing(board: Board) -> None:
    rows = (ADA | ENDS, BEN | STARTS)
    board.deliver(SPRING, *rows)
    before = posts_of("Ada"), posts_of("Ben"), person_called("Ben").status
    board.deliver(date(2026, 4, 2), *rows)
    assert (posts_of("Ada"), posts_of("Ben"), person_called("Ben").status) == before
    dawn(START)
    dawn(AFTER)
    after = posts_of("Ada"), posts_of("Ben"), person_called("Ada").status
    for day in (date(2026, 7, 2), date(2026, 7, 3)):
        board.deliver(day, *rows)
        assert dawn(day) == Effects(started=0, ended=0)
    assert (posts_of("Ada"), posts_of("Ben"), person_called("Ada").status) == after


def test_a_delivery_on_the_day_itself_needs_no_dawn(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN | ENDS)
    board.deliver(START, ADA | STARTS | {"job_title": "Head Keeper"}, BEN | ENDS)
    assert posts_of("Ada") == [("Head Keeper", START, None)]
    board.deliver(AFTER, ADA | STARTS, BEN | ENDS | {"job_title": "Trimmer"})
    assert person_called("Ben").status == "left"
    assert dawn(AFTER) == Effects(started=0, ended=0)


def test_a_file_that_ends_too_many_at_once_is_held(tmp_path: Path) -> None:
    board = Board(folder=tmp_path, is_watched=True)
    crew = crew_of(39)
    board.deliver(SPRING, *crew)
    gone = [row | {"end_date": "2026-03-31"} for row in crew[:9]]
    run = board.deliver(date(2026, 4, 2), *gone, *crew[9:])
    assert run.state == "held"
    assert [reason["rule"] for reason in run.held_reasons] == ["mass_departure"]
    assert Person.objects.filter(status="active").count() == 39


def test_a_day_begins_at_midnight_where_the_directory_is_kept(board: Board) -> None:
    # 23:30 by universal time is half past midnight of the next day in British summer time.
    board.deliver(EVE, ADA | STARTS, BEN, at=time(23, 30))
    assert person_called("Ada").status == "expected"
    with timezone.override("Europe/London"):
        board.deliver(EVE, ADA | STARTS | {"job_title": "Trimmer"}, BEN, at=time(23, 40))
    assert person_called("Ada").status == "active"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_stated_and_when_the_day_decides_who_is_in_post(
    board: Board, seed: int
) -> None:
    chance = Random(seed)
    day, row = SPRING, ADA
    board.deliver(day, row, BEN)
    for _ in range(12):
        for _ in range(chance.randrange(1, 9)):
            day += timedelta(days=1)
            take_effect(today=day, now=datetime.combine(day, time(0, 5), tzinfo=UTC))
        if chance.random() < 0.6:
            start = day + timedelta(days=chance.randrange(-30, 12))
            end = start + timedelta(days=chance.randrange(40))
            row = ADA | {
                "start_date": chance.choice(["", start.isoformat()]),
                "end_date": chance.choice(["", end.isoformat()]),
            }
            board.deliver(day, row, BEN)
        dawn(day)
        starts, ends = row.get("start_date", ""), row.get("end_date", "")
        expected = starts > day.isoformat()
        ended = ends != "" and ends < day.isoformat()
        status = "left" if ended else "expected" if expected else "active"
        assert person_called("Ada").status == status
        assert is_found("Ada") == (status == "active")
        assert [ends for _, _, ends in posts_of("Ada")].count(None) == (status == "active")


def test_a_day_nobody_saw_to_is_named(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN | STARTS)
    noon = datetime.combine(LATER, time(12), tzinfo=UTC)
    broken = {one.name for one, found in check_directory(now=noon) if found.count}
    assert {"nobody_in_post_after_they_end", "expected_person_starts_on_their_day"} <= broken
