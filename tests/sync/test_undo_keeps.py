"""What people and curators did since stays, and what cannot go back is listed, with a reason."""

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from directory.models import (
    Appointment,
    Case,
    Endorsement,
    Expertise,
    ExpertiseTag,
    FieldAudience,
    Grant,
    Location,
    Person,
    Post,
    SourceRecord,
    Team,
)
from directory.orgtree import move
from directory.projection import project_people
from directory.sync.undoing import Undone
from tests.sync.rewinding import NOW, broken
from tests.sync.survey import Survey, official
from tests.sync.tides import user_with

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """Two teams and two officials, one of them in a post with a code."""
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings", "T2,T1,Charts")
    survey.people(official("k1", job_title="Pilot"), official("k2", post_key="P9"))
    return survey


def _person(key: str) -> Person:
    return Person.objects.get(given_name=f"Maud{key}")


def _stayed(undone: Undone) -> list[tuple[str, str]]:
    """Kind and reason of what stayed."""
    return [(row.kind, row.reason) for row in undone.kept]


def _say(person: Person, origin: str, **statement: str) -> SourceRecord:
    """The person or a curator states something about the person."""
    return SourceRecord.objects.create(
        origin=origin,
        kind="person",
        subject_id=person.pk,
        statement=statement,
        raw_digest=b"",
        stated_on=TODAY,
        reason="As she asked" if origin == "curator" else "",
    )


def test_what_a_person_and_a_curator_said_since_goes_on_winning(survey: Survey) -> None:
    run = survey.people(
        official("k1", family_name="Vane", job_title="Pilot"), official("k2", post_key="P9")
    )
    _say(_person("k1"), "person", preferred_name="Maudie")
    _say(_person("k1"), "curator", family_name="Strand")
    undone = survey.undo(run)
    assert undone.kept == ()
    person = _person("k1")
    assert (person.preferred_name, person.family_name) == ("Maudie", "Strand")
    assert person.display_name == "Maudie Strand"
    assert not broken()


def test_a_joiner_who_spoke_since_stays_as_left(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    own = _say(_person("k3"), "person", bio="Sounds deep")
    undone = survey.undo(run)
    assert _stayed(undone) == [("person", "another statement names them")]
    assert undone.kept[0].name == "Maudk3 Pellew"
    person = _person("k3")
    assert (person.status, person.bio) == ("left", "Sounds deep")
    assert not person.appointments.exists()
    assert SourceRecord.objects.get(pk=own.pk).state == "current"
    assert not broken()
    again = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    assert again.counts["creations"] == 1
    assert _person("k3").status == "active"
    assert _person("k3").pk == person.pk
    assert not broken()


@pytest.mark.parametrize("what", ["audience", "decided case", "listing", "appointment"])
def test_a_joiner_whom_something_else_names_stays_as_left(survey: Survey, what: str) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    joiner = _person("k3")
    if what == "audience":
        FieldAudience.objects.create(person=joiner, field="phone", audience="team")
    elif what == "decided case":
        Case.objects.create(
            reason="mover",
            person=joiner,
            candidate=_person("k1"),
            feed=survey.hr,
            run=run,
            source_key="k3",
            state="different",
            decided_by=survey.curator,
            decided_at=NOW,
        )
    elif what == "listing":
        joiner.listing = Person.Listing.PROTECTED
        joiner.save()
    else:
        post = Post.objects.create(team=Team.objects.get(code="T2"), title="Harbour Watch")
        Appointment.objects.create(person=joiner, post=post, first_stated_on=TODAY, ends_on=TODAY)
    undone = survey.undo(run)
    assert [row.kind for row in undone.kept] == ["person"]
    assert _person("k3").status == "left"
    assert not broken()


def test_whom_another_feed_protects_by_now_stays_protected(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot", protected="true"), complete=False)
    other = SourceRecord.objects.get(source_key="k1")
    other.pk, other.feed = None, survey.senior
    other.run = None
    other.save()
    assert survey.undo(run).kept == ()
    assert _person("k1").listing == Person.Listing.PROTECTED
    assert not broken()


def test_a_listing_that_was_changed_since_stays(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot", protected="true"), complete=False)
    Person.objects.filter(pk=_person("k1").pk).update(listing="unlisted")
    assert _stayed(survey.undo(run)) == [("person", "changed since: listing")]
    assert _person("k1").listing == Person.Listing.UNLISTED


def test_a_later_change_of_a_post_stays_and_is_listed(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Chief Pilot", location="Leeds"), official("k2", post_key="P9")
    )
    post = Post.objects.get(title="Chief Pilot")
    post.title = "Harbour Master"
    post.save()
    undone = survey.undo(run)
    assert _stayed(undone) == [("post", "changed since: title")]
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
    assert _stayed(undone) == [("post", "changed by hand since")]
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
    Appointment.objects.create(person=_person("k1"), post=post, first_stated_on=TODAY)
    project_people(person_ids=[_person("k1").pk])
    undone = survey.undo(run)
    assert _stayed(undone) == [("post", "appointments made since need it")]
    post.refresh_from_db()
    assert post.status == "live"
    assert [a.person for a in post.appointments.all()] == [_person("k1")]
    assert not broken()


def test_an_appointment_that_was_opened_otherwise_since_is_left_alone(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot"), complete=True)
    post = Post.objects.get(reference="P9")
    person = _person("k2")
    Appointment.objects.create(person=person, post=post, first_stated_on=TODAY)
    undone = survey.undo(run)
    assert _stayed(undone) == [("appointment", "changed since: cannot open again")]
    assert post.appointments.filter(ends_on=None).count() == 1
    assert not broken()


def test_an_end_that_was_corrected_since_stays(survey: Survey) -> None:
    run = survey.people(official("k2", post_key="P9"))
    ended = _person("k1").appointments.get()
    ended.ends_on = date(2026, 3, 9)
    ended.save()
    undone = survey.undo(run)
    assert ("appointment", "changed since: starts on and ends on") in _stayed(undone)
    ended.refresh_from_db()
    assert ended.ends_on == date(2026, 3, 9)
    assert _person("k1").status == "active"
    assert not broken()


def test_a_new_appointment_that_was_changed_by_hand_stays_as_history(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot", unit_code="T2"), official("k2", post_key="P9")
    )
    opened = _person("k1").appointments.get(ends_on=None)
    opened.kind = Appointment.Kind.LOAN
    opened.save()
    undone = survey.undo(run)
    assert {row.kind for row in undone.kept} == {"appointment", "post"}
    opened.refresh_from_db()
    assert opened.ends_on == run.as_of
    assert _person("k1").appointments.get(ends_on=None).post.team.code == "T1"
    assert not broken()


def test_an_endorsed_claim_stays_with_its_person(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot", expertise="Knots"),
        official("k2", post_key="P9", expertise="Tides"),
    )
    claim = Expertise.objects.get(tag__preferred_label="Knots")
    Endorsement.objects.create(expertise=claim, endorsed_by=survey.curator)
    undone = survey.undo(run)
    assert {row.kind for row in undone.kept} == {"claim", "tag"}
    assert set(ExpertiseTag.objects.values_list("preferred_label", flat=True)) == {"Knots"}
    assert claim.source is not None
    assert not broken()


def test_a_claim_made_anew_since_is_not_made_twice(survey: Survey) -> None:
    survey.people(
        official("k1", job_title="Pilot", expertise="Knots"), official("k2", post_key="P9")
    )
    run = survey.people(
        official("k1", job_title="Pilot", expertise=""), official("k2", post_key="P9")
    )
    tag = ExpertiseTag.objects.get(preferred_label="Knots")
    Expertise.objects.create(person=_person("k1"), tag=tag, level="expert")
    undone = survey.undo(run)
    assert [row.kind for row in undone.kept] == ["claim"]
    assert Expertise.objects.get().level == "expert"
    assert not broken()


def test_teams_of_a_return_stay_with_the_posts_of_another(survey: Survey) -> None:
    seniors = survey.seniors({"Post Unique Reference": "S1", "Reports to Senior Post": "XX"})
    survey.juniors({"Reporting Senior Post": "S1"})
    undone = survey.undo(seniors)
    assert _stayed(undone) == [("team", "posts made since need it")]
    assert Post.objects.get(feed=survey.junior).reports_to is None
    assert not broken()


def test_a_team_stays_with_whoever_leads_it_and_what_was_moved_below_it(survey: Survey) -> None:
    run = survey.teams("T1,,Soundings", "T2,T1,Charts", "T3,,Inks", "T4,T3,Quills", "T5,,Waters")
    led, above = Team.objects.get(code="T4"), Team.objects.get(code="T5")
    Grant.objects.create(user=user_with("wen.osei"), role=Grant.Role.TEAM_LEADER, team=led)
    move(team=Team.objects.get(code="T2"), parent=above, actor=None)
    undone = survey.undo(run)
    assert {(row.name, row.reason) for row in undone.kept} == {
        ("Inks", "teams stand below it"),
        ("Quills", "grants made since need it"),
        ("Waters", "teams stand below it"),
    }
    assert not broken()
    survey.teams("T1,,Soundings", "T2,T1,Charts", "T4,,Quills")
    assert Team.objects.get(code="T4").pk == led.pk
    assert not broken()


def test_a_team_that_returns_where_another_stands_gets_an_address_of_its_own(
    survey: Survey,
) -> None:
    run = survey.teams("T1,,Soundings", "T2,,Charts")
    Team.objects.create(
        organisation=survey.body, parent=Team.objects.get(code="T1"), name="Charts", slug="charts"
    )
    undone = survey.undo(run)
    assert _stayed(undone) == [("team", "changed since: its address is taken")]
    returned = Team.objects.get(code="T2")
    assert returned.parent == Team.objects.get(code="T1")
    assert returned.slug.startswith("charts-")
    assert not broken()


def test_a_team_does_not_return_below_itself(survey: Survey) -> None:
    run = survey.teams("T1,,Soundings", "T2,,Charts")
    move(team=Team.objects.get(code="T1"), parent=Team.objects.get(code="T2"), actor=None)
    undone = survey.undo(run)
    assert [(row.kind, row.name) for row in undone.kept] == [("team", "Charts")]
    assert not broken()


def test_a_team_to_which_somebody_came_since_stays_open(survey: Survey) -> None:
    survey.people(official("k3", unit_code="T1"), complete=False)
    survey.teams("T1,,Soundings")
    assert Team.objects.get(code="T2").status == "closed"
    run = survey.teams("T1,,Soundings", "T2,T1,Charts")
    survey.people(official("k4", unit_code="T2"), complete=False)
    undone = survey.undo(run)
    assert _stayed(undone) == [("team", "somebody came to it since, so it stays open")]
    assert not broken()


def test_a_location_that_another_post_uses_stays(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot", location="Whitby"), official("k2", post_key="P9")
    )
    whitby = Location.objects.get(name="Whitby")
    Post.objects.create(team=Team.objects.get(code="T2"), title="Watch", location=whitby)
    undone = survey.undo(run)
    assert _stayed(undone) == [("location", "posts made since need it")]


def test_an_open_case_about_a_joiner_goes_with_them(survey: Survey, tmp_path: Path) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    for of_run in (run, None):
        Case.objects.create(
            reason="mover" if of_run else "email",
            person=_person("k3"),
            candidate=_person("k1"),
            feed=survey.hr,
            run=of_run,
            source_key="k3",
        )
    assert survey.undo(run).kept == ()
    assert not Case.objects.exists()


def test_what_stays_is_kept_with_the_run(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    _say(_person("k3"), "person", bio="Sounds deep")
    (kept,) = survey.undo(run).kept
    run.refresh_from_db()
    assert run.undo_kept == [
        {"kind": "person", "id": kept.id, "name": kept.name, "reason": kept.reason}
    ]
    assert "1 rows stayed" in run.trail[-1]["note"]


def test_a_change_after_a_run_is_not_taken_for_part_of_it(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Chief Pilot"), complete=False)
    post = Post.objects.get(title="Chief Pilot")
    post.title = "Harbour Master"
    post.save()
    events = apps.get_model("directory", "PostEvent")._default_manager.filter(pgh_obj=post)
    runs = events.order_by("-pgh_id").values_list("pgh_context__metadata__run", flat=True)
    assert list(runs[:2]) == [None, str(run.pk)]
