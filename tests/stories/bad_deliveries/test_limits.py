"""Deliveries beyond a limit, in size, in faults, or in who leaves by them."""

from pathlib import Path

import pytest
from django.conf import settings

from directory.models import FeedRun
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    Department,
    Unchanged,
    everybody,
    found,
    in_post,
    make_department,
    person,
    push,
    rules,
)
from tests.sync.staff import TEAMS, text_of

pytestmark = pytest.mark.django_db


@answers("CSV-030", ends=Ending.REFUSED)
def test_one_byte_too_many_is_refused_with_the_limit(
    case: Case, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Unchanged()
    body = text_of(everybody(99)).encode()
    monkeypatch.setattr(settings, "MAX_DELIVERY_BYTES", len(body) - 1)
    runs = FeedRun.objects.count()
    answer = push(department, body, media_type="text/csv")
    assert answer.status_code == 413
    assert f"{len(body) - 1:,}" in answer.json()["detail"]
    assert FeedRun.objects.count() == runs
    before.check()


@answers("CSV-032", ends=Ending.ROW_ERRORS)
def test_a_field_of_ten_megabytes_costs_its_row_alone(case: Case, department: Department) -> None:
    rows = everybody()
    rows[0] |= {"family_name": "A" * 10_000_000}
    rows[1] |= {"job_title": "Head of Analysis"}
    run = department.deliver(rows)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "family_name", "field_too_long")]
    assert "10,000" in run.faults.get().hint
    assert len(run.faults.get().original["family_name"]) <= 1_001
    assert person("K1").family_name == "Lee"
    assert in_post() == 100
    assert run.counts["updates"] == 1


@answers(
    "CSV-038",
    ends=Ending.HELD,
    because="Faults beyond 20,000 are counted by code and not kept row by row.",
)
def test_a_flood_of_faults_is_counted_whole_and_kept_in_part(
    case: Case, new_department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.sync.report.FAULTS_KEPT", 1_000)
    rows = [r | {"email": "not-an-address"} for r in everybody(5_000)]
    run = new_department.deliver(rows)
    assert ended(run) is case.ends
    assert run.counts["faults"] == {"invalid_email": 5_000}
    assert run.held_reasons[0]["numbers"]["errors"] == 5_000
    assert run.faults.count() == 1_000
    client = new_department.client()
    page = client.get(f"{new_department.runs}{run.pk}/faults")
    whole = client.get(
        f"{new_department.runs}{run.pk}/faults", headers={"Accept": "text/csv"}
    ).getvalue()
    assert len(page.content) < 100_000
    assert len(whole) < 2_000_000
    assert whole.count(b"invalid_email") == 1_000


@answers("CSV-075", ends=Ending.HELD)
def test_a_drip_of_leavers_waits_at_the_third_file(case: Case, department: Department) -> None:
    endings = [ended(department.deliver(everybody(100 - 4 * n))) for n in (1, 2, 3, 4, 5)]
    assert endings[:3] == [Ending.APPLIED, Ending.APPLIED, case.ends]
    assert set(endings[2:]) == {case.ends}
    assert in_post() == 92


@answers("CSV-076", ends=Ending.HELD)
def test_of_eight_people_six_may_not_leave(case: Case, tmp_path: Path) -> None:
    small = make_department(tmp_path, people=8)
    before = Unchanged()
    run = small.deliver(everybody(2))
    assert ended(run) is case.ends
    assert "mass_departure" in rules(run)
    before.check()


@answers("CSV-077", ends=Ending.APPLIED)
def test_one_department_that_waits_delays_no_other(
    case: Case, department: Department, tmp_path: Path
) -> None:
    assert ended(department.deliver(everybody(50))) is Ending.HELD
    for number in range(3):
        other = make_department(tmp_path, slug=f"other{number}", people=0)
        rows = everybody(20, slug=f"other{number}")
        for place, r in enumerate(rows):
            r |= {"source_key": f"{number}-{place}", "family_name": f"Other {'abc'[number]}"}
        assert ended(other.deliver(rows)) is case.ends
        assert ended(other.deliver(TEAMS, name="teams.csv")) is Ending.UNCHANGED
    assert in_post() == 160
