"""Who may undo which run, and what the command says of it."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.grants import grant_role
from directory.models import FeedRun, Grant, Organisation
from directory.sync.undoing import (
    LaterRunApplied,
    MayNotUndo,
    NotApplied,
    ReasonMissing,
    TooOld,
    undo,
)
from tests.sync.rewinding import NOW, REASON, differences, rows_held, take_back
from tests.sync.survey import Survey, official
from tests.sync.tides import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """A department with one team and nobody in it yet."""
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings")
    return survey


def test_only_the_last_applied_run_of_a_part_can_be_undone(survey: Survey) -> None:
    first = survey.people(official("k1"))
    later = survey.people(official("k1"), official("k2"))
    with pytest.raises(LaterRunApplied, match=str(later.pk)):
        survey.undo(first)
    survey.undo(later)
    survey.undo(first)


def test_another_part_of_the_feed_holds_nothing_up(survey: Survey) -> None:
    people = survey.people(official("k1"))
    survey.teams("T1,,Soundings", "T2,,Charts")
    survey.undo(people)


def test_a_run_is_undone_once(survey: Survey) -> None:
    run = survey.people(official("k1"))
    survey.undo(run)
    with pytest.raises(NotApplied, match="undone"):
        survey.undo(run)


@pytest.mark.parametrize("state", ["received", "planned", "held", "approved", "rejected", "failed"])
def test_only_an_applied_run_is_undone(survey: Survey, state: str) -> None:
    run = survey.people(official("k1"))
    FeedRun.objects.filter(pk=run.pk).update(state=state, failure_code="crashed")
    with pytest.raises(NotApplied):
        survey.undo(run)


def test_a_run_can_be_undone_for_thirty_days(survey: Survey) -> None:
    run = survey.people(official("k1"))
    assert run.finished_at is not None
    last = run.finished_at + timedelta(days=30)
    with pytest.raises(TooOld, match="30 days"):
        take_back(run, survey.curator, now=last + timedelta(seconds=1))
    take_back(run, survey.curator, now=last)


def test_a_run_from_before_undo_was_kept_is_too_old(survey: Survey) -> None:
    run = survey.people(official("k1"))
    FeedRun.objects.filter(pk=run.pk).update(trail_context=None)
    with pytest.raises(TooOld, match="before"):
        survey.undo(run)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_undo_says_why(survey: Survey, reason: str) -> None:
    run = survey.people(official("k1"))
    with pytest.raises(ReasonMissing):
        undo(run=run, reason=reason, actor=survey.curator, now=NOW)


def test_a_role_elsewhere_undoes_nothing(survey: Survey) -> None:
    elsewhere = Organisation.objects.create(slug="winds", name="Department of Winds")
    operator = user_with("bo.lind")
    grant_role(
        user=operator, role=Grant.Role.FEED_OPERATOR, on=survey.hr, until=None, granted_by=None
    )
    run = survey.people(official("k1"))
    before = rows_held()
    others = [
        user_with("nobody.special"),
        user_with("other.curator", Grant.Role.CURATOR, on=elsewhere),
        user_with("some.auditor", Grant.Role.AUDITOR),
        operator,
    ]
    for somebody in others:
        with pytest.raises(MayNotUndo):
            take_back(run, somebody)
    assert differences(before, rows_held()) == []


def test_an_administrator_may_undo_any_feeds_run(survey: Survey) -> None:
    run = survey.people(official("k1"))
    take_back(run, user_with("tom.marlow", Grant.Role.ADMINISTRATOR))


def test_a_crash_leaves_the_run_applied(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(**_: object) -> None:
        raise MemoryError

    run = survey.people(official("k1"))
    before = rows_held()
    with monkeypatch.context() as patched:
        patched.setattr("directory.sync.undoing.project_touched", crash)
        with pytest.raises(MemoryError):
            survey.undo(run)
    run.refresh_from_db()
    assert (run.state, run.undone_by, run.undo_reason) == ("applied", None, "")
    assert differences(before, rows_held()) == []
    survey.undo(run)


def _command(run: FeedRun, **other: str) -> str:
    said = {"reason": REASON, "as": "maya.holt@example.gov.uk"} | other
    out = StringIO()
    options = [part for name, value in said.items() for part in (f"--{name}", value)]
    call_command("undo", str(run.pk), *options, stdout=out)
    return out.getvalue()


def test_the_command_undoes_once_and_says_so_the_second_time(survey: Survey) -> None:
    run = survey.people(official("k1"))
    said = _command(run)
    assert "undone" in said
    assert "1 subjects" in said
    assert "already" in _command(run)


@pytest.mark.parametrize(
    ("other", "said"),
    [({"reason": " "}, "why"), ({"as": "nobody.here@example.gov.uk"}, "nobody.here")],
)
def test_the_command_refuses_with_a_sentence(
    survey: Survey, other: dict[str, str], said: str
) -> None:
    run = survey.people(official("k1"))
    with pytest.raises(CommandError, match=said):
        _command(run, **other)
    run.refresh_from_db()
    assert run.state == FeedRun.State.APPLIED
