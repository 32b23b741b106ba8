"""What people and curators did since stays, and what cannot go back is listed, with a reason."""

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
    Person,
    Post,
    SourceRecord,
    Team,
)
from tests.sync.rewinding import NOW, broken
from tests.sync.survey import Survey, official, person_of, two_officials, what_stayed

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """Two teams and two officials, one of them in a post with a code."""
    return two_officials(tmp_path)


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
    _say(person_of("k1"), "person", preferred_name="Maudie")
    _say(person_of("k1"), "curator", family_name="Strand")
    undone = survey.undo(run)
    assert undone.kept == ()
    person = person_of("k1")
    assert (person.preferred_name, person.family_name) == ("Maudie", "Strand")
    assert person.display_name == "Maudie Strand"
    assert not broken()


def test_a_joiner_who_spoke_since_stays_as_left(survey: Survey) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    own = _say(person_of("k3"), "person", bio="Sounds deep")
    undone = survey.undo(run)
    assert what_stayed(undone) == [("person", "another statement names them")]
    assert undone.kept[0].name == "Maudk3 Pellew"
    person = person_of("k3")
    assert (person.status, person.bio) == ("left", "Sounds deep")
    assert not person.appointments.exists()
    assert SourceRecord.objects.get(pk=own.pk).state == "current"
    assert not broken()
    again = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    assert again.counts["creations"] == 1
    assert person_of("k3").status == "active"
    assert person_of("k3").pk == person.pk
    assert not broken()


@pytest.mark.parametrize("what", ["audience", "decided case", "listing", "appointment"])
def test_a_joiner_whom_something_else_names_stays_as_left(survey: Survey, what: str) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    joiner = person_of("k3")
    if what == "audience":
        FieldAudience.objects.create(person=joiner, field="phone", audience="team")
    elif what == "decided case":
        Case.objects.create(
            reason="mover",
            person=joiner,
            candidate=person_of("k1"),
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
    assert person_of("k3").status == "left"
    assert not broken()


def test_whom_another_feed_protects_by_now_stays_protected(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot", protected="true"), complete=False)
    other = SourceRecord.objects.get(source_key="k1")
    other.pk, other.feed = None, survey.senior
    other.run = None
    other.save()
    assert survey.undo(run).kept == ()
    assert person_of("k1").listing == Person.Listing.PROTECTED
    assert not broken()


def test_a_listing_that_was_changed_since_stays(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot", protected="true"), complete=False)
    Person.objects.filter(pk=person_of("k1").pk).update(listing="unlisted")
    assert what_stayed(survey.undo(run)) == [("person", "changed since: listing")]
    assert person_of("k1").listing == Person.Listing.UNLISTED


def test_an_endorsed_claim_stays_with_itsperson_of(survey: Survey) -> None:
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
    Expertise.objects.create(person=person_of("k1"), tag=tag, level="expert")
    undone = survey.undo(run)
    assert [row.kind for row in undone.kept] == ["claim"]
    assert Expertise.objects.get().level == "expert"
    assert not broken()


def test_an_open_case_about_a_joiner_goes_with_them(survey: Survey, tmp_path: Path) -> None:
    run = survey.people(
        official("k1", job_title="Pilot"), official("k2", post_key="P9"), official("k3")
    )
    for of_run in (run, None):
        Case.objects.create(
            reason="mover" if of_run else "email",
            person=person_of("k3"),
            candidate=person_of("k1"),
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
    _say(person_of("k3"), "person", bio="Sounds deep")
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
