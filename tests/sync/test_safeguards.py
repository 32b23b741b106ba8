"""Dangerous deliveries are held, and those a hair below a limit are applied."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory.models import (
    Feed,
    FeedRun,
    Grant,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    OrganisationParent,
    Person,
    Post,
)
from directory.sync.approving import approve
from tests.connectors.deliveries import senior_return
from tests.sync.staff import NOW, TEAMS, Row, load, make_feed, rules, send, staff
from tests.sync.tides import rows_of, user_with

pytestmark = pytest.mark.django_db

PEOPLE = 120


@pytest.fixture
def winds(tmp_path: Path) -> Feed:
    """A department of 120, as it stands."""
    feed = make_feed()
    load(feed, tmp_path, staff(PEOPLE))
    return feed


def in_post() -> int:
    """How many people the directory shows in post."""
    return Person.objects.filter(status="active").count()


def with_first(rows: list[Row], number: int, change: Callable[[Row], Row]) -> list[Row]:
    """The rows, the first so many of them changed."""
    return [row | change(row) if place < number else row for place, row in enumerate(rows)]


@pytest.mark.parametrize(("leaving", "held"), [(6, []), (7, ["mass_departure"])])
def test_more_than_five_per_cent_may_not_leave_at_once(
    winds: Feed, tmp_path: Path, leaving: int, held: list[str]
) -> None:
    run = send(winds, tmp_path, staff(PEOPLE - leaving), hours=1)
    assert rules(run) == held
    assert in_post() == PEOPLE - (0 if held else leaving)


@pytest.mark.parametrize(("kept", "held"), [(6, []), (2, ["mass_departure", "vanished_keys"])])
def test_of_a_department_of_eight_two_may_leave(tmp_path: Path, kept: int, held: list[str]) -> None:
    feed = make_feed()
    load(feed, tmp_path, staff(8))
    assert rules(send(feed, tmp_path, staff(kept), hours=1)) == held


def test_a_held_run_names_numbers_and_examples_and_changes_nothing(
    winds: Feed, tmp_path: Path
) -> None:
    run = send(winds, tmp_path, staff(60), hours=1)
    run.refresh_from_db()
    (reason,) = run.held_reasons
    assert reason["rule"] == "mass_departure"
    assert reason["numbers"] == {"departures": 60, "of": 120, "allowed": 6}
    assert reason["examples"][0] == {"row": 0, "source_key": "K60"}
    assert len(reason["examples"]) == 3
    assert in_post() == PEOPLE


def test_a_held_feed_delays_no_other(winds: Feed, tmp_path: Path) -> None:
    assert rules(send(winds, tmp_path, staff(60), hours=1))
    other = make_feed("tides-staff", body="Department of Tides")
    load(other, tmp_path, staff(30, start=500))
    assert in_post() == PEOPLE + 30


def test_a_drip_of_leavers_is_held_by_the_third_file(winds: Feed, tmp_path: Path) -> None:
    """Four per cent a file; each is below what one run may do."""
    found = []
    for number in range(1, 6):
        run = send(winds, tmp_path, staff(PEOPLE - 5 * number), hours=number)
        found.append(rules(run))
    assert found[:3] == [[], [], ["departures_in_a_week"]]
    assert all("departures_in_a_week" in held for held in found[2:])
    assert in_post() == 110


def test_leavers_of_eight_days_ago_count_no_more(winds: Feed, tmp_path: Path) -> None:
    for days in (0, 4, 8, 12):
        leaving = 5 * (1 + days // 4)
        assert rules(send(winds, tmp_path, staff(PEOPLE - leaving), hours=1 + 24 * days)) == []


def test_the_week_starts_anew_after_an_approved_run(winds: Feed, tmp_path: Path) -> None:
    curator = user_with("maya.holt", Grant.Role.CURATOR, on=winds.organisation)
    held = send(winds, tmp_path, staff(80), hours=1)
    approve(
        run=held,
        digest=held.plan_digest,
        reason="An office closed",
        approver=curator,
        now=NOW + timedelta(hours=2),
    )
    assert rules(send(winds, tmp_path, staff(76), hours=3)) == []
    assert rules(send(winds, tmp_path, staff(73), hours=4)) == []
    assert rules(send(winds, tmp_path, staff(70), hours=5)) == ["departures_in_a_week"]


def test_an_undone_run_counts_for_nothing_in_its_week(winds: Feed, tmp_path: Path) -> None:
    for number in (1, 2):
        run = send(winds, tmp_path, staff(PEOPLE - 5 * number), hours=number)
    FeedRun.objects.filter(pk=run.pk).update(state=FeedRun.State.UNDONE)
    third = send(winds, tmp_path, staff(PEOPLE - 14), hours=3)
    assert rules(third) == []


def test_a_renumbered_file_is_held(winds: Feed, tmp_path: Path) -> None:
    renumbered = with_first(staff(PEOPLE), PEOPLE, lambda r: {"source_key": f"N{r['source_key']}"})
    assert rules(send(winds, tmp_path, renumbered, hours=1)) == ["mass_departure", "vanished_keys"]
    assert in_post() == PEOPLE


@pytest.mark.parametrize(("changing", "held"), [(36, []), (37, ["column_changed"])])
@pytest.mark.parametrize("complete", [True, False])
def test_a_column_may_change_in_thirty_per_cent_of_the_rows(
    winds: Feed, tmp_path: Path, changing: int, held: list[str], complete: bool
) -> None:
    changed = with_first(staff(PEOPLE), changing, lambda r: {"job_title": "Director"})
    sent = changed if complete else changed[:changing]
    run = send(winds, tmp_path, sent, hours=1, complete=complete)
    assert rules(run) == held
    for reason in run.held_reasons:
        assert reason["numbers"]["column"] == "job_title"
        assert reason["examples"][0] == {"row": 2, "source_key": "K0"}
        assert "Director" not in str(reason)


@pytest.mark.parametrize(("blank", "held"), [(6, []), (7, ["column_blanked"])])
def test_five_per_cent_of_a_columns_values_may_go_blank(
    winds: Feed, tmp_path: Path, blank: int, held: list[str]
) -> None:
    blanked = with_first(staff(PEOPLE), blank, lambda r: {"phone": ""})
    run = send(winds, tmp_path, blanked, hours=1)
    assert rules(run) == held
    assert Post.objects.count() == PEOPLE


def test_blanks_are_counted_against_the_values_there_are(tmp_path: Path) -> None:
    feed = make_feed()
    few = with_first(staff(PEOPLE), PEOPLE - 10, lambda r: {"phone": ""})
    load(feed, tmp_path, few)
    none = with_first(staff(PEOPLE), PEOPLE, lambda r: {"phone": ""})
    (reason,) = send(feed, tmp_path, none, hours=1).held_reasons
    assert reason["numbers"] == {"column": "phone", "blanked": 10, "of": 10, "allowed": 2}


def test_a_column_left_out_blanks_nothing(winds: Feed, tmp_path: Path) -> None:
    without = [{k: v for k, v in row.items() if k != "phone"} for row in staff(PEOPLE)]
    assert rules(send(winds, tmp_path, without, hours=1)) == []


def test_two_edits_never_hold_a_tiny_feed(tmp_path: Path) -> None:
    feed = make_feed()
    load(feed, tmp_path, staff(3))
    edited = with_first(staff(3), 2, lambda r: {"job_title": "Director", "phone": ""})
    assert rules(send(feed, tmp_path, edited, hours=1)) == []


@pytest.mark.parametrize(("wrong", "held"), [(20, []), (21, ["row_faults"])])
def test_a_first_load_may_have_twenty_rows_in_error(
    tmp_path: Path, wrong: int, held: list[str]
) -> None:
    feed = make_feed()
    load(feed, tmp_path, staff(1, start=900))
    rows = [*with_first(staff(50), wrong, lambda r: {"email": "no address"}), *staff(1, start=900)]
    run = send(feed, tmp_path, rows, hours=1)
    assert rules(run) == held
    if held:
        message = run.held_reasons[0]["message"]
        assert "invalid_email in “email” 21 times" in message
        assert run.held_reasons[0]["examples"][0] == {"row": 2, "source_key": "K0"}


def test_swapped_columns_are_held_with_the_columns_named(tmp_path: Path) -> None:
    feed = make_feed()
    swapped = with_first(
        staff(100), 100, lambda r: {"given_name": r["email"], "email": r["given_name"]}
    )
    (reason,) = send(feed, tmp_path, swapped).held_reasons
    assert reason["rule"] == "row_faults"
    assert "“email”" in reason["message"]


@pytest.mark.parametrize(("theirs", "held"), [(20, []), (21, ["wrong_organisation"])])
def test_rows_with_another_bodys_addresses_are_held(
    tmp_path: Path, theirs: int, held: list[str]
) -> None:
    feed = make_feed()
    tides = Organisation.objects.create(slug="tides", name="Department of Tides")
    OrganisationDomain.objects.create(organisation=tides, domain="tides.example")
    load(feed, tmp_path, staff(1, start=900))
    rows = [*with_first(staff(39), theirs, _of_tides), *staff(1, start=900)]
    assert rules(send(feed, tmp_path, rows, hours=1)) == held


def test_a_related_bodys_addresses_are_no_sign_of_another_file(tmp_path: Path) -> None:
    feed = make_feed()
    agency = Organisation.objects.create(slug="tides", name="Tides Agency")
    OrganisationParent.objects.create(child=agency, parent=feed.organisation)
    OrganisationDomain.objects.create(organisation=agency, domain="tides.example")
    load(feed, tmp_path, with_first(staff(40), 40, _of_tides))


def _of_tides(row: Row) -> Row:
    return {"email": f"{row['source_key'].lower()}@mail.tides.example"}


@pytest.fixture
def published() -> Organisation:
    """A body that the register knows, and that the returns of the Department of Tides name."""
    return Organisation.objects.create(
        slug="published-tides", name="Department of Tides", external_id="https://register/tides"
    )


def _returns(tmp_path: Path, body: Organisation, name: str = "Department of Tides") -> list[str]:
    feed = Feed.objects.create(slug="senior", organisation=body, connector="organogram")
    rows = [row | {"Organisation": name} for row in rows_of(6)]
    return rules(send(feed, tmp_path, senior_return(*rows)))


def test_a_return_that_names_another_published_body_is_held(
    tmp_path: Path, published: Organisation
) -> None:
    winds = Organisation.objects.create(slug="winds", name="Department of Winds")
    assert _returns(tmp_path, winds) == ["wrong_organisation"]


def test_a_return_of_a_body_below_or_under_a_former_name_is_its_own(
    tmp_path: Path, published: Organisation
) -> None:
    above = Organisation.objects.create(slug="seas", name="Ministry of Seas")
    OrganisationParent.objects.create(child=published, parent=above)
    assert _returns(tmp_path, above) == []


def test_a_former_name_is_the_bodys_own(tmp_path: Path, published: Organisation) -> None:
    OrganisationName.objects.create(organisation=published, name="Office of Tides")
    assert _returns(tmp_path, published, name="Office of Tides") == []


def test_a_file_of_another_feed_is_held(winds: Feed, tmp_path: Path) -> None:
    other = make_feed("gusts-staff", body="Department of Gusts")
    send(other, tmp_path, TEAMS, name="teams.csv")
    (reason,) = send(other, tmp_path, staff(PEOPLE), hours=1).held_reasons
    assert reason["rule"] == "duplicate_of_another_feed"
    assert reason["numbers"]["feed"] == "winds-staff"


@pytest.mark.parametrize(("known", "held"), [(10, []), (11, ["duplicate_of_another_feed"])])
def test_joiners_whom_another_feed_knows_are_held(
    winds: Feed, tmp_path: Path, known: int, held: list[str]
) -> None:
    other = make_feed("tides-staff", body="Department of Tides")
    send(other, tmp_path, "unit_code,parent_code,name\nU1,,Currents\n", name="teams.csv")
    rows = [*staff(known), *staff(20 - known, start=500)]
    titled = with_first(rows, 20, lambda r: {"job_title": "Director", "email": ""})
    assert rules(send(other, tmp_path, titled, hours=1)) == held


def test_the_same_keys_of_other_people_are_no_duplicate(winds: Feed, tmp_path: Path) -> None:
    other = make_feed("tides-staff", body="Department of Tides")
    send(other, tmp_path, "unit_code,parent_code,name\nU1,,Currents\n", name="teams.csv")
    rows = with_first(staff(20), 20, lambda r: {"family_name": "Zed", "email": ""})
    assert rules(send(other, tmp_path, rows, hours=1)) == []


def test_a_tiny_file_may_be_that_of_another_feed(winds: Feed, tmp_path: Path) -> None:
    other = make_feed("tides-staff", body="Department of Tides")
    assert rules(send(other, tmp_path, TEAMS, name="teams.csv")) == []


def test_a_dry_run_is_judged_as_well_and_keeps_no_file(winds: Feed, tmp_path: Path) -> None:
    run = send(winds, tmp_path, staff(60), hours=1, dry_run=True)
    assert [reason["rule"] for reason in run.held_reasons] == ["mass_departure"]
    assert not (tmp_path / "kept").exists()
