"""Rows that ought to agree and do not are named, though the database lets them stand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from knox.models import AuthToken

from accounts.models import User
from directory.checking.check import check_directory
from directory.checking.invariants import INVARIANTS
from directory.models import (
    Appointment,
    Case,
    Expertise,
    ExpertiseTag,
    Feed,
    FeedRun,
    Organisation,
    Person,
    SourceRecord,
    Team,
)
from tests.people import make_organisation, make_person, make_post, make_team
from tests.test_check_directory import BREAKS as BREAKS_OF_A_SYNCED_DIRECTORY

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
DAY = date(2026, 3, 31)


def _feed(slug: str = "tides-hr") -> Feed:
    body = Organisation.objects.filter(slug="tides").first() or make_organisation("Tides")
    return Feed.objects.create(slug=slug, organisation=body, connector="table")


def _run(feed: Feed, *, day: date = DAY, minutes: int = 0, **more: object) -> FeedRun:
    at = NOW + timedelta(minutes=minutes)
    said = {"state": "applied", "finished_at": at} | more
    return FeedRun.objects.create(feed=feed, kind="people", as_of=day, **said)


def _record(person: Person, run: FeedRun, *, key: str = "K1", **more: object) -> SourceRecord:
    said = {"feed": run.feed, "state": "current"} | more
    return SourceRecord.objects.create(
        delivery_kind="people",
        kind="person",
        source_key=key,
        subject_id=person.pk,
        statement={},
        raw_digest=b"",
        stated_on=DAY,
        run=run,
        **said,
    )


def _a_record_brought_by_another_feed() -> object:
    mine, other = _feed(), _feed("tides-payroll")
    return _record(make_person("Ada", "Quill"), _run(mine), feed=other).pk


def _a_record_brought_by_a_rejected_run() -> object:
    return _record(make_person("Ada", "Quill"), _run(_feed(), state="rejected")).pk


def _an_appointment_nobody_states_any_more() -> object:
    feed, person = _feed(), make_person("Ada", "Quill")
    post = make_post("Harbour Master", team=make_team("Ports", organisation=feed.organisation))
    return Appointment.objects.create(
        person=person,
        post=post,
        first_stated_on=DAY,
        source=_record(person, _run(feed), state="departed"),
    ).pk


def _held(**more: object) -> Appointment:
    team = make_team("Ports", organisation=make_organisation("Tides"))
    said = {"first_stated_on": DAY} | more
    return Appointment.objects.create(
        person=make_person("Ada", "Quill"), post=make_post("Harbour Master", team=team), **said
    )


def _a_post_held_too_early() -> object:
    return _held(starts_on=NOW.date() + timedelta(days=1)).pk


def _a_post_held_too_long() -> object:
    return _held(expected_end_on=NOW.date() - timedelta(days=2)).pk


def _somebody_expected_for_too_long() -> object:
    person = make_person("Ada", "Quill")
    Person.objects.filter(pk=person.pk).update(status="expected")
    _record(person, _run(_feed()))
    return person.pk


def _a_claim_that_somebody_else_stated() -> object:
    tag = ExpertiseTag.objects.create(slug="tide-tables", preferred_label="Tide tables")
    other = _record(make_person("Tom", "Marlow"), _run(_feed()))
    return Expertise.objects.create(person=make_person("Ada", "Quill"), tag=tag, source=other).pk


def _an_older_day_applied_later() -> object:
    feed = _feed()
    _run(feed, day=DAY)
    return _run(feed, day=DAY - timedelta(days=30), minutes=1).pk


def _a_pair_judged_twice() -> object:
    feed, one, two = _feed(), make_person("Ada", "Quill"), make_person("Ada", "Quill")
    said = {"feed": feed, "reason": Case.Reason.MOVER}
    Case.objects.create(person=one, candidate=two, source_key="K1", opened_at=NOW, **said)
    return Case.objects.create(person=two, candidate=one, source_key="K2", **said).pk


def _a_team_left_behind_by_its_parent() -> object:
    above = make_team("Ports", organisation=make_organisation("Tides"))
    below = make_team("Piers", organisation=above.organisation, parent=above)
    Team.objects.filter(pk=above.pk).update(organisation=make_organisation("Winds"))
    return below.pk


def _a_merged_person_with_a_source() -> object:
    merged = make_person("Ada", "Quill")
    Person.objects.filter(pk=merged.pk).update(merged_into=make_person("Ada", "Quill"))
    _record(merged, _run(_feed()))
    return merged.pk


def _a_token_for_nothing() -> object:
    held, _ = AuthToken.objects.create(user=User.objects.known_by("robot@machines.invalid"))
    return held.token_key


#: Invariant, and what breaks it; each returns the id that has to be shown.
BREAKS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("record_brought_by_a_run_of_its_feed", _a_record_brought_by_another_feed),
    ("record_brought_by_a_run_of_its_feed", _a_record_brought_by_a_rejected_run),
    ("open_appointment_is_still_stated", _an_appointment_nobody_states_any_more),
    ("nobody_in_post_before_they_start", _a_post_held_too_early),
    ("nobody_in_post_after_they_end", _a_post_held_too_long),
    ("expected_person_starts_on_their_day", _somebody_expected_for_too_long),
    ("claim_stated_about_its_person", _a_claim_that_somebody_else_stated),
    ("runs_applied_in_order_of_their_days", _an_older_day_applied_later),
    ("pair_has_one_open_case", _a_pair_judged_twice),
    ("team_inside_its_parents_organisation", _a_team_left_behind_by_its_parent),
    ("merged_person_holds_nothing", _a_merged_person_with_a_source),
    ("token_is_for_something", _a_token_for_nothing),
)


def _broken() -> dict[str, tuple[str, ...]]:
    found = check_directory(now=NOW)
    return {invariant.name: broken.examples for invariant, broken in found if broken.count}


@pytest.mark.parametrize(
    ("name", "breaks"), BREAKS, ids=[breaks.__name__.strip("_") for _, breaks in BREAKS]
)
def test_a_disagreement_is_named_with_its_id(name: str, breaks: Callable[[], object]) -> None:
    assert name not in _broken()
    broken_id = str(breaks())
    assert _broken()[name] == (broken_id,)


def test_every_invariant_of_the_table_is_broken_unless_the_database_refuses_it() -> None:
    broken = {name for name, _ in (*BREAKS, *BREAKS_OF_A_SYNCED_DIRECTORY)}
    unbroken = {invariant.name for invariant in INVARIANTS} - broken
    assert unbroken == {"reporting_line_has_no_loop", "failed_run_has_a_code"}
    assert len(INVARIANTS) == len({invariant.name for invariant in INVARIANTS})
