"""How widely people are listed when a feed, the person and a curator each have a say."""

from pathlib import Path

import pytest

from directory.curating.audiences import release_listing
from directory.curating.own_record import list_oneself
from directory.models import ListingHold, Person
from directory.visibility import Viewer
from tests.sync.rewinding import broken
from tests.sync.survey import Survey, official, person_of, two_officials

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    return two_officials(tmp_path)


def choose(audience: str) -> str:
    own = Viewer(user_id=3, person_id=person_of("k1").pk)
    return list_oneself(viewer=own, audience=audience)


def test_nobody_lists_themselves_more_widely_than_their_feed_says(survey: Survey) -> None:
    survey.people(official("k1", job_title="Pilot", audience="organisation"), complete=False)
    assert person_of("k1").listing == "organisation"
    assert choose("government") == "organisation"
    assert choose("self") == "unlisted"
    survey.people(official("k1", job_title="Mate", audience="government"), complete=False)
    assert person_of("k1").listing == "unlisted"
    assert choose("government") == "government"
    assert not broken()


def test_an_undo_leaves_somebody_as_they_chose(survey: Survey) -> None:
    assert choose("organisation") == "organisation"
    run = survey.people(official("k1", job_title="Pilot", audience="self"), complete=False)
    assert person_of("k1").listing == "unlisted"
    survey.undo(run)
    assert person_of("k1").listing == "organisation"
    assert not broken()


def test_an_undo_leaves_somebody_as_a_curator_holds_them(survey: Survey) -> None:
    run = survey.people(official("k1", job_title="Pilot", audience="organisation"), complete=False)
    person = person_of("k1")
    ListingHold.objects.create(
        person=person, listing="organisation", reason="Asked", held_by=survey.curator
    )
    survey.undo(run)
    assert person_of("k1").listing == "organisation"
    assert release_listing(person_id=person.pk, reason="Asked again").listing == "government"


def test_whom_a_feed_says_to_protect_no_release_lists(survey: Survey) -> None:
    survey.people(official("k1", job_title="Pilot", protected="true"), complete=False)
    person = person_of("k1")
    assert release_listing(person_id=person.pk, reason="Mistaken").listing == "protected"
    survey.people(official("k1", job_title="Mate", protected=""), complete=False)
    assert person_of("k1").listing == "protected"
    assert release_listing(person_id=person.pk, reason="HR said so").listing == "government"
    assert Person.objects.get(pk=person.pk).listing == "government"
