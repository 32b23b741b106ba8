"""What officials say of themselves, and where it counts beside what HR says."""

from datetime import timedelta
from pathlib import Path

import pytest

from directory.curating.own_record import NoOwnRecord
from directory.curating.own_statement import (
    OWN_FIELDS,
    UnknownTag,
    WrongWords,
    claim,
    confirm,
    gaps,
    own_words,
    say,
    withdraw_claim,
)
from directory.models import AlternativeLabel, Expertise, ExpertiseTag, SourceRecord
from directory.search.find import find_people, parse
from directory.visibility import Viewer
from directory.web.person_page import read_person_page
from tests.people import ANYBODY
from tests.sync.rewinding import NOW, broken
from tests.sync.survey import Survey, official, person_of, two_officials

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    return two_officials(tmp_path)


def oneself() -> Viewer:
    return Viewer(user_id=3, person_id=person_of("k1").pk)


def finds(text: str) -> int | None:
    return find_people(viewer=ANYBODY, query=parse(text=text)).total


def test_what_is_ones_own_counts_at_once_and_is_found(survey: Survey) -> None:
    assert say(viewer=oneself(), words={"preferred_name": "Zorbina", "bio": "Tides"}, now=NOW) == {}
    person = person_of("k1")
    assert (person.display_name, person.bio) == ("Zorbina Pellew", "Tides")
    assert finds("zorbina") == 1
    before = say(viewer=oneself(), words={"bio": ""}, now=NOW)
    assert before == {"preferred_name": "Zorbina", "bio": "Tides"}
    assert person_of("k1").display_name == "Maudk1 Pellew"
    assert (finds("zorbina"), own_words(viewer=oneself())) == (0, {})
    assert not broken()


def test_what_hr_owns_one_fills_only_while_hr_says_nothing(survey: Survey) -> None:
    say(viewer=oneself(), words={"phone": "0300 1"}, now=NOW)
    assert person_of("k1").phone == "0300 1"
    record = SourceRecord.objects.get(source_key="k1")
    record.statement = {**record.statement, "phone": "0300 2"}
    record.save()
    say(viewer=oneself(), words={"phone": "0300 1", "pronouns": "she/her"}, now=NOW)
    assert (person_of("k1").phone, person_of("k1").pronouns) == ("0300 2", "she/her")


def test_a_delivery_overwrites_nothing_that_is_ones_own(survey: Survey) -> None:
    say(viewer=oneself(), words={"preferred_name": "Zorbina"}, now=NOW)
    survey.people(official("k1", family_name="Vane", job_title="Pilot"), complete=False)
    assert person_of("k1").display_name == "Zorbina Vane"
    assert not broken()


@pytest.mark.parametrize(
    ("field", "text", "hint"),
    [
        ("preferred_name", "Ma\u202eud", "reverse the order of text"),
        ("preferred_name", "Ma\x00ud", "control characters"),
        ("bio", "x" * 2001, "2,000 characters at most; you have 2,001"),
        ("bio", "I am AB 12 34 56 C", "National Insurance numbers"),
        ("given_name", "Eve", "not yours to say"),
        ("listing", "government", "not yours to say"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_of_it_is(
    survey: Survey, field: str, text: str, hint: str
) -> None:
    with pytest.raises(WrongWords) as refusal:
        say(viewer=oneself(), words={"languages": "Welsh", field: text}, now=NOW)
    assert list(refusal.value.faults) == [field]
    assert hint in refusal.value.faults[field]
    assert own_words(viewer=oneself()) == {}


def test_what_nobody_sees_is_taken_out_and_letters_are_composed(survey: Survey) -> None:
    say(viewer=oneself(), words={"preferred_name": " Zoe\u0308\u200b \u2060 May "}, now=NOW)
    assert person_of("k1").preferred_name == "Zoë May"


def test_to_confirm_is_seen_on_the_page_with_its_day(survey: Survey) -> None:
    def fresh() -> dict[str, object]:
        page = read_person_page(viewer=ANYBODY, person_id=person_of("k1").pk)
        return {one.source: one.newest_on for one in page.provenance.freshness}

    assert "the official" not in fresh()
    confirm(viewer=oneself(), now=NOW)
    assert fresh()["the official"] == NOW.date()
    confirm(viewer=oneself(), now=NOW + timedelta(days=3))
    assert fresh()["the official"] == NOW.date() + timedelta(days=3)
    assert SourceRecord.objects.filter(origin="person").count() == 1


def know(label: str, level: str = "", *, may_propose: bool = False) -> ExpertiseTag:
    return claim(viewer=oneself(), label=label, level=level, may_propose=may_propose, now=NOW)


@pytest.fixture
def soundings(survey: Survey) -> ExpertiseTag:
    tag = ExpertiseTag.objects.create(
        slug="depth-soundings", preferred_label="Depth soundings", status="approved"
    )
    AlternativeLabel.objects.create(tag=tag, label="Bathymetry")
    return tag


@pytest.mark.parametrize("called", ["depth soundings", "Depth-Soundings", " BATHYMETRY ", "merged"])
def test_one_knows_a_tag_by_whatever_it_is_called(soundings: ExpertiseTag, called: str) -> None:
    ExpertiseTag.objects.create(
        slug="merged", preferred_label="Merged", status="merged", merged_into=soundings
    )
    assert know(called, "expert") == soundings
    assert finds("bathymetry") == 1
    know(called, "working")
    assert Expertise.objects.get(person=person_of("k1")).level == "working"
    assert withdraw_claim(viewer=oneself(), tag_id=soundings.pk) == soundings
    assert finds("bathymetry") == 0
    assert withdraw_claim(viewer=oneself(), tag_id=soundings.pk) is None
    assert not broken()


def test_a_word_the_vocabulary_does_not_have_is_proposed_only_on_purpose(survey: Survey) -> None:
    with pytest.raises(UnknownTag, match="no expertise called “Глубины”"):
        know("Глубины")
    tag = know("Глубины", may_propose=True)
    assert (tag.status, tag.slug) == ("proposed", "глубины")
    assert finds("глубины") == 1


@pytest.mark.parametrize("label", ["", " \u200b ", "a\u202eb", "!!", "x" * 101])
def test_what_is_no_word_is_not_proposed(survey: Survey, label: str) -> None:
    with pytest.raises(WrongWords):
        know(label, may_propose=True)
    with pytest.raises(WrongWords):
        know("Tides", "wizard", may_propose=True)
    assert not ExpertiseTag.objects.filter(preferred_label="Tides").exists()
    assert not Expertise.objects.filter(person=person_of("k1")).exists()


def test_what_hr_says_one_knows_only_hr_takes_away(survey: Survey) -> None:
    survey.people(official("k1", job_title="Pilot", expertise="Knots"), complete=False)
    knots = ExpertiseTag.objects.get(preferred_label="Knots")
    assert withdraw_claim(viewer=oneself(), tag_id=knots.pk) is None
    know("Knots", "expert")
    survey.people(official("k1", job_title="Pilot", expertise=""), complete=False)
    assert Expertise.objects.get(person=person_of("k1")).level == "expert"
    assert not broken()


def test_nobody_speaks_without_a_record(survey: Survey) -> None:
    nobody = Viewer(user_id=3)
    for act in (
        lambda: say(viewer=nobody, words={}, now=NOW),
        lambda: confirm(viewer=nobody, now=NOW),
        lambda: claim(viewer=nobody, label="Knots", level="", may_propose=True, now=NOW),
        lambda: withdraw_claim(viewer=nobody, tag_id=person_of("k1").pk),
    ):
        with pytest.raises(NoOwnRecord):
            act()


def test_gaps_are_what_would_help_others(survey: Survey) -> None:
    person = person_of("k1")
    assert gaps(person=person, knows_something=False) == (
        "mobile", "working_days", "languages", "bio", "expertise",
    )  # fmt: skip
    say(viewer=oneself(), words=dict.fromkeys(OWN_FIELDS, "Mon"), now=NOW)
    assert gaps(person=person_of("k1"), knows_something=True) == ()
