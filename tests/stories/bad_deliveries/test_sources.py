"""What a delivery may not say over others, and what nobody may keep of it."""

import json

import pytest

from directory.models import Appointment, SourceRecord, Team
from tests.people import make_post, make_team
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    ANN,
    TODAY,
    Department,
    Unchanged,
    assert_kept_nowhere,
    carried_out,
    everybody,
    found,
    person,
    push,
    row,
    team_of,
)

pytestmark = pytest.mark.django_db


@answers(
    "CSV-072",
    ends=Ending.APPLIED,
    because="The value is held back instead of the delivery: it is kept nowhere and a warning "
    "names row and column. Nothing is left that somebody could release.",
)
def test_personal_data_in_free_text_is_kept_nowhere(
    case: Case, department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    run = department.deliver(case.text, complete=False)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "job_title", "personal_data_in_free_text")]
    held = department.deliver(case.text)
    assert held.state == "held"
    (department.folder / "staff.csv").unlink()
    assert_kept_nowhere("QQ123456C", caplog)
    assert_kept_nowhere("01/01/1980", caplog)


@answers(
    "CSV-071",
    ends=Ending.APPLIED,
    because="The row is applied but for the mark; a warning and the trail tell of the attempt.",
)
def test_a_feed_never_lowers_protection(case: Case, department: Department) -> None:
    assert ended(department.deliver(row(protected="true"), complete=False)) is Ending.APPLIED
    assert person("K1").listing == "protected"
    lowered = row(protected=case.payload["protected"], job_title="Economist")
    run = department.deliver(lowered, complete=False)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "protected", "protection_kept")]
    assert person("K1").listing == "protected"
    omitted = row(job_title="Statistician")
    assert ended(department.deliver(omitted, complete=False)) is case.ends
    assert person("K1").listing == "protected"
    line = {name: value for name, value in ANN.items() if value} | {"protected": False}
    pushed = carried_out(push(department, json.dumps(line)))
    assert found(pushed) == [(1, 1, "protected", "protection_kept")]
    assert person("K1").listing == "protected"


@answers(
    "CSV-070",
    ends=Ending.APPLIED,
    because="What a curator says of a person wins over every delivery, field by field, and the "
    "delivery is applied to the rest; nothing has to wait for that.",
)
def test_what_a_curator_said_outlives_every_delivery(case: Case, department: Department) -> None:
    ann = person("K1")
    SourceRecord.objects.create(
        origin="curator",
        kind="person",
        subject_id=ann.pk,
        statement={"family_name": "Strand"},
        raw_digest=b"",
        stated_on="2026-04-01",
        reason="She married",
    )
    assert ended(department.deliver(row(phone="020 7946 0001"), complete=False)) is case.ends
    ann.refresh_from_db()
    assert (ann.family_name, ann.phone) == ("Strand", "020 7946 0001")


@answers(
    "CSV-070",
    ends=Ending.APPLIED,
    because="What a curator says of a person wins over every delivery, field by field, and the "
    "delivery is applied to the rest; nothing has to wait for that.",
)
def test_whom_a_curator_moved_is_not_moved_back_by_the_same_row(
    case: Case, department: Department
) -> None:
    ann = person("K1")
    team = make_team("Gusts", organisation=department.feed.organisation)
    Team.objects.filter(pk=team.pk).update(code="U2")
    Appointment.objects.filter(person=ann).update(ends_on=TODAY)
    moved = make_post("Analyst", team=team)
    Appointment.objects.create(person=ann, post=moved, first_stated_on=TODAY)
    before = Unchanged()
    assert ended(department.deliver(everybody())) is Ending.UNCHANGED
    assert team_of(ann) == "U2"
    before.check()
