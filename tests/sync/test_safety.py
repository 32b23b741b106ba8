"""Each safeguard on totals alone: what fires it, and the last value that does not."""

from dataclasses import replace

import pytest

from directory.plans import Belonging, ColumnTotals, Example, FaultTotals, PlanTotals, WeekTotals
from directory.sync.safety import Limits, Refusal, judge

#: A department of a thousand, whose delivery changes nothing.
QUIET = PlanTotals(
    rows=1000,
    errors=0,
    subjects_before=1000,
    creations=0,
    updates=0,
    kept=0,
    departures=0,
    withheld=0,
    disputes=0,
    people_before=100,
)
SMALL = replace(QUIET, rows=60, subjects_before=60, people_before=60)


def column(*, changed: int = 0, blanked: int = 0, filled: int = 0) -> ColumnTotals:
    """What becomes of everybody's phone."""
    return ColumnTotals("phone", changed, blanked, filled)


def fired(totals: PlanTotals, **limits: float) -> list[str]:
    """The rules that fire."""
    chosen = replace(Limits(), **limits)  # type: ignore[arg-type]  # floors are whole numbers
    return [refusal.rule for refusal in judge(totals=totals, limits=chosen)]


def only(totals: PlanTotals) -> Refusal:
    """The one safeguard that fires."""
    (refusal,) = judge(totals=totals, limits=Limits())
    return refusal


EDGES = [
    # rule, the last totals that pass, the first that are held
    ("mass_departure", replace(QUIET, departures=50), replace(QUIET, departures=51)),
    (
        "mass_departure",
        replace(QUIET, subjects_before=20, departures=5),
        replace(QUIET, subjects_before=20, departures=6),
    ),
    ("mass_departure", replace(SMALL, departures=3), replace(SMALL, departures=4)),
    (
        "mass_departure",
        replace(SMALL, subjects_before=8, people_before=8, departures=2),
        replace(SMALL, subjects_before=8, people_before=8, departures=3),
    ),
    (
        "departures_in_a_week",
        replace(QUIET, departures=20, week=WeekTotals(80, 1000)),
        replace(QUIET, departures=20, week=WeekTotals(81, 1000)),
    ),
    (
        "departures_in_a_week",
        replace(QUIET, subjects_before=30, departures=2, week=WeekTotals(8, 32)),
        replace(QUIET, subjects_before=30, departures=2, week=WeekTotals(9, 32)),
    ),
    (
        "departures_in_a_week",
        replace(SMALL, subjects_before=20, people_before=20, departures=2, week=WeekTotals(2, 22)),
        replace(SMALL, subjects_before=20, people_before=20, departures=2, week=WeekTotals(3, 22)),
    ),
    ("vanished_keys", replace(QUIET, absent=500), replace(QUIET, absent=501)),
    (
        "vanished_keys",
        replace(QUIET, subjects_before=8, absent=5),
        replace(QUIET, subjects_before=8, absent=6),
    ),
    (
        "column_changed",
        replace(QUIET, columns=(column(changed=300),)),
        replace(QUIET, columns=(column(changed=301),)),
    ),
    (
        "column_changed",
        replace(SMALL, subjects_before=3, columns=(column(changed=2),)),
        replace(SMALL, subjects_before=3, columns=(column(changed=3),)),
    ),
    (
        "column_blanked",
        replace(QUIET, columns=(column(blanked=20, filled=400),)),
        replace(QUIET, columns=(column(blanked=21, filled=400),)),
    ),
    (
        "column_blanked",
        replace(QUIET, columns=(column(blanked=2, filled=3),)),
        replace(QUIET, columns=(column(blanked=3, filled=3),)),
    ),
    ("row_faults", replace(QUIET, errors=20), replace(QUIET, errors=21)),
    ("row_faults", replace(QUIET, rows=5000, errors=50), replace(QUIET, rows=5000, errors=51)),
    (
        "wrong_organisation",
        replace(QUIET, other_organisation=Belonging("Ministry of Winds", 50, 100)),
        replace(QUIET, other_organisation=Belonging("Ministry of Winds", 51, 100)),
    ),
    (
        "wrong_organisation",
        replace(QUIET, other_organisation=Belonging("Ministry of Winds", 2, 2)),
        replace(QUIET, other_organisation=Belonging("Ministry of Winds", 3, 3)),
    ),
    (
        "duplicate_of_another_feed",
        replace(QUIET, other_feed=Belonging("winds-staff", 50, 100)),
        replace(QUIET, other_feed=Belonging("winds-staff", 51, 100)),
    ),
    (
        "duplicate_of_another_feed",
        replace(QUIET, other_feed=Belonging("winds-staff", 5, 5)),
        replace(QUIET, other_feed=Belonging("winds-staff", 6, 6)),
    ),
    ("duplicate_of_another_feed", QUIET, replace(QUIET, same_file="winds-staff")),
]


@pytest.mark.parametrize(("rule", "last", "first"), EDGES)
def test_a_safeguard_fires_just_above_its_limit(
    rule: str, last: PlanTotals, first: PlanTotals
) -> None:
    assert fired(last) == []
    assert fired(first) == [rule]


@pytest.mark.parametrize(
    ("totals", "limits"),
    [
        (replace(QUIET, departures=100), {"departures_percent": 10}),
        (replace(QUIET, departures=60), {"departures_floor": 60}),
        (replace(QUIET, departures=20, week=WeekTotals(90, 0)), {"week_departures_floor": 110}),
        (replace(QUIET, departures=20, week=WeekTotals(90, 0)), {"week_departures_percent": 11}),
        (replace(QUIET, absent=700), {"known_keys_floor_percent": 30}),
        (replace(QUIET, columns=(column(changed=900),)), {"changed_percent": 90}),
        (replace(QUIET, columns=(column(blanked=9, filled=9),)), {"blanked_percent": 100}),
        (replace(QUIET, errors=1000), {"faults_percent": 100}),
        (replace(QUIET, errors=1000), {"faults_floor": 1000}),
    ],
)
def test_a_feeds_own_limit_counts(totals: PlanTotals, limits: dict[str, float]) -> None:
    assert fired(totals)
    assert fired(totals, **limits) == []


def test_a_floor_below_that_of_a_small_organisation_is_not_raised() -> None:
    assert fired(replace(SMALL, subjects_before=8, departures=1), departures_floor=0) == [
        "mass_departure"
    ]


def test_a_first_load_is_never_held_for_what_changes_or_leaves() -> None:
    first = replace(QUIET, subjects_before=0, people_before=0, creations=1000)
    assert fired(first) == []


def test_earlier_leavers_hold_no_run_that_has_none() -> None:
    assert fired(replace(QUIET, week=WeekTotals(400, 1000))) == []


def test_every_safeguard_that_fires_is_told() -> None:
    totals = replace(QUIET, departures=600, absent=600, errors=300)
    assert fired(totals) == ["mass_departure", "vanished_keys", "row_faults"]


def test_each_column_is_told_by_itself() -> None:
    slipped = replace(column(changed=400), field="location")
    totals = replace(QUIET, columns=(slipped, column(changed=500)))
    assert fired(totals) == ["column_changed", "column_changed"]


def test_a_refusal_names_its_numbers_and_examples() -> None:
    gone = (Example(0, "K1"), Example(0, "K2"))
    refusal = only(replace(QUIET, departures=51, departing=gone))
    assert refusal.numbers == {"departures": 51, "of": 1000, "allowed": 50}
    assert refusal.examples == gone
    assert "51 of 1000" in refusal.message


def test_the_most_frequent_faults_are_named_with_their_columns() -> None:
    faults = (FaultTotals("invalid_email", "email", 70), FaultTotals("required", "", 30))
    message = only(replace(QUIET, errors=100, faults=faults)).message
    assert "invalid_email in “email” 70 times, required 30 times" in message


def test_a_renumbered_file_is_told_how_to_replace_its_keys() -> None:
    assert "key mapping" in only(replace(QUIET, absent=900)).message
