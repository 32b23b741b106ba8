"""What breaks while a delivery is carried out leaves nothing between before and after."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from directory.models import FeedRun, SourceRecord
from directory.sync import apply
from directory.sync.delivering import deliver
from directory.sync.submitting import Submission, submit
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    NOW,
    Department,
    Unchanged,
    carried_out,
    everybody,
    person,
    push,
    with_phone,
    written,
)

pytestmark = pytest.mark.django_db


LAST_STEPS = ["write_people", "draw_lines", "open_cases", "project_touched"]


@answers("API-025", ends=Ending.RECOVERED)
@pytest.mark.parametrize("step", LAST_STEPS)
def test_an_apply_that_breaks_off_leaves_nothing_between(
    case: Case, step: str, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process; `test_killed_sync` kills real ones, at any moment."""
    before = Unchanged()
    rows = [r | {"job_title": "Economist"} if r["source_key"] < "S2" else r for r in everybody()]

    def send() -> Any:
        return push(department, written(rows), query="complete=true", media_type="text/csv")

    answer = send()
    real = getattr(apply, step)

    def break_off(**given: Any) -> None:
        real(**given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(apply, step, break_off)
        with pytest.raises(KeyboardInterrupt):
            carried_out(answer)
    before.check()
    assert ended(carried_out(send())) is Ending.APPLIED
    assert SourceRecord.objects.get(source_key="K1").statement["job_title"] == "Economist"


@answers("API-028", ends=Ending.APPLIED)
def test_a_clock_that_is_set_back_turns_nothing_back(
    case: Case, department: Department, tmp_path: Path
) -> None:
    one, two = with_phone("020 7946 1111"), with_phone("020 7946 2222")

    def send(rows: Any, hours: int) -> Any:
        path = tmp_path / "sent.csv"
        path.write_text(written(rows), encoding="utf-8")
        return submit(
            submission=Submission(
                feed=department.feed,
                path=path,
                file_name="sent.csv",
                as_of=NOW.date(),
                complete=True,
                dry_run=False,
                channel=FeedRun.Channel.API,
                now=NOW + timedelta(hours=hours),
            )
        )

    runs = []
    for rows, hours in ((one, 9), (two, 8)):
        submitted = send(rows, hours)
        deliver(run_id=submitted.run.pk, now=NOW + timedelta(hours=hours))
        runs.append(submitted.run)
        assert ended(submitted.run) is case.ends
    assert person("S1").phone == "020 7946 2222"
    assert runs[1].base_run == runs[0]
    assert send(two, 7).replayed
    back = send(one, 7)
    assert not back.replayed, "the feed stands at the second, whatever the clock said"
    deliver(run_id=back.run.pk, now=NOW + timedelta(hours=7))
    back.run.refresh_from_db()
    assert back.run.base_run == runs[1]
    assert person("S1").phone == "020 7946 1111"
