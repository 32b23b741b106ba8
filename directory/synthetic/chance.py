"""
Chance that falls the same way on every machine and every Python.

The language promises the same sequence only for `random()` itself, never for
`choice`, `shuffle` or `sample`; so those are made here from `random()` alone.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """
    One stream of chance. Its operands are positional, as those of `random.Random` are.

    seed, purpose: streams of different purposes never disturb each other, so one more
        joiner in one organisation changes nothing in another.
    """

    __slots__ = ("fraction",)

    def __init__(self, *, seed: int, purpose: str) -> None:
        #: Draws a number from 0 up to, but not including, 1.
        # Safe, 27 November 2026: it draws invented people, and no secrets.
        self.fraction = Random(f"{seed}/{purpose}").random  # nosec B311

    def below(self, limit: int, /) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.fraction() * limit)

    def percent(self, share: float, /) -> bool:
        """True in `share` of a hundred draws."""
        return self.fraction() * 100 < share

    def pick(self, items: Sequence[T], /) -> T:
        """
        One of the items, each as likely.

        :raises IndexError: if there are none.
        """
        return items[int(self.fraction() * len(items))]

    def shuffle(self, items: list[T], /) -> None:
        """Bring a list into another order, in place."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def sample(self, items: Sequence[T], count: int, /) -> list[T]:
        """Up to `count` different items, in the order drawn."""
        pool = list(items)
        count = min(count, len(pool))
        for place in range(count):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]


class Weighted(Generic[T]):
    """
    Items drawn by whole-number weights; whole, so that no rounding differs between machines.

    :raises ValueError: if there is no item.
    """

    __slots__ = ("_bounds", "_total", "items")

    def __init__(self, *, pairs: Iterable[tuple[T, int]]) -> None:
        listed = list(pairs)
        if not listed:
            raise ValueError("A draw needs at least one item.")
        self.items: tuple[T, ...] = tuple(item for item, _ in listed)
        self._bounds = list(accumulate(weight for _, weight in listed))
        self._total = self._bounds[-1]

    def draw(self, chance: Chance, /) -> T:
        """One of the items."""
        return self.items[bisect_right(self._bounds, chance.below(self._total))]


def ranked(items: Sequence[T]) -> Weighted[T]:
    """
    Weights that fall with the place in the list, as the frequencies of names and words do (Zipf).

    items: most frequent first.
    """
    head = 3 + len(items) // 80
    return Weighted(pairs=[(item, 1_000_000 // (place + head)) for place, item in enumerate(items)])
