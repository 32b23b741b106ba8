"""After an undo the directory holds, row by row, what it held before the run."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory.models import (
    Appointment,
    Expertise,
    FeedRun,
    Location,
    Person,
    Post,
    ReplacedRecord,
    SourceRecord,
    Team,
)
from directory.sync.apply import last_applied
from tests.sync import tides
from tests.sync.rewinding import NOW, broken, differences, rows_held, take_back
from tests.sync.survey import Survey, official
from tests.sync.tides import release, sync_file, write_stack

pytestmark = pytest.mark.django_db

#: When `release` releases.
RELEASED = tides.NOW + timedelta(days=9)

Story = Callable[[Survey], FeedRun]


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """Two teams, four officials: one manages two; one has a post with a code, and expertise."""
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings", "T2,T1,Charts", "T3,T2,Inks")
    survey.people(
        official("k1", job_title="Head of Soundings", location="Leeds"),
        official("k2", manager_key="k1"),
        official("k3", manager_key="k1", unit_code="T2"),
        official("k4", post_key="P9", expertise="Pilotage;Knots"),
    )
    return survey


def _rest(*rows: str) -> tuple[str, ...]:
    """The first delivery's people, with what is said of some in place of what was."""
    said = {row.split(",")[0]: row for row in rows}
    known = {
        "k1": official("k1", job_title="Head of Soundings", location="Leeds"),
        "k2": official("k2", manager_key="k1"),
        "k3": official("k3", manager_key="k1", unit_code="T2"),
        "k4": official("k4", post_key="P9", expertise="Pilotage;Knots"),
    }
    return tuple((known | said).values())


STORIES: dict[str, Story] = {
    "joiners": lambda s: s.people(
        *_rest(official("k5", manager_key="k2"), official("k6", location="Hull"))
    ),
    "a leaver": lambda s: s.people(*_rest()[1:]),
    "everybody leaves": lambda s: s.people(official("k9")),
    "a mover to another team": lambda s: s.people(*_rest(official("k2", unit_code="T2"))),
    "a promotion in place": lambda s: s.people(*_rest(official("k2", grade="G7"))),
    "a title": lambda s: s.people(*_rest(official("k2", job_title="Pilot", manager_key="k1"))),
    "a name": lambda s: s.people(*_rest(official("k2", family_name="Vane", manager_key="k1"))),
    "lines turned round": lambda s: s.people(
        *_rest(
            official("k1", manager_key="k2", location="Leeds"),
            official("k2"),
            official("k3", manager_key="k2", unit_code="T2"),
        )
    ),
    "a manager who moved": lambda s: s.people(
        *_rest(official("k1", unit_code="T3", location="Leeds"))
    ),
    "a post with a code passed on": lambda s: s.people(
        *_rest(official("k2", post_key="P9"), official("k4", post_key="P10"))
    ),
    "expertise": lambda s: s.people(*_rest(official("k4", post_key="P9", expertise="Knots;Tides"))),
    "a location": lambda s: s.people(*_rest(official("k1", location="Whitby"))),
    "a part of the staff": lambda s: s.people(
        official("k2", job_title="Pilot"), official("k7"), complete=False
    ),
    "somebody protected": lambda s: s.people(
        *_rest(official("k2", manager_key="k1", protected="true"), official("k5", protected="true"))
    ),
    "teams renamed, moved and added": lambda s: s.teams(
        "T1,T4,Depths", "T2,,Charts", "T3,T1,Inks", "T4,,Waters"
    ),
    "teams turned round": lambda s: s.teams("T1,T2,Soundings", "T2,T3,Charts", "T3,,Inks"),
    "a team that closes": lambda s: s.teams("T1,,Soundings", "T2,T1,Charts"),
    "a team in the place of another": lambda s: s.teams(
        "T1,,Soundings", "T2,T1,Waters", "T3,,Inks", "T5,T1,Charts"
    ),
    "the same again": lambda s: s.people(*_rest()),
    "a senior return": lambda s: s.seniors(
        {"Post Unique Reference": "S1", "Reports to Senior Post": "XX"},
        {"Post Unique Reference": "S2", "Name": "Tom Marlow", "Reports to Senior Post": "S1"},
        {"Post Unique Reference": "S2", "Name": "Ada Quill", "Reports to Senior Post": "S1"},
        {"Post Unique Reference": "S3", "Name": "Vacant", "Reports to Senior Post": "S1"},
        {"Post Unique Reference": "S4", "Name": "N/D", "Reports to Senior Post": "S1"},
    ),
}


@pytest.mark.parametrize("told", STORIES)
def test_an_undone_run_leaves_what_stood_before(survey: Survey, told: str) -> None:
    before = rows_held()
    run = STORIES[told](survey)
    undone = survey.undo(run)
    assert differences(before, rows_held()) == []
    assert undone.kept == ()
    assert not broken()


@pytest.mark.parametrize("told", STORIES)
def test_the_same_file_is_applied_again_after_its_undo(survey: Survey, told: str) -> None:
    run = STORIES[told](survey)
    counts = {name: run.counts[name] for name in ("creations", "updates", "departures")}
    survey.undo(run)
    again = STORIES[told](survey)
    assert counts == {name: again.counts[name] for name in counts}
    assert not broken()
    survey.undo(again)
    assert not broken()


SENIORS = (
    {"Post Unique Reference": "S1", "Name": "Ada Quill", "Reports to Senior Post": "XX"},
    {"Post Unique Reference": "S2", "Name": "Tom Marlow", "Reports to Senior Post": "S1"},
    {"Post Unique Reference": "S2", "Name": "Maya Holt", "Reports to Senior Post": "S1"},
    {"Post Unique Reference": "S3", "Name": "Vacant", "Reports to Senior Post": "S2"},
)
OTHER_SENIORS = (
    {"Post Unique Reference": "S1", "Name": "N/D", "Reports to Senior Post": "XX"},
    {"Post Unique Reference": "S3", "Name": "Tom Marlow", "Reports to Senior Post": "S1"},
    {"Post Unique Reference": "S5", "Name": "Maya Holt", "Unit": "Tides"},
)


def test_returns_go_back_with_the_lines_of_the_juniors_below_them(survey: Survey) -> None:
    survey.seniors(*SENIORS)
    survey.juniors({"Reporting Senior Post": "S2"}, {"Reporting Senior Post": "S5"})
    before = rows_held()
    run = survey.seniors(*OTHER_SENIORS)
    assert set(
        Post.objects.filter(feed=survey.junior).values_list("reports_to__reference", flat=True)
    ) == {None, "S5"}
    assert survey.undo(run).kept == ()
    assert differences(before, rows_held()) == []
    assert not broken()


def test_runs_are_undone_one_by_one_from_the_last(survey: Survey) -> None:
    states = [rows_held()]
    runs = []
    for rows in (_rest(official("k5")), _rest()[1:], _rest(official("k2", unit_code="T3"))):
        runs.append(survey.people(*rows))
        states.append(rows_held())
    for run, state in zip(reversed(runs), reversed(states[:-1]), strict=True):
        survey.undo(run)
        assert differences(state, rows_held()) == []


def test_the_feed_then_stands_at_the_run_before(survey: Survey) -> None:
    (first,) = FeedRun.objects.filter(feed=survey.hr, kind="people")
    run = survey.people(*_rest()[1:])
    survey.undo(run)
    run.refresh_from_db()
    assert run.state == FeedRun.State.UNDONE
    assert (run.undone_by, run.undone_at) == (survey.curator, NOW + timedelta(hours=1))
    assert run.undo_reason in run.trail[-1]["note"]
    again = survey.people(*_rest())
    assert again.base_run == first
    assert last_applied(run=run) == again
    assert again.counts["departures"] == again.counts["creations"] == 0


def test_a_returning_leaver_leaves_again(survey: Survey) -> None:
    survey.people(*_rest()[:-1])
    before = rows_held()
    run = survey.people(*_rest())
    assert Person.objects.get(given_name="Maudk4").status == "active"
    survey.undo(run)
    assert differences(before, rows_held()) == []


def test_a_held_part_of_a_stacked_file_goes_back_once_it_was_released(
    survey: Survey, tmp_path: Path
) -> None:
    first, held, _ = sync_file(survey.senior, write_stack(tmp_path))
    assert held.state == FeedRun.State.HELD
    before = rows_held()
    second, third = release(held, survey.curator)
    days_later = RELEASED + timedelta(days=1)
    for run in (third, second):
        take_back(run, survey.curator, now=days_later)
    assert differences(before, rows_held()) == []
    take_back(first, survey.curator, now=days_later)
    assert not SourceRecord.objects.filter(feed=survey.senior).exists()


def test_an_unchanged_delivery_keeps_nothing_for_an_undo(survey: Survey) -> None:
    survey.people(*_rest())
    assert not ReplacedRecord.objects.exists()


def test_what_a_run_replaced_is_forgotten_once_it_cannot_be_undone(survey: Survey) -> None:
    run = survey.people(*_rest(official("k2", job_title="Pilot", manager_key="k1")))
    assert ReplacedRecord.objects.filter(run=run).exists()
    FeedRun.objects.filter(pk=run.pk).update(finished_at=NOW - timedelta(days=31))
    survey.people(*_rest())
    assert not ReplacedRecord.objects.filter(run=run).exists()


def test_nothing_of_a_first_delivery_is_left(tmp_path: Path) -> None:
    survey = Survey.made(tmp_path)
    before = rows_held()
    runs = [survey.teams("T1,,Soundings"), survey.people(*_first())]
    assert Expertise.objects.exists()
    assert Location.objects.exists()
    for run in reversed(runs):
        survey.undo(run)
    assert differences(before, rows_held()) == []
    for model in (Person, Post, Appointment, Team, Expertise, ReplacedRecord):
        assert not model._default_manager.exists()


def _first() -> tuple[str, ...]:
    return (
        official("k1", location="Leeds", expertise="Knots"),
        official("k2", manager_key="k1"),
    )
