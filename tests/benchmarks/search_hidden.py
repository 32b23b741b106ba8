"""
Whether the time of a search tells that somebody is hidden.

    python -m tests.benchmarks.search_hidden [--people 20000] [--pairs 1000]

Two comparisons, each of so many pairs of searches in turn, in random order, with new connections
every now and then, since one server process may be faster than another for all of its life:

- the same question in two databases with the same people, in one of which somebody was listed and
  is protected since: their names, whole, begun and misspelt, their title, address and number;
- in that database, their name and one of the same shape that nobody ever had.

Times are compared by the Mann-Whitney test (normal approximation, corrected for ties). Beside p
stands the p of two databases, or two names, with nobody behind them: what chance and the places of
rows on the disk do. A p below 0.01 would mean that time tells.

Prints a table, and as the last line one JSON object.
"""

import argparse
import gc
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import erfc, sqrt
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from django.db import connections

from tests.benchmarks.database import own_database

NAME: Final = "directory_benchmark_search_hidden"
#: Copies of it: two without somebody, and one with them.
ONE, OTHER, WITH = COPIES = (f"{NAME}_one", f"{NAME}_other", f"{NAME}_with")
#: Pairs for which connections are kept, after some to warm up.
A_CONNECTION: Final = 50
WARM_UP: Final = 5

#: Nobody else has a name or a word near these.
GIVEN, FAMILY = "Xqvzorb", "Jwqyxilt"
QUESTIONS: Final = (
    f"{GIVEN} {FAMILY}",
    FAMILY,
    FAMILY[:5],
    "jwqyxlt",
    f"sarah {FAMILY}",
    f"policy adviser {FAMILY}",
    "saboteur",
    "xqvzorb.jwqyxilt@ha.example",
    "020 7946 0777",
)
#: Their name, and two like it that nobody ever had.
NAMES: Final = (f"{GIVEN} {FAMILY}", "Kvxzurq Vjwqzolk", "Qzkvarx Wxqjvumk")


class Put(NamedTuple):
    """A question, and the database it is put to."""

    text: str
    database: str


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Whether time tells of hidden people.")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--pairs", type=int, default=1_000)
    options = parser.parse_args()
    with own_database(name=NAME):
        from tests.benchmarks.population import populate

        populate(people=options.people)
        with _copies():
            figures = _compare(options.pairs, Random(17))
    print(json.dumps({"people": options.people, "pairs": options.pairs} | figures))


@contextmanager
def _copies() -> Iterator[None]:
    """The copies, in the last of which somebody was listed and is not."""
    owner = connections["owner"]
    connections["default"].close()
    owner.close()
    try:
        for name in COPIES:
            _maintain(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            _maintain(f"CREATE DATABASE {name} TEMPLATE {NAME}")
        with _looking_at(WITH):
            _hide_somebody()
        for name in COPIES:
            # Not analysed again: each would draw another sample, and may be planned otherwise.
            _maintain("VACUUM (INDEX_CLEANUP ON)", database=name)
        yield
    finally:
        for name in COPIES:
            _maintain(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _maintain(statement: str, *, database: str = "postgres") -> None:
    """As the owner, outside any transaction; names are our own constants."""
    apart: Any = connections["owner"].copy()
    apart.settings_dict["NAME"] = database
    try:
        with apart.cursor() as cursor:
            cursor.execute(statement)
    finally:
        apart.close()


@contextmanager
def _looking_at(database: str) -> Iterator[Any]:
    """The serving role's connection to one of the databases, in the place of the default one."""
    before = connections["default"]
    apart: Any = before.copy()
    apart.settings_dict["NAME"] = database
    connections["default"] = apart
    try:
        yield apart
    finally:
        connections["default"] = before
        apart.close()


def _hide_somebody() -> None:
    """Somebody who was listed, with words of their own, and is protected now."""
    from directory.models import Person, Team
    from directory.projection import project_people
    from tests.people import make_person

    person = make_person(
        GIVEN,
        FAMILY,
        title="Saboteur",
        team=Team.objects.order_by("slug")[0],
        email="xqvzorb.jwqyxilt@ha.example",
    )
    person.phone = "020 7946 0777"
    person.save()
    project_people(person_ids=[person.pk])
    person.listing = Person.Listing.PROTECTED
    person.save()
    project_people(person_ids=[person.pk])


def _compare(pairs: int, random: Random) -> dict[str, float]:
    print(f"{'microseconds':36} {'without':>9} {'without':>9} {'with':>9} {'p chance':>9} {'p':>9}")
    compared = {text: (Put(text, ONE), Put(text, OTHER), Put(text, WITH)) for text in QUESTIONS} | {
        "never was / never was / hidden": (
            Put(NAMES[1], WITH),
            Put(NAMES[2], WITH),
            Put(NAMES[0], WITH),
        )
    }
    chance, hidden = [], []
    for name, put in compared.items():
        one, other, with_them = _times(put, pairs, random)
        chance.append(mann_whitney(one, other))
        hidden.append(mann_whitney(one, with_them))
        medians = "".join(f"{median(times) * 1e6:10.0f}" for times in (one, other, with_them))
        print(f"{name:36}{medians} {chance[-1]:9.3f} {hidden[-1]:9.3f}")
    return {
        "smallest_p": round(min(hidden), 4),
        "smallest_p_of_chance": round(min(chance), 4),
        "comparisons_below_0_01": sum(p < 0.01 for p in hidden),
        "of_chance_below_0_01": sum(p < 0.01 for p in chance),
    }


def _times(put: Sequence[Put], pairs: int, random: Random) -> list[list[float]]:
    """Seconds of each search, of each of those put in turn."""
    from directory.search import find
    from directory.visibility import Viewer

    viewer = Viewer(user_id=1)
    queries = [find.parse(text=one.text) for one in put]
    taken: list[list[float]] = [[] for _ in put]
    for _ in range(0, pairs, A_CONNECTION):
        with _connected(put) as opened:
            for number in range(A_CONNECTION + WARM_UP):
                gc.collect(0)
                for place in random.sample(range(len(put)), k=len(put)):
                    connections["default"] = opened[put[place].database]
                    start = perf_counter()
                    find.find_people(viewer=viewer, query=queries[place])
                    if number >= WARM_UP:
                        taken[place].append(perf_counter() - start)
    return taken


@contextmanager
def _connected(put: Sequence[Put]) -> Iterator[dict[str, Any]]:
    """A connection of the serving role to each of the databases."""
    before: Any = connections["default"]
    opened: dict[str, Any] = {one.database: before.copy() for one in put}
    for name, apart in opened.items():
        apart.settings_dict["NAME"] = name
    gc.disable()
    try:
        yield opened
    finally:
        gc.enable()
        connections["default"] = before
        for apart in opened.values():
            apart.close()


def mann_whitney(one: Sequence[float], other: Sequence[float]) -> float:
    """
    How likely two samples of one and the same thing differ as much: two-sided p.

    Source: Mann and Whitney 1947, with the normal approximation, which some twenty values on
    each side allow.
    """
    ranks = _ranks([*one, *other])
    least = sum(ranks[: len(one)]) - len(one) * (len(one) + 1) / 2
    count = len(one) + len(other)
    ties = sum(n**3 - n for n in Counter([*one, *other]).values())
    spread = sqrt(len(one) * len(other) / 12 * (count + 1 - ties / (count * (count - 1))))
    if not spread:
        return 1.0
    return erfc(abs(least - len(one) * len(other) / 2) / spread / sqrt(2))


def _ranks(values: Sequence[float]) -> list[float]:
    """The place of each value among all, from 1; equal ones share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for place in order[at:end]:
            ranks[place] = (at + 1 + end) / 2
        at = end
    return ranks


if __name__ == "__main__":
    main()
