"""Roles given and taken on pages: by whom, to whom, on what, and how long."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from directory.curating.remit import remit_of
from directory.curating.roles import (
    NoSuchRole,
    RoleRefused,
    decide_proposal,
    give_role,
    grants_within,
    take_role,
)
from directory.models import Feed, Grant, GrantProposal, Organisation
from tests.curating.harbour import NOW, make_feed, user_with
from tests.people import make_organisation, make_team

pytestmark = pytest.mark.django_db

LAST_DAY = NOW.date() + timedelta(days=90)


@pytest.fixture
def feed() -> Feed:
    return make_feed()


@pytest.fixture
def curator(feed: Feed) -> User:
    return user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation)


@pytest.fixture
def administrator(db: None) -> User:
    return user_with("tom.marlow", Grant.Role.ADMINISTRATOR)


def give(actor: User, role: str, on: str = "", **other: Any) -> Any:
    form = {"email": "ada.quill@example.gov.uk", "until": LAST_DAY, "reason": "Looks after it"}
    return give_role(**{**form, **other}, role=role, on=on, actor=actor, now=NOW)


def held_by(email: str) -> list[tuple[str, date | None]]:
    return list(Grant.objects.filter(user__email=email).values_list("role", "until"))


def test_a_curator_gives_roles_on_what_they_curate_and_below(feed: Feed, curator: User) -> None:
    below = make_organisation("Ferry Office", parents=(feed.organisation,))
    make_feed(slug="ferry-hr", organisation=below)
    for role, on in (
        ("curator", "harbour-office"), ("curator", "ferry-office"),
        ("feed-operator", "harbour-hr"), ("feed-operator", "ferry-hr"),
    ):  # fmt: skip
        grant = give(curator, role, on).grant
        assert (grant.role, grant.until, grant.granted_by) == (role, LAST_DAY, curator)
    assert remit_of(user=curator, now=NOW).organisation_ids == {feed.organisation_id, below.pk}


@pytest.mark.parametrize(
    ("role", "on"),
    [
        ("curator", "winds"), ("feed-operator", "winds-hr"), ("auditor", ""),
        ("administrator", ""), ("curator", ""), ("feed-operator", ""),
    ],
)  # fmt: skip
def test_nobody_gives_a_role_that_reaches_further_than_their_own(
    role: str, on: str, curator: User
) -> None:
    winds = Organisation.objects.create(slug="winds", name="Department of Winds")
    make_feed(slug="winds-hr", organisation=winds)
    with pytest.raises(RoleRefused, match="only on what you curate yourself"):
        give(curator, role, on)
    assert held_by("ada.quill@example.gov.uk") == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "maya.holt+x@EXAMPLE.gov.uk"}, "to themselves"),
        ({"email": "nobody"}, "correct format"),
        ({"email": "x@evil.com"}, "may not sign in here"),
        ({"until": NOW.date() - timedelta(days=1)}, "Choose a last day"),
        ({"until": NOW.date() + timedelta(days=367)}, "Choose a last day"),
        ({"reason": "  "}, "Say why"),
        ({"role": "official", "on": ""}, "one of the roles on the page"),
        ({"on": "nowhere"}, "There is no"),
    ],
)
def test_what_is_wrong_with_a_role_is_said_and_nothing_is_given(
    change: dict[str, Any], says: str, curator: User
) -> None:
    before = Grant.objects.count(), User.objects.count()
    with pytest.raises(RoleRefused, match=says):
        give(curator, **{"role": "curator", "on": "harbour-office", **change})
    assert (Grant.objects.count(), User.objects.count()) == before


def test_a_role_is_taken_at_once_by_whoever_looks_after_it(feed: Feed, curator: User) -> None:
    operator = user_with("bo.lind", Grant.Role.FEED_OPERATOR, on=feed)
    elsewhere = user_with(
        "wen.osei", Grant.Role.CURATOR, on=make_organisation("Department of Winds")
    )
    grant = Grant.objects.get(user=operator)
    with pytest.raises(NoSuchRole):
        take_role(grant_id=grant.pk, reason="Not mine", actor=elsewhere, now=NOW)
    with pytest.raises(RoleRefused, match="Say why"):
        take_role(grant_id=grant.pk, reason=" ", actor=curator, now=NOW)
    take_role(grant_id=grant.pk, reason="Moved on", actor=curator, now=NOW)
    assert not remit_of(user=operator, now=NOW)


def test_everybody_may_lay_down_their_own_role(curator: User) -> None:
    grant = Grant.objects.get(user=curator)
    take_role(grant_id=grant.pk, reason="Moving on", actor=curator, now=NOW)
    assert not remit_of(user=curator, now=NOW)


def test_it_takes_two_to_make_an_administrator(administrator: User) -> None:
    proposal = give(administrator, "administrator").proposal
    proposed = User.objects.get(email="ada.quill@example.gov.uk")
    assert not remit_of(user=proposed, now=NOW)
    with pytest.raises(RoleRefused, match="Another administrator"):
        decide_proposal(proposal_id=proposal.pk, confirm=True, actor=administrator, now=NOW)
    with pytest.raises(NoSuchRole):
        decide_proposal(proposal_id=proposal.pk, confirm=True, actor=proposed, now=NOW)
    second = user_with("una.bell", Grant.Role.ADMINISTRATOR)
    decide_proposal(proposal_id=proposal.pk, confirm=True, actor=second, now=NOW)
    assert held_by(proposed.email) == [("administrator", LAST_DAY)]
    with pytest.raises(NoSuchRole):
        decide_proposal(proposal_id=proposal.pk, confirm=False, actor=second, now=NOW)


def test_a_proposal_that_is_refused_makes_nobody_an_administrator(administrator: User) -> None:
    proposal = give(administrator, "administrator").proposal
    with pytest.raises(RoleRefused, match="proposed already"):
        give(administrator, "administrator")
    second = user_with("una.bell", Grant.Role.ADMINISTRATOR)
    decide_proposal(proposal_id=proposal.pk, confirm=False, actor=second, now=NOW)
    assert held_by("ada.quill@example.gov.uk") == []
    assert GrantProposal.objects.get().state == "refused"
    give(administrator, "administrator")


def test_the_database_itself_lets_nobody_confirm_what_they_proposed(administrator: User) -> None:
    proposal = give(administrator, "administrator").proposal
    with pytest.raises(IntegrityError, match="grant_proposal_of_three"), transaction.atomic():
        GrantProposal.objects.filter(pk=proposal.pk).update(
            state="confirmed", decided_by=administrator
        )


def test_why_a_role_was_given_and_taken_is_in_the_trail(curator: User) -> None:
    grant = give(curator, "curator", "harbour-office", reason="Covers for Maya").grant
    take_role(grant_id=grant.pk, reason="Maya is back", actor=curator, now=NOW)
    events = Grant.pgh_event_model.objects.filter(pgh_obj_id=grant.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    said = [(event.pgh_label, event.pgh_context.metadata["reason"]) for event in events]
    assert said == [("insert", "Covers for Maya"), ("delete", "Maya is back")]


def test_a_role_that_is_over_is_not_among_those_held(feed: Feed, curator: User) -> None:
    give(curator, "feed-operator", "harbour-hr", until=NOW.date())
    remit = remit_of(user=curator, now=NOW)
    assert grants_within(remit=remit, now=NOW).count() == 2
    assert grants_within(remit=remit, now=NOW + timedelta(days=1)).count() == 1
    assert UUID(int=0) not in remit.organisation_ids


def test_a_curator_names_the_leaders_of_their_own_teams(feed: Feed, curator: User) -> None:
    make_team("Tugs", organisation=feed.organisation)
    make_team("Wheels", organisation=make_organisation("Mills"))
    grant = give(curator, "team-leader", "harbour-office/tugs").grant
    assert grant.team.name == "Tugs"
    with pytest.raises(RoleRefused, match="only on what you curate"):
        give(curator, "team-leader", "mills/wheels")
