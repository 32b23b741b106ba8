"""Whose record is whose, and what ends when its owner leaves."""

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from directory.curating.remit import remit_of
from directory.models import FeedRun, Grant, Person, RecordOwner
from directory.record_owners import NotLinked, link, link_on_sign_in, still_here, unlink, viewer_for
from directory.sync.undoing import undo
from tests.curating.harbour import NOW, STAFF, deliver_staff, make_feed, user_with
from tests.people import appoint, make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db

ADDRESS = "ada.quill@example.gov.uk"


def known(address: str = ADDRESS, *, verified: bool = True) -> User:
    user = User.objects.known_by(address)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=verified)
    return user


def test_an_address_that_one_record_holds_links_its_owner_at_sign_in(client: Client) -> None:
    ada = make_person("Ada", "Quill", email="Ada.Quill@Example.gov.uk")
    user = known()
    client.force_login(user)
    owner = RecordOwner.objects.get()
    assert (owner.user, owner.person, owner.linked_by) == (user, ada, None)


def test_an_address_that_was_not_proved_links_nobody() -> None:
    make_person("Ada", "Quill", email=ADDRESS)
    assert link_on_sign_in(user=known(verified=False)) is None


def test_an_address_of_two_records_links_nobody() -> None:
    for given in ("Ada", "Eda"):
        make_person(given, "Quill", email=ADDRESS)
    assert link_on_sign_in(user=known()) is None


@pytest.mark.parametrize("change", [{"status": "left"}, {"merged_into": True}])
def test_whoever_left_or_was_merged_is_not_linked_by_an_address(change: dict[str, object]) -> None:
    ada = make_person("Ada", "Quill", email=ADDRESS)
    if "merged_into" in change:
        change = {"merged_into": make_person("Ada", "Survivor")}
    Person.objects.filter(pk=ada.pk).update(**change)
    assert link_on_sign_in(user=known()) is None


def test_a_record_with_an_owner_is_not_given_to_the_next_who_has_its_address() -> None:
    ada = make_person("Ada", "Quill", email=ADDRESS)
    link(user=user_with("somebody.else"), person=ada, linked_by=None)
    assert link_on_sign_in(user=known()) is None


def test_nobody_links_themselves_and_no_record_has_two_owners() -> None:
    ada, user, other = make_person("Ada", "Quill"), user_with("ada"), user_with("bo")
    with pytest.raises(NotLinked, match="another curator"):
        link(user=user, person=ada, linked_by=user)
    link(user=user, person=ada, linked_by=other)
    assert link(user=user, person=ada, linked_by=other).user == user
    with pytest.raises(NotLinked, match="record is linked already"):
        link(user=other, person=ada, linked_by=None)
    with pytest.raises(NotLinked, match="account is linked already"):
        link(user=user, person=make_person("Eda", "Quill"), linked_by=None)
    unlink(user=user)
    with pytest.raises(NotLinked, match="linked to no record"):
        unlink(user=user)


def test_a_viewer_is_where_their_record_works_and_what_they_curate(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency, other = make_organisation("Harbours Agency"), make_organisation("Mills Office")
    tugs, grants = make_team("Tugs", organisation=agency), make_team("Grants", organisation=other)
    ada = make_person("Ada", "Quill", title="Pilot", team=tugs)
    appoint(ada, make_post("Adviser", team=grants))
    user = user_with("ada.quill", Grant.Role.CURATOR, on=other)
    link(user=user, person=ada, linked_by=None)
    with django_assert_num_queries(2):  # who they are, and what is below what they curate
        viewer = viewer_for(user=user, now=NOW)
    assert viewer.person_id == ada.pk
    assert viewer.organisation_ids == {agency.pk, other.pk}
    assert viewer.team_ids == {tugs.pk, grants.pk}
    assert viewer.curated_ids == {other.pk}


def test_the_owner_of_a_merged_record_is_of_the_one_it_became() -> None:
    tugs = make_team("Tugs", organisation=make_organisation("Harbours Agency"))
    double, ada = (
        make_person("Ada", "Double"),
        make_person("Ada", "Quill", team=tugs, title="Pilot"),
    )
    user = user_with("ada.quill")
    link(user=user, person=double, linked_by=None)
    Person.objects.filter(pk=double.pk).update(merged_into=ada)
    viewer = viewer_for(user=user, now=NOW)
    assert (viewer.person_id, viewer.team_ids) == (ada.pk, frozenset({tugs.pk}))


def test_a_departure_ends_sessions_and_roles_at_once_and_its_undoing_gives_them_back(
    tmp_path: Path, client: Client
) -> None:
    feed = make_feed()
    deliver_staff(feed, tmp_path)
    user = user_with("ada.quill", Grant.Role.FEED_OPERATOR, on=feed)
    link(user=user, person=Person.objects.get(family_name="Quill"), linked_by=None)
    client.force_login(user)
    assert client.get("/curate/").status_code == 200
    run = deliver_staff(feed, tmp_path, *[row for row in STAFF if row[0] != "H3"], days=1)
    assert run.state == FeedRun.State.APPLIED
    user = User.objects.get(pk=user.pk)
    assert not remit_of(user=user, now=NOW)
    assert client.get("/")["Location"].startswith("/accounts/login/")
    assert not still_here(users=User.objects.filter(pk=user.pk)).exists()
    curator = user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)
    undo(run=run, reason="The export was cut short", actor=curator, now=NOW + timedelta(days=2))
    assert remit_of(user=User.objects.get(pk=user.pk), now=NOW).feed_ids == {feed.pk}
    assert client.get("/curate/").status_code == 200


def test_the_owner_of_a_merged_record_leaves_as_the_one_it_became(client: Client) -> None:
    feed = make_feed()
    double, ada = make_person("Ada", "Double"), make_person("Ada", "Quill")
    user = user_with("ada.quill", Grant.Role.FEED_OPERATOR, on=feed)
    link(user=user, person=double, linked_by=None)
    Person.objects.filter(pk=double.pk).update(merged_into=ada)
    client.force_login(user)
    Person.objects.filter(pk=ada.pk).update(status=Person.Status.LEFT)
    assert not Grant.objects.filter(user=user).exists()
    assert client.get("/")["Location"].startswith("/accounts/login/")
    assert not still_here(users=User.objects.filter(pk=user.pk)).exists()


def test_whoever_comes_back_is_given_roles_anew(tmp_path: Path) -> None:
    feed = make_feed()
    deliver_staff(feed, tmp_path)
    user = user_with("ada.quill", Grant.Role.FEED_OPERATOR, on=feed)
    link(user=user, person=Person.objects.get(family_name="Quill"), linked_by=None)
    deliver_staff(feed, tmp_path, *[row for row in STAFF if row[0] != "H3"], days=1)
    deliver_staff(feed, tmp_path, days=2)
    assert Person.objects.get(family_name="Quill").status == Person.Status.ACTIVE
    assert not remit_of(user=User.objects.get(pk=user.pk), now=NOW)


def test_whoever_left_is_not_let_in_again(client: Client) -> None:
    ada = make_person("Ada", "Quill", email=ADDRESS)
    user = known()
    link(user=user, person=ada, linked_by=None)
    Person.objects.filter(pk=ada.pk).update(status=Person.Status.LEFT)
    client.force_login(user)
    assert client.get("/")["Location"].startswith("/accounts/login/")
