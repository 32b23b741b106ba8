"""
Refuses a dangerous plan, on its totals alone, before the database is touched.

A fired safeguard holds the run for a second person; nothing is applied meanwhile.
"""

from dataclasses import dataclass

from directory.plans import PlanTotals


class PlanRefused(Exception):
    """
    A safeguard fired.

    rule: stable name of the safeguard, documented in docs/feeds.md.
    """

    rule = "refused"


class TooManyDepartures(PlanRefused):
    """The plan removes more of the feed's own people and posts than one run may remove."""

    rule = "mass_departure"


class MostKeysVanished(PlanRefused):
    """The delivery names too few of the keys we know: a renumbered or foreign file."""

    rule = "vanished_keys"


@dataclass(frozen=True, slots=True)
class Limits:
    """A feed's own limits, each 0 to 100."""

    departures_percent: float
    known_keys_floor_percent: float


def judge(*, totals: PlanTotals, limits: Limits) -> list[PlanRefused]:
    """Every safeguard that fires, so that an approver sees all of them at once."""
    refusals: list[PlanRefused] = []
    try:
        refuse_mass_departure(totals=totals, limit_percent=limits.departures_percent)
    except TooManyDepartures as refusal:
        refusals.append(refusal)
    try:
        refuse_vanished_keys(totals=totals, floor_percent=limits.known_keys_floor_percent)
    except MostKeysVanished as refusal:
        refusals.append(refusal)
    return refusals


def refuse_mass_departure(*, totals: PlanTotals, limit_percent: float, floor: int = 5) -> None:
    """
    Refuse the plan if it would mark too much of what the feed vouches for as gone.

    A truncated export looks exactly like a mass departure, so we stop before the
    database is touched and ask a person.

    limit_percent: share of `totals.subjects_before` that may leave, 0 to 100.
    floor: subjects that may always leave, so a small team can lose two.

    :raises TooManyDepartures: if departures exceed both the floor and the limit.
    """
    allowed = max(floor, totals.subjects_before * limit_percent / 100)
    if totals.departures > allowed:
        raise TooManyDepartures(
            f"{totals.departures} of {totals.subjects_before} people and posts would be marked "
            f"as gone; this feed allows {allowed:.0f} in one run. Check that the file is whole."
        )


def refuse_vanished_keys(*, totals: PlanTotals, floor_percent: float) -> None:
    """
    Refuse the plan if a complete delivery names too few of the keys we know.

    A new HR system renumbers everybody, and would turn each official into a leaver
    and a joiner.

    floor_percent: share of `totals.subjects_before` to be named again, 0 to 100.

    :raises MostKeysVanished: if fewer are named, and more than five vanished.
    """
    vanished = totals.departures
    if vanished <= 5 or not totals.subjects_before:
        return
    seen_percent = 100 * (totals.subjects_before - vanished) / totals.subjects_before
    if seen_percent < floor_percent:
        raise MostKeysVanished(
            f"Only {seen_percent:.0f} % of the {totals.subjects_before} keys we know are in the "
            f"file; this feed expects {floor_percent:.0f} %. Were its keys renumbered, or is it "
            "another body's file?"
        )
