"""Posts, appointments and places that others use by now stay when a run is taken back."""

from datetime import date
from pathlib import Path

import pytest

from directory.models import Appointment, Location, Post, Team
from directory.projection import project_people
from tests.sync.rewinding import NOW, broken
from tests.sync.survey import Survey, official, person_of, two_officials, what_stayed

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """Two teams and two officials, one of them in a post with a code."""
    return two_officials(tmp_path)


def test_a_later_change_of_a_post_stays_and_is_listed(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Chief Pilot", location="Leeds"), official("k2", post_key="P9")
    )
    post = Post.objects.get(title="Chief Pilot")
    post.title = "Harbour Master"
    post.save()
    undone = survey.undo(run)
    assert what_stayed(undone) == [("post", "changed since: title")]
    post.refresh_from_db()
    assert (post.title, post.location) == ("Harbour Master", None)
    assert not broken()


def test_a_later_change_beside_the_runs_own_stays_and_hinders_nothing(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Chief Pilot"), official("k2", post_key="P9"))
    post = Post.objects.get(title="Chief Pilot")
    post.contact_phone = "020 7946 0001"
    post.save()
    assert survey.undo(run).kept == ()
    post.refresh_from_db()
    assert (post.title, post.contact_phone) == ("Pilot", "020 7946 0001")


def test_a_new_post_that_somebody_changed_by_hand_stays_closed(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    post = Post.objects.get(reference__endswith="k3")
    post.responsibilities = "Sounds the depths"
    post.save()
    undone = survey.undo(run)
    assert what_stayed(undone) == [("post", "changed by hand since")]
    post.refresh_from_db()
    assert (post.status, post.responsibilities) == ("closed", "Sounds the depths")
    assert not broken()


def test_a_new_post_that_somebody_else_holds_by_now_stays_open(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"),
        official("k2", post_key="P9"),
        official("k3", post_key="P10"),
    )
    post = Post.objects.get(reference="P10")
    Appointment.objects.create(person=person_of("k1"), post=post, first_stated_on=TODAY)
    project_people(person_ids=[person_of("k1").pk])
    undone = survey.undo(run)
    assert what_stayed(undone) == [("post", "appointments made since need it")]
    post.refresh_from_db()
    assert post.status == "live"
    assert [a.person for a in post.appointments.all()] == [person_of("k1")]
    assert not broken()


def test_an_appointment_that_was_opened_otherwise_since_is_left_alone(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot"), complete=True)
    post = Post.objects.get(reference="P9")
    person = person_of("k2")
    Appointment.objects.create(person=person, post=post, first_stated_on=TODAY)
    undone = survey.undo(run)
    assert what_stayed(undone) == [("appointment", "changed since: cannot open again")]
    assert post.appointments.filter(ends_on=None).count() == 1
    assert not broken()


def test_an_end_that_was_corrected_since_stays(survey: Survey) -> None:
    run = survey.people(official("k2", post_key="P9"))
    ended = person_of("k1").appointments.get()
    ended.ends_on = date(2026, 3, 9)
    ended.save()
    undone = survey.undo(run)
    assert ("appointment", "changed since: starts on and ends on") in what_stayed(undone)
    ended.refresh_from_db()
    assert ended.ends_on == date(2026, 3, 9)
    assert person_of("k1").status == "active"
    assert not broken()


def test_a_new_appointment_that_was_changed_by_hand_stays_as_history(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot", unit_code="T2"), official("k2", post_key="P9")
    )
    opened = person_of("k1").appointments.get(ends_on=None)
    opened.kind = Appointment.Kind.LOAN
    opened.save()
    undone = survey.undo(run)
    assert {row.kind for row in undone.kept} == {"appointment", "post"}
    opened.refresh_from_db()
    assert opened.ends_on == run.as_of
    assert person_of("k1").appointments.get(ends_on=None).post.team.code == "T1"
    assert not broken()


def test_a_location_that_another_post_uses_stays(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot", location="Whitby"), official("k2", post_key="P9")
    )
    whitby = Location.objects.get(name="Whitby")
    Post.objects.create(team=Team.objects.get(code="T2"), title="Watch", location=whitby)
    undone = survey.undo(run)
    assert what_stayed(undone) == [("location", "posts made since need it")]
