"""Feeds are made, changed, paused and retired by those who may, and the trail says so."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from directory.curating.changing import AlreadyRetired, RunsUnsettled
from directory.curating.feeds import (
    MappingRefused,
    ReasonMissing,
    SlugTaken,
    UnknownConnector,
    WrongSlug,
    create_feed,
    pause,
    rename,
    resume,
    retire,
    set_mapping,
)
from directory.curating.limits import FeedLimits, WrongLimit, limits_of, set_limits
from directory.curating.remit import (
    FeedNotFound,
    MayNotCurate,
    feed_for,
    may_curate_feed,
    remit_of,
    run_for,
)
from directory.curating.tokens import (
    NoSuchToken,
    NoTokenName,
    WrongLifetime,
    issue_token,
    withdraw_token,
)
from directory.curating.words import NoWord, translate_grade, translate_profession
from directory.models import (
    Credential,
    Feed,
    FeedRun,
    FeedTrailEntry,
    Grade,
    Grant,
    Organisation,
    Person,
    Post,
    Profession,
)
from tests.curating.harbour import NOW, REASON, deliver_staff, make_feed, user_with


def make(slug: str = "winds-hr", *, organisation: Organisation, actor: User, **other: str) -> Feed:
    said = {"name": "", "connector": "table"} | other
    return create_feed(
        slug=slug, organisation=organisation, mapping={}, actor=actor, now=NOW, **said
    )


def deeds(feed: Feed) -> list[str]:
    return list(
        FeedTrailEntry.objects.filter(feed=feed).order_by("at").values_list("deed", flat=True)
    )


@pytest.fixture
def winds(db: None) -> Organisation:
    """Somebody else's organisation."""
    return Organisation.objects.create(slug="winds", name="Department of Winds")


def test_what_somebody_may_do_follows_from_their_role(feed: Feed, winds: Organisation) -> None:
    other = make_feed(slug="winds-old", organisation=winds)
    rights = {
        name: may_curate_feed(user=user, feed=feed, now=NOW)
        for name, user in {
            "administrator": user_with("tom.marlow", Grant.Role.ADMINISTRATOR),
            "curator": user_with("maya.holt", Grant.Role.CURATOR, on=feed.organisation),
            "operator": user_with("bo.lind", Grant.Role.FEED_OPERATOR, on=feed),
            "curator elsewhere": user_with("wen.osei", Grant.Role.CURATOR, on=winds),
            "operator elsewhere": user_with("ada.quill", Grant.Role.FEED_OPERATOR, on=other),
            "auditor": user_with("una.bell", Grant.Role.AUDITOR),
            "nobody": user_with("nobody.special"),
        }.items()
    }
    assert {name for name, held in rights.items() if held.may_decide} == {
        "administrator",
        "curator",
    }
    assert {name for name, held in rights.items() if held.may_deliver} == {
        "administrator",
        "curator",
        "operator",
    }


def test_a_feed_of_others_does_not_exist(feed: Feed, winds: Organisation) -> None:
    stranger = user_with("wen.osei", Grant.Role.CURATOR, on=winds)
    run = FeedRun.objects.create(feed=feed, kind="people", as_of=NOW)
    told = []
    for slug in (feed.slug, "no-such-feed"):
        with pytest.raises(FeedNotFound) as refusal:
            feed_for(user=stranger, slug=slug, now=NOW)
        told.append(str(refusal.value))
    assert told[0] == told[1]
    with pytest.raises(FeedNotFound):
        run_for(user=stranger, run_id=run.pk, now=NOW)
    assert list(remit_of(user=stranger, now=NOW).feeds()) == []


def test_a_curator_makes_a_feed_for_their_own_organisation_alone(
    feed: Feed, curator: User, winds: Organisation
) -> None:
    made = make("harbour-new", organisation=feed.organisation, actor=curator, name="New payroll")
    assert (str(made), made.departures_limit_percent, made.state) == ("New payroll", 5, "live")
    assert deeds(made) == ["created"]
    with pytest.raises(MayNotCurate):
        make(organisation=winds, actor=curator)


def test_an_operator_makes_and_changes_nothing(feed: Feed, operator: User) -> None:
    limits = limits_of(feed=feed)
    attempts: list[Callable[[], object]] = [
        lambda: make(organisation=feed.organisation, actor=operator),
        lambda: rename(feed=feed, name="Mine", actor=operator, now=NOW),
        lambda: set_limits(feed=feed, limits=limits, actor=operator, now=NOW),
        lambda: set_mapping(feed=feed, mapping={}, actor=operator, now=NOW),
        lambda: pause(feed=feed, reason=REASON, actor=operator, now=NOW),
        lambda: resume(feed=feed, actor=operator, now=NOW),
        lambda: retire(feed=feed, reason=REASON, actor=operator, now=NOW),
        lambda: issue_token(feed=feed, name="m", expires_days=9, actor=operator, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(MayNotCurate):
            attempt()
    assert deeds(feed) == []


@pytest.mark.parametrize("slug", ["", "Harbour", "a b", "-a", "a--b", "ü", "a" * 101])
def test_an_address_is_of_small_letters_and_hyphens(feed: Feed, curator: User, slug: str) -> None:
    with pytest.raises(WrongSlug):
        make(slug, organisation=feed.organisation, actor=curator)


def test_an_address_is_given_once(feed: Feed, curator: User) -> None:
    with pytest.raises(SlugTaken) as refusal:
        make(feed.slug, organisation=feed.organisation, actor=curator)
    assert "Harbour Office" not in str(refusal.value)


def test_a_layout_is_one_of_ours(feed: Feed, curator: User) -> None:
    with pytest.raises(UnknownConnector):
        make(organisation=feed.organisation, actor=curator, connector="fax")


def test_a_feed_is_renamed_and_keeps_its_address(feed: Feed, curator: User) -> None:
    assert str(rename(feed=feed, name="Payroll", actor=curator, now=NOW)) == "Payroll"
    rename(feed=feed, name="Payroll", actor=curator, now=NOW)
    assert deeds(feed) == ["renamed"]


def test_limits_are_set_and_told(feed: Feed, curator: User) -> None:
    limits = replace(limits_of(feed=feed), departures_floor=9, expected_every_days=7)
    set_limits(feed=feed, limits=limits, actor=curator, now=NOW)
    feed.refresh_from_db()
    assert (feed.departures_floor, feed.expected_every_days) == (9, 7)
    entry = FeedTrailEntry.objects.get(feed=feed)
    assert entry.note == "departures floor 5 to 9; expected every days none to 7"


@pytest.mark.parametrize(
    "wrong",
    [
        {"departures_limit_percent": Decimal("100.01")},
        {"changed_limit_percent": Decimal(-1)},
        {"faults_limit_percent": Decimal("NaN")},
        {"faults_floor": -1},
        {"expected_every_days": 0},
    ],
)
def test_a_limit_out_of_range_is_refused(feed: Feed, curator: User, wrong: dict[str, Any]) -> None:
    limits: FeedLimits = replace(limits_of(feed=feed), **wrong)
    with pytest.raises(WrongLimit):
        set_limits(feed=feed, limits=limits, actor=curator, now=NOW)
    assert deeds(feed) == []


def test_a_mapping_is_checked_by_its_connector(feed: Feed, curator: User) -> None:
    mapping = {"columns": {"source_key": "Staff number"}}
    assert set_mapping(feed=feed, mapping=mapping, actor=curator, now=NOW).mapping == mapping
    with pytest.raises(MappingRefused, match="colums"):
        set_mapping(feed=feed, mapping={"colums": {}}, actor=curator, now=NOW)
    feed.refresh_from_db()
    assert feed.mapping == mapping
    assert deeds(feed) == ["mapping"]


def test_a_feed_is_paused_for_a_reason_and_resumed(feed: Feed, curator: User) -> None:
    with pytest.raises(ReasonMissing):
        pause(feed=feed, reason=" ", actor=curator, now=NOW)
    assert pause(feed=feed, reason=REASON, actor=curator, now=NOW).state == "paused"
    pause(feed=feed, reason=REASON, actor=curator, now=NOW)
    assert resume(feed=feed, actor=curator, now=NOW).state == "live"
    assert deeds(feed) == ["paused", "resumed"]


def test_retiring_makes_no_leavers_and_withdraws_tokens(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    deliver_staff(feed, tmp_path)
    issue_token(feed=feed, name="payroll", expires_days=30, actor=curator, now=NOW)
    retired = retire(feed=feed, reason=REASON, actor=curator, now=NOW)
    assert retired.state == "retired"
    assert Person.objects.filter(status="active").count() == 4
    assert Post.objects.filter(status="live").count() == 4
    assert not Credential.objects.exists()
    with pytest.raises(AlreadyRetired):
        resume(feed=feed, actor=curator, now=NOW)


def test_a_held_run_is_decided_before_a_feed_is_retired(feed: Feed, curator: User) -> None:
    run = FeedRun.objects.create(feed=feed, kind="people", as_of=NOW, state=FeedRun.State.HELD)
    with pytest.raises(RunsUnsettled):
        retire(feed=feed, reason=REASON, actor=curator, now=NOW)
    run.state = FeedRun.State.REJECTED
    run.save()
    assert retire(feed=feed, reason=REASON, actor=curator, now=NOW).state == "retired"


def test_a_token_is_issued_and_withdrawn(feed: Feed, curator: User) -> None:
    issued = issue_token(feed=feed, name="payroll", expires_days=30, actor=curator, now=NOW)
    assert issued.credential.feed == feed
    assert not FeedTrailEntry.objects.filter(note__contains=issued.token).exists()
    withdraw_token(feed=feed, credential_id=issued.credential.pk, actor=curator, now=NOW)
    with pytest.raises(NoSuchToken):
        withdraw_token(feed=feed, credential_id=issued.credential.pk, actor=curator, now=NOW)
    assert deeds(feed) == ["token_issued", "token_withdrawn"]


def test_a_token_of_another_feed_is_no_token_of_this_one(
    feed: Feed, curator: User, winds: Organisation
) -> None:
    other = make_feed(slug="winds-hr", organisation=winds)
    theirs = user_with("wen.osei", Grant.Role.CURATOR, on=winds)
    issued = issue_token(feed=other, name="m", expires_days=9, actor=theirs, now=NOW)
    with pytest.raises(NoSuchToken):
        withdraw_token(feed=feed, credential_id=issued.credential.pk, actor=curator, now=NOW)


@pytest.mark.parametrize(
    ("name", "days", "refusal"),
    [(" ", 30, NoTokenName), ("m", 0, WrongLifetime), ("m", 367, WrongLifetime)],
)
def test_a_token_has_a_name_and_an_end(
    feed: Feed, curator: User, name: str, days: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        issue_token(feed=feed, name=name, expires_days=days, actor=curator, now=NOW)


def test_a_feeds_own_word_is_translated_and_translated_again(feed: Feed, curator: User) -> None:
    first, second = Grade.objects.all()[:2]
    for grade in (first, second):
        translate_grade(feed=feed, value=" Harbour  1 ", grade=grade, actor=curator, now=NOW)
    translation = feed.grade_translations.get()
    assert (translation.value, translation.grade) == ("Harbour 1", second)
    profession = Profession.objects.earliest("name")
    translate_profession(feed=feed, value="Piloting", profession=profession, actor=curator, now=NOW)
    assert feed.profession_translations.get().profession == profession
    with pytest.raises(NoWord):
        translate_grade(feed=feed, value=" ", grade=first, actor=curator, now=NOW)
