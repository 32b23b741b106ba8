"""Who may see which person, post and field."""

import pytest

from directory.models import Appointment, FieldAudience, Person
from directory.visibility import (
    NAME_FIELDS,
    NARROWABLE_FIELDS,
    Viewer,
    hidden_fields,
    visible_fields,
    visible_people,
    visible_posts,
)
from tests.people import ANYBODY, appoint, make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db


def test_only_listed_people_exist() -> None:
    ada = make_person("Ada", "Okonkwo")
    for listing in ("organisation", "unlisted", "protected"):
        make_person("Bram", listing, listing=listing)
    double = make_person("Ada", "Double")
    Person.objects.filter(pk=double.pk).update(merged_into=ada)
    assert list(visible_people(viewer=ANYBODY)) == [ada]


def test_whoever_left_keeps_a_page() -> None:
    ada = make_person("Ada", "Okonkwo")
    Person.objects.filter(pk=ada.pk).update(status="left")
    assert list(visible_people(viewer=ANYBODY)) == [ada]


def test_own_people_and_curators_see_whom_an_organisation_lists_for_itself() -> None:
    agency, other = make_organisation("Harbours Agency"), make_organisation("Mills Office")
    ada = make_person(
        "Ada", "Okonkwo", title="Pilot", listing="organisation",
        team=make_team("Tugs", organisation=agency),
    )  # fmt: skip
    make_person("Bram", "Visser", listing="organisation")
    for viewer in (
        Viewer(user_id=2, organisation_ids=frozenset({agency.pk})),
        Viewer(user_id=2, curated_ids=frozenset({agency.pk})),
        Viewer(user_id=2, person_id=ada.pk),
    ):
        assert list(visible_people(viewer=viewer)) == [ada]
    for viewer in (ANYBODY, Viewer(user_id=2, organisation_ids=frozenset({other.pk}))):
        assert not visible_people(viewer=viewer).exists()


@pytest.mark.parametrize("listing", ["unlisted", "protected"])
def test_whoever_is_listed_for_nobody_exists_for_themselves_alone(listing: str) -> None:
    agency = make_organisation("Harbours Agency")
    team = make_team("Tugs", organisation=agency)
    ada = make_person("Ada", "Okonkwo", title="Pilot", listing=listing, team=team)
    inside = frozenset({agency.pk})
    colleague = Viewer(
        user_id=2, organisation_ids=inside, team_ids=frozenset({team.pk}), curated_ids=inside
    )
    assert not visible_people(viewer=colleague).exists()
    assert list(visible_people(viewer=Viewer(user_id=3, person_id=ada.pk))) == [ada]


#: Who sees a field of each audience: nobody in particular, a colleague, one of the same team, a
#: curator, the person.
SEEN_BY = {
    "government": {"anybody", "colleague", "teammate", "curator", "self"},
    "organisation": {"colleague", "teammate", "curator", "self"},
    "team": {"teammate", "curator", "self"},
    "curators": {"curator", "self"},
    "self": {"self"},
}


@pytest.mark.parametrize("audience", SEEN_BY)
def test_each_audience_holds_those_narrower_than_itself(audience: str) -> None:
    agency = make_organisation("Harbours Agency")
    team = make_team("Tugs", organisation=agency)
    ada = make_person("Ada", "Okonkwo", title="Pilot", team=team)
    FieldAudience.objects.create(person=ada, field="phone", audience=audience)
    inside = frozenset({agency.pk})
    viewers = {
        "anybody": ANYBODY,
        "colleague": Viewer(user_id=2, organisation_ids=inside),
        "teammate": Viewer(user_id=2, organisation_ids=inside, team_ids=frozenset({team.pk})),
        "curator": Viewer(user_id=2, curated_ids=inside),
        "self": Viewer(user_id=2, person_id=ada.pk),
    }
    seen = {
        name
        for name, viewer in viewers.items()
        if "phone" in visible_fields(viewer=viewer, person=ada)
    }
    assert seen == SEEN_BY[audience]


def test_a_post_held_by_hidden_people_alone_does_not_exist() -> None:
    team = make_team("Tugs", organisation=make_organisation("Harbours Agency"))
    vacant = make_post("Vacant", team=team)
    shared = make_post("Shared", team=team)
    secret = make_post("Secret", team=team)
    closed = make_post("Closed", team=team)
    closed.status = "closed"
    closed.save()
    ada = make_person("Ada", "Okonkwo")
    hidden = make_person("Bram", "Visser", listing="protected")
    appoint(ada, shared)
    appoint(hidden, shared)
    last = appoint(hidden, secret)
    assert set(visible_posts(viewer=ANYBODY)) == {vacant, shared}

    Appointment.objects.filter(pk=last.pk).update(ends_on=last.first_stated_on)
    assert set(visible_posts(viewer=ANYBODY)) == {vacant, shared, secret}


def test_narrowed_fields_are_not_visible_and_names_always_are() -> None:
    ada = make_person("Ada", "Okonkwo")
    bram = make_person("Bram", "Visser")
    assert visible_fields(viewer=ANYBODY, person=ada) == NAME_FIELDS | NARROWABLE_FIELDS
    for field, audience in [
        ("email", "self"),
        ("phone", "government"),
        ("bio", "team"),
        ("family_name", "self"),
    ]:
        FieldAudience.objects.create(person=ada, field=field, audience=audience)
    visible = visible_fields(viewer=ANYBODY, person=ada)
    assert (NAME_FIELDS | NARROWABLE_FIELDS) - visible == {"email", "bio"}
    assert hidden_fields(viewer=ANYBODY, person_ids=[ada.pk, bram.pk]) == {
        ada.pk: frozenset({"email", "bio"})
    }


def test_every_field_that_can_be_narrowed_is_a_field_of_the_record() -> None:
    fields = {field.name for field in Person._meta.get_fields()}
    assert fields >= NAME_FIELDS | NARROWABLE_FIELDS
