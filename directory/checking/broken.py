"""What is found to break an invariant: how many, and a few of them by id."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

#: Ids shown for one invariant: enough to start looking.
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Broken:
    """
    count: how many rows break the invariant.
    examples: ids of the first of them, never anything about a person.
    """

    count: int
    examples: tuple[str, ...]


def count_broken(*, ids: Iterable[object]) -> Broken:
    """Count the ids and keep the first few, however many there are."""
    walk = iter(ids)
    examples = tuple(str(each) for each in islice(walk, EXAMPLES))
    return Broken(len(examples) + sum(1 for _ in walk), examples)
