"""
What a feed of people should come to, told in plain dicts: no database, no product code.

The feed machine delivers the same files to the product and to this, and compares the two
after every step. Rows here are simple enough to be right at a glance: keys are `K0`, `K1` …,
a manager always has a lower number than those they manage, so that no line leads back to
itself, and every e-mail address is one person's.
"""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

Row = dict[str, str]

#: Fields that make a post another one when they change.
PLACE = ("unit_code", "grade")

_tokens = count(1)


@dataclass
class Holding:
    """What a feed says about one key: the row, and whom we take it to be about."""

    row: Row
    person: int


@dataclass
class Delivery:
    """
    One file.

    rows: by key, in the file's order. in_error: keys whose row cannot be applied.
    keyless: a row without a key stands in the file as well.
    """

    rows: dict[str, Row]
    day: int
    complete: bool = True
    in_error: frozenset[str] = frozenset()
    keyless: bool = False


@dataclass
class FeedModel:
    """
    current: what the feed vouches for, by key. departed: the last that was said of others.
    day: the day the feed stands at, None before its first applied delivery.
    before: the states that undoing goes back to, the newest last.
    stayed: whom undoing left, because somebody had said something of them by hand; under their
        key they are known again.
    """

    current: dict[str, Holding] = field(default_factory=dict)
    departed: dict[str, Holding] = field(default_factory=dict)
    day: int | None = None
    before: list["FeedModel"] = field(default_factory=list)
    stayed: dict[str, Holding] = field(default_factory=dict)

    def departures(self, delivery: Delivery) -> set[str]:
        """The keys that the delivery marks as gone."""
        left = {
            key
            for key, row in delivery.rows.items()
            if row["status"] == "left" and key in self.current and key not in delivery.in_error
        }
        if not delivery.complete or delivery.keyless:
            return left
        return left | (self.current.keys() - delivery.rows.keys())

    def is_stale(self, delivery: Delivery) -> bool:
        """Whether the delivery describes an earlier day than the feed stands at."""
        return self.day is not None and delivery.day < self.day

    def apply(self, delivery: Delivery) -> None:
        """The feed's part of the directory, once the delivery is applied."""
        self.before.append(FeedModel(deepcopy(self.current), deepcopy(self.departed), self.day))
        self.day = delivery.day
        gone = self.departures(delivery)
        for key, row in delivery.rows.items():
            if key in delivery.in_error:
                continue
            if row["status"] == "left":
                if key in gone:
                    self.current[key].row = dict(row)
            else:
                self.current[key] = Holding(dict(row), self._person(key, row))
                self.departed.pop(key, None)
        for key in gone:
            self.departed[key] = self.current.pop(key)

    def undo(self, *, edited: Collection[int]) -> None:
        """The state before the last applied delivery, and whoever it made and is `edited` since."""
        earlier = self.before.pop()
        before = {
            holding.person for holding in (*earlier.current.values(), *earlier.departed.values())
        }
        self.stayed |= {
            key: holding
            for key, holding in self.current.items()
            if holding.person in edited and holding.person not in before
        }
        self.current, self.day = earlier.current, earlier.day
        self.departed = earlier.departed | {
            key: holding for key, holding in self.stayed.items() if key not in earlier.current
        }

    def _person(self, key: str, row: Row) -> int:
        """The same person under the same key, unless one of another name left it behind."""
        if key in self.current:
            return self.current[key].person
        known = self.departed.get(key)
        if known and (_is_same(known.row, row)):
            return known.person
        return next(_tokens)


def _is_same(held: Mapping[str, str], said: Mapping[str, str]) -> bool:
    """Whether somebody who comes back under a key is the one who left it."""
    same_name = (held["given_name"], held["family_name"]) == (
        said["given_name"],
        said["family_name"],
    )
    return same_name or (said["email"] != "" and said["email"] == held["email"])
