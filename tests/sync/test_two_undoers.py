"""Undo where transactions are real; in a file of its own, as it empties tables."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pghistory
import pytest
from django.db import connection

from directory.models import FeedRun, Person
from directory.sync.apply import apply_plan
from directory.sync.undoing import NotApplied
from tests.sync.rewinding import NOW, broken, differences, rows_held
from tests.sync.survey import Survey, official

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("migrated_rows")]


def test_of_two_who_undo_at_once_one_does(tmp_path: Path) -> None:
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings")
    run = survey.people(official("k1"), official("k2"))
    start = Barrier(2)

    def undo(_: int) -> str:
        try:
            start.wait(timeout=20)
            survey.undo(FeedRun.objects.get(pk=run.pk))
        except NotApplied:
            return "too late"
        else:
            return "undone"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as at_once:
        assert sorted(at_once.map(undo, range(2))) == ["too late", "undone"]
    run.refresh_from_db()
    assert [step["state"] for step in run.trail].count("undone") == 1
    assert not Person.objects.exists()


def test_of_two_runs_applied_in_one_request_each_is_undone_by_itself(tmp_path: Path) -> None:
    """One request is one context of the trail; each run is a transaction of its own."""
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings")
    people = survey.people(official("k1"), dry_run=True)
    seniors = survey.seniors({"Post Unique Reference": "S1"}, dry_run=True)
    with pghistory.context(url="/curate/"):
        apply_plan(run=people, now=NOW)
        before = rows_held()
        apply_plan(run=seniors, now=NOW)
    assert people.trail_context == seniors.trail_context
    survey.undo(seniors)
    assert differences(before, rows_held()) == []
    survey.undo(people)
    assert not Person.objects.exists()
    assert not broken()
