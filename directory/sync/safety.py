"""
The safeguards: each judges a plan on its totals alone, before the database is touched.

One that fires holds the run for a second person; nothing is applied meanwhile. All of them are
tried, so that whoever decides sees everything at once. docs/feeds.md explains each by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from directory.plans import Belonging, ColumnTotals, Example, PlanTotals

#: An organisation of fewer people is small, and its floors are these.
SMALL_UNDER_PEOPLE = 100
SMALL_DEPARTURES_FLOOR = 2
SMALL_WEEK_DEPARTURES_FLOOR = 4

#: A column may change in so many rows whatever their share, lest one edit hold a tiny feed.
ROWS_NEVER_HELD = 2
#: So few vanished keys, or joiners known elsewhere, are no sign of another file.
KEYS_NEVER_HELD = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What one run of a feed may do by itself.

    Shares are in per cent, 0 to 100; floors count people and posts, or rows, and up to a
    floor nothing is held whatever its share.
    """

    departures_percent: float = 5
    departures_floor: int = 5
    week_departures_percent: float = 10
    week_departures_floor: int = 10
    known_keys_floor_percent: float = 50
    changed_percent: float = 30
    blanked_percent: float = 5
    faults_percent: float = 1
    faults_floor: int = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    A safeguard that fired.

    rule: its stable name, documented in docs/feeds.md.
    numbers: what was counted, and what is allowed, by name.
    """

    rule: str
    message: str
    numbers: Mapping[str, float | str]
    examples: tuple[Example, ...] = ()


Safeguard = Callable[[PlanTotals, Limits], Iterator[Refusal]]


def judge(*, totals: PlanTotals, limits: Limits) -> list[Refusal]:
    """Every safeguard that fires."""
    return [refusal for safeguard in SAFEGUARDS for refusal in safeguard(totals, limits)]


def _mass_departure(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """A truncated export looks exactly like a mass departure."""
    floor = _floor(limits.departures_floor, SMALL_DEPARTURES_FLOOR, totals)
    allowed = max(floor, totals.subjects_before * limits.departures_percent / 100)
    if totals.departures > allowed:
        yield Refusal(
            "mass_departure",
            f"{totals.departures} of {totals.subjects_before} people and posts would be marked "
            f"as gone; this feed allows {int(allowed)} in one run. Check that the file is whole.",
            {
                "departures": totals.departures,
                "of": totals.subjects_before,
                "allowed": int(allowed),
            },
            totals.departing,
        )


def _departures_in_a_week(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """Files that each leave out a few, one after the other, must not empty a department."""
    week = totals.week
    if not totals.departures or not week.departures:
        return
    floor = _floor(limits.week_departures_floor, SMALL_WEEK_DEPARTURES_FLOOR, totals)
    before = max(week.subjects_before, totals.subjects_before)
    allowed = max(floor, before * limits.week_departures_percent / 100)
    together = week.departures + totals.departures
    if together > allowed:
        yield Refusal(
            "departures_in_a_week",
            f"{together} of {before} people and posts would have been marked as gone within seven "
            f"days, {totals.departures} of them by this run; this feed allows {int(allowed)}. "
            "Check whether each file leaves some out.",
            {
                "departures": together,
                "in_this_run": totals.departures,
                "of": before,
                "allowed": int(allowed),
            },
            totals.departing,
        )


def _vanished_keys(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """A new HR system renumbers everybody, and would make each a leaver and a joiner."""
    before, absent = totals.subjects_before, totals.absent
    if absent <= KEYS_NEVER_HELD or not before:
        return
    named_percent = 100 * (before - absent) / before
    if named_percent < limits.known_keys_floor_percent:
        yield Refusal(
            "vanished_keys",
            f"Only {named_percent:.0f} % of the {before} keys we know are in the file; this feed "
            f"expects {limits.known_keys_floor_percent:.0f} %. Is it another body's file, or were "
            "its keys renumbered? Then upload a key mapping on the feed's page, which replaces "
            "the keys and keeps the people, and deliver again.",
            {"named": before - absent, "of": before, "vanished": absent},
            totals.departing,
        )


def _column_changed(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """Hardly anything changes for a third of a department at once, unless a column slipped."""
    allowed = max(ROWS_NEVER_HELD, totals.subjects_before * limits.changed_percent / 100)
    for column in totals.columns:
        if column.changed > allowed:
            yield Refusal(
                "column_changed",
                f"“{column.field}” would change in {column.changed} of {totals.subjects_before} "
                f"rows we know; this feed allows {int(allowed)}. Was the column filled from "
                "another one, or its format changed?",
                {
                    "column": column.field,
                    "changed": column.changed,
                    "of": totals.subjects_before,
                    "allowed": int(allowed),
                },
                column.changed_examples,
            )


def _column_blanked(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """An export that lost a column's values clears them for everybody."""
    for column in totals.columns:
        allowed = _blanks_allowed(column, limits)
        if column.blanked > allowed:
            yield Refusal(
                "column_blanked",
                f"{column.blanked} of the {column.filled} values of “{column.field}” would become "
                f"blank; this feed allows {int(allowed)}. Leave the column out of the file to keep "
                "what the directory holds.",
                {
                    "column": column.field,
                    "blanked": column.blanked,
                    "of": column.filled,
                    "allowed": int(allowed),
                },
                column.blanked_examples,
            )


def _row_faults(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """Many rows in error are one error of the export, not of its rows."""
    allowed = max(limits.faults_floor, totals.rows * limits.faults_percent / 100)
    if totals.errors > allowed:
        most = ", ".join(
            f"{fault.code} in “{fault.column}” {fault.errors} times"
            if fault.column
            else f"{fault.code} {fault.errors} times"
            for fault in totals.faults[:3]
        )
        yield Refusal(
            "row_faults",
            f"{totals.errors} of {totals.rows} rows are in error; this feed allows "
            f"{int(allowed)}. Most frequent: {most}. Mend the export and deliver it again.",
            {"errors": totals.errors, "of": totals.rows, "allowed": int(allowed)},
            totals.in_error,
        )


def _wrong_organisation(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """One department's file was sent as another's."""
    other = totals.other_organisation
    if other and other.rows > ROWS_NEVER_HELD and _are_most(other):
        yield Refusal(
            "wrong_organisation",
            f"{other.rows} of {other.of} rows are of {other.owner}, which stands neither above nor "
            "below this feed's organisation. Send them in that body's own feed.",
            {"rows": other.rows, "of": other.of, "organisation": other.owner},
        )


def _duplicate_of_another_feed(totals: PlanTotals, limits: Limits) -> Iterator[Refusal]:
    """A file sent through two feeds would list its people twice."""
    other = totals.other_feed
    if totals.same_file:
        yield Refusal(
            "duplicate_of_another_feed",
            f"This very file was already applied to the feed {totals.same_file}. "
            "Each file belongs in one feed.",
            {"feed": totals.same_file, "rows": totals.rows, "of": totals.rows},
        )
    elif other and other.rows > KEYS_NEVER_HELD and _are_most(other):
        yield Refusal(
            "duplicate_of_another_feed",
            f"{other.rows} of {other.of} who would be new have the same key and name in the feed "
            f"{other.owner}. Each file belongs in one feed.",
            {"feed": other.owner, "rows": other.rows, "of": other.of},
        )


SAFEGUARDS: tuple[Safeguard, ...] = (
    _mass_departure,
    _departures_in_a_week,
    _vanished_keys,
    _column_changed,
    _column_blanked,
    _row_faults,
    _wrong_organisation,
    _duplicate_of_another_feed,
)


def _floor(floor: int, small: int, totals: PlanTotals) -> int:
    """The floor that counts: a small organisation's is lower, and never raised."""
    is_small = totals.people_before < SMALL_UNDER_PEOPLE
    return min(floor, small) if is_small else floor


def _blanks_allowed(column: ColumnTotals, limits: Limits) -> float:
    return max(ROWS_NEVER_HELD, column.filled * limits.blanked_percent / 100)


def _are_most(belonging: Belonging) -> bool:
    return 2 * belonging.rows > belonging.of
