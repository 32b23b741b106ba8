"""What feeds state ahead takes effect by itself on its day, once, and makes no wrong leaver."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from directory.changes.people import write_people
from directory.changes.stated import clear_stated
from directory.checking.check import check_directory
from directory.models import Appointment, Case, Person, Post, SourceRecord
from directory.orgtree import people_count
from directory.projection import project_people
from directory.seen.people import visible_person
from directory.sync.effective import Effects, take_effect
from tests.people import ANYBODY
from tests.sync.lights import Board, assert_sound, dawn, is_found, posts_of

pytestmark = pytest.mark.django_db

SPRING = date(2026, 4, 1)
EVE, START = date(2026, 4, 30), date(2026, 5, 1)
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)
LATER = date(2026, 8, 1)
ADA = {"source_key": "k1", "given_name": "Ada", "family_name": "Lumen"}
BEN = {"source_key": "k2", "given_name": "Ben", "family_name": "Wick", "manager_key": "k1"}
STARTS = {"start_date": "2026-05-01"}
ENDS = {"end_date": "2026-06-30"}


@pytest.fixture
def board(db: None, tmp_path: Path) -> Board:
    return Board(folder=tmp_path)


def _person(name: str) -> Person:
    return Person.objects.get(given_name=name)


def test_somebody_who_starts_later_is_nowhere_until_their_day(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    ada = _person("Ada")
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

    assert _person("Ada").status == "active"
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
    ada = _person("Ada")
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
    assert _person("Ada").status == "left"


def test_days_that_were_missed_are_made_up_for_with_their_own_dates(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN | STARTS)
    night = datetime.combine(LATER, time(3), tzinfo=UTC)
    take_effect(today=LATER, now=night)
    assert_sound(night)
    assert posts_of("Ada") == [("Keeper", None, AFTER)]
    assert posts_of("Ben") == [("Keeper", START, None)]
    assert _person("Ada").left_on == AFTER


def test_a_post_missed_from_start_to_end_leaves_nobody_expected(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS | ENDS, BEN)
    night = datetime.combine(LATER, time(3), tzinfo=UTC)
    take_effect(today=LATER, now=night)
    assert_sound(night)
    assert _person("Ada").status == "left"
    assert dawn(LATER) == Effects(started=0, ended=0)


def test_the_unchanged_file_delivered_again_changes_nothing(board: Board) -> None:
    rows = (ADA | ENDS, BEN | STARTS)
    board.deliver(SPRING, *rows)
    before = posts_of("Ada"), posts_of("Ben"), _person("Ben").status
    board.deliver(date(2026, 4, 2), *rows)
    assert (posts_of("Ada"), posts_of("Ben"), _person("Ben").status) == before
    dawn(START)
    dawn(AFTER)
    after = posts_of("Ada"), posts_of("Ben"), _person("Ada").status
    for day in (date(2026, 7, 2), date(2026, 7, 3)):
        board.deliver(day, *rows)
        assert dawn(day) == Effects(started=0, ended=0)
    assert (posts_of("Ada"), posts_of("Ben"), _person("Ada").status) == after


def test_a_delivery_on_the_day_itself_needs_no_dawn(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN | ENDS)
    board.deliver(START, ADA | STARTS | {"job_title": "Head Keeper"}, BEN | ENDS)
    assert posts_of("Ada") == [("Head Keeper", START, None)]
    board.deliver(AFTER, ADA | STARTS, BEN | ENDS | {"job_title": "Trimmer"})
    assert _person("Ben").status == "left"
    assert dawn(AFTER) == Effects(started=0, ended=0)


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
    assert _person("Ada").status == "active"
    assert is_found("Ada")
    assert Post.objects.get(appointments__person__given_name="Ben").reports_to == again.post
    assert dawn(LATER) == Effects(started=0, ended=0)


def test_who_comes_back_later_holds_the_post_anew(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    dawn(AFTER)
    board.deliver(date(2026, 7, 2), ADA | {"start_date": "2026-08-01"}, BEN)
    assert _person("Ada").status == "expected"
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
    assert _person("Ada").status == "expected"
    assert Post.objects.get(appointments__person__given_name="Ben").reports_to is None
    dawn(START)
    assert posts_of("Ada")[-1] == ("Keeper", START, None)
    assert Post.objects.filter(reports_to__appointments__person__given_name="Ada").exists()


def test_an_end_corrected_to_the_past_ends_then(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    board.deliver(date(2026, 4, 9), ADA | {"end_date": "2026-03-31"}, BEN)
    assert _person("Ada").left_on == SPRING
    assert posts_of("Ada") == [("Keeper", None, SPRING)]


@pytest.mark.parametrize("post_key", ["", "P7"])
def test_a_move_that_is_announced_is_made_on_its_day(board: Board, post_key: str) -> None:
    board.deliver(SPRING, ADA | {"post_key": post_key and "P1"}, BEN)
    next_post = STARTS | {"job_title": "Engineer", "unit_code": "T2", "post_key": post_key}
    board.deliver(date(2026, 4, 2), ADA | next_post, BEN)
    assert posts_of("Ada") == [("Keeper", None, None)]
    assert _person("Ada").status == "active"
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
    assert _person("Ada").status == "expected"
    dawn(START)
    assert posts_of("Ada") == [("Keeper", None, date(2026, 4, 21)), ("Keeper", START, None)]


def test_the_end_of_a_temporary_promotion_makes_no_leaver(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS | {"appointment_kind": "temporary promotion"}, BEN)
    dawn(AFTER)
    assert posts_of("Ada") == [("Keeper", None, AFTER)]
    assert _person("Ada").status == "active"


def test_the_end_of_a_loan_leaves_its_holder_where_another_feed_has_them(
    board: Board, tmp_path: Path
) -> None:
    home = Board(folder=tmp_path, slug="charts")
    home.deliver(SPRING, ADA, BEN | {"given_name": "Cleo"})
    board.deliver(SPRING, ADA | ENDS | {"appointment_kind": "loan"}, BEN)
    lent = Person.objects.get(appointments__source__feed=board.feed, given_name="Ada")
    kept = Person.objects.get(appointments__source__feed=home.feed, given_name="Ada")
    _make_one(kept=kept, other=lent)

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
    _make_one(kept=kept, other=same)
    assert dawn(AFTER) == Effects(started=0, ended=2)
    kept.refresh_from_db()
    assert (kept.status, kept.left_on) == ("left", AFTER)


def test_a_row_that_says_left_is_a_leaver_whatever_its_dates(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    board.deliver(date(2026, 4, 2), ADA | ENDS | {"status": "left"}, BEN)
    assert _person("Ada").left_on == date(2026, 4, 2)
    assert dawn(AFTER) == Effects(started=0, ended=0)


def test_who_is_dropped_from_the_file_after_their_end_left_on_that_day(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN)
    dawn(AFTER)
    board.deliver(LATER, BEN)
    assert _person("Ada").left_on == AFTER
    assert posts_of("Ada") == [("Keeper", None, AFTER)]


def test_a_curators_correction_keeps_nobody_in_post(board: Board) -> None:
    board.deliver(SPRING, ADA, BEN)
    SourceRecord.objects.create(
        origin="curator",
        kind="person",
        subject_id=_person("Ada").pk,
        statement={"phone": "+44 113 496 0000"},
        raw_digest=b"",
        stated_on=SPRING,
        reason="Said so on the phone",
        until=SPRING,
    )
    board.deliver(date(2026, 4, 2), BEN)
    assert _person("Ada").status == "left"


def test_who_is_dropped_from_the_file_before_they_start_never_comes(board: Board) -> None:
    board.deliver(SPRING, ADA | STARTS, BEN)
    board.deliver(date(2026, 4, 2), BEN)
    assert _person("Ada").status == "left"
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
    stay, go = _crew(30), [row | ENDS for row in _crew(39)[30:]]
    board.deliver(SPRING, *stay, *go)
    assert dawn(AFTER) == Effects(started=0, ended=9)
    run = board.deliver(date(2026, 7, 2), *stay)
    assert (run.state, run.counts["departures"]) == ("applied", 0)


def test_a_file_that_ends_too_many_at_once_is_held(tmp_path: Path) -> None:
    board = Board(folder=tmp_path, is_watched=True)
    crew = _crew(39)
    board.deliver(SPRING, *crew)
    gone = [row | {"end_date": "2026-03-31"} for row in crew[:9]]
    run = board.deliver(date(2026, 4, 2), *gone, *crew[9:])
    assert run.state == "held"
    assert [reason["rule"] for reason in run.held_reasons] == ["mass_departure"]
    assert Person.objects.filter(status="active").count() == 39


def test_a_day_begins_at_midnight_where_the_directory_is_kept(board: Board) -> None:
    # 23:30 by universal time is half past midnight of the next day in British summer time.
    board.deliver(EVE, ADA | STARTS, BEN, at=time(23, 30))
    assert _person("Ada").status == "expected"
    with timezone.override("Europe/London"):
        board.deliver(EVE, ADA | STARTS | {"job_title": "Trimmer"}, BEN, at=time(23, 40))
    assert _person("Ada").status == "active"


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
        assert _person("Ada").status == status
        assert is_found("Ada") == (status == "active")
        assert [ends for _, _, ends in posts_of("Ada")].count(None) == (status == "active")


def test_a_day_nobody_saw_to_is_named(board: Board) -> None:
    board.deliver(SPRING, ADA | ENDS, BEN | STARTS)
    noon = datetime.combine(LATER, time(12), tzinfo=UTC)
    broken = {one.name for one, found in check_directory(now=noon) if found.count}
    assert {"nobody_in_post_after_they_end", "expected_person_starts_on_their_day"} <= broken


def _crew(size: int) -> list[dict[str, str]]:
    names = [
        f"{first}{second}"
        for first in "BCDFGHJ"
        for second in ("ana", "ela", "ilo", "omi", "una", "yve")
    ]
    return [
        {"source_key": f"c{number}", "given_name": name, "family_name": "Lumen"}
        for number, name in enumerate(names[:size])
    ]


def _make_one(*, kept: Person, other: Person) -> None:
    """A curator found the two to be the same person."""
    SourceRecord.objects.filter(subject_id=other.pk).update(subject_id=kept.pk)
    Appointment.objects.filter(person=other).update(person=kept)
    other.merged_into, other.provenance = kept, {}
    other.save()
    clear_stated()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE touched_person AS SELECT %s::uuid AS id", [kept.pk])
    write_people(today=SPRING)
    project_people(person_ids=[kept.pk, other.pk])
