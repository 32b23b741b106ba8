"""What one run of a feed may do by itself, and how often a delivery is expected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from directory.curating.changing import Deed, changing, write_trail
from directory.curating.remit import FeedRefused
from directory.models import Feed


class WrongLimit(FeedRefused):
    """A limit is no share from 0 to 100 %, or no number."""


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """The limits of a feed, each as the field of `Feed` with its name; None for no cadence."""

    departures_limit_percent: Decimal
    departures_floor: int
    week_departures_limit_percent: Decimal
    week_departures_floor: int
    known_keys_floor_percent: Decimal
    changed_limit_percent: Decimal
    blanked_limit_percent: Decimal
    faults_limit_percent: Decimal
    faults_floor: int
    expected_every_days: int | None


def limits_of(*, feed: Feed) -> FeedLimits:
    """The limits a feed has now."""
    return FeedLimits(**{name: getattr(feed, name) for name in FeedLimits.__dataclass_fields__})


def set_limits(*, feed: Feed, limits: FeedLimits, actor: User, now: datetime) -> Feed:
    """
    What one run of the feed may do by itself, and how often a delivery is expected.

    :raises FeedRefused: by the name of what speaks against it.
    """
    said = asdict(limits)
    for name, value in said.items():
        if name.endswith("_percent") and not (value.is_finite() and 0 <= value <= 100):
            raise WrongLimit("A share is a number from 0 to 100.")
        if name.endswith("_floor") and not 0 <= value <= 1_000_000:
            raise WrongLimit("A number of people or rows is a whole number from 0.")
    if limits.expected_every_days is not None and not 1 <= limits.expected_every_days <= 3_650:
        raise WrongLimit("Days between two deliveries are a whole number from 1 to 3,650.")
    with changing(feed=feed, actor=actor, now=now) as held:
        changed = {
            name: (getattr(held, name), value)
            for name, value in said.items()
            if getattr(held, name) != value
        }
        if changed:
            for name, (_, value) in changed.items():
                setattr(held, name, value)
            held.save(update_fields=list(changed))
            write_trail(feed=held, deed=Deed.LIMITS, note=_told(changed), by=actor, at=now)
    return held


def _told(changed: Mapping[str, tuple[object, object]]) -> str:
    """What changed in words: `departures limit percent 5.00 to 10.00; …`."""
    return "; ".join(
        f"{name.replace('_', ' ')} {'none' if old is None else old} to "
        f"{'none' if new is None else new}"
        for name, (old, new) in changed.items()
    )
