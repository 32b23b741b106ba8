"""
What the worst questions cost: those that somebody makes up to keep the database busy.

    python -m tests.benchmarks.search_abuse [--people 50000]

Each kind of attack is made of what the population itself holds (its commonest words, the
beginnings that most share, words one edit from many others), because a word that is nowhere costs
nothing. A question is put to people, with counts beside the filters and without, and to teams,
three times each after one to warm up. A figure is the median of the whole search, statements and
our own work alike.

Prints a table, and as the last line one JSON object.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from django.db import connection

from tests.benchmarks.database import own_database

ROUNDS: Final = 3
#: Questions of each kind of attack.
OF_A_KIND: Final = 4
WORDS: Final = 12
# pragma: allowlist nextline secret - 2026-11-27: letters
LETTERS: Final = "etaoinshrdlucmfwypvbgkjqxz"

#: What an attack is called, and how a question of it is made up.
Attack = tuple[str, Callable[[Random], str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. organisations: slugs of the filter."""

    kind: str
    text: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds that a question took of each search."""

    asked: Asked
    people: float
    counted: float
    teams: float

    @property
    def most(self) -> float:
        """Those of the slowest."""
        return max(self.people, self.counted, self.teams)


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Search under attack.")
    parser.add_argument("--people", type=int, default=50_000)
    options = parser.parse_args()
    with own_database(name="directory_benchmark_search_abuse"):
        from tests.benchmarks.population import populate

        populate(people=options.people)
        asked = list(_questions(Random(5)))
        nothing = _measure(_nothing)
        taken = [Taken(one, *(_measure(ask) for ask in _asking(one))) for one in asked]
        figures = _report(taken, nothing)
    print(json.dumps({"people": options.people} | figures))


def _asking(one: Asked) -> tuple[Callable[[], Any], ...]:
    """The searches for people, with and without counts, and for teams."""
    from directory.search import find
    from directory.visibility import Viewer

    viewer = Viewer(user_id=1)

    def people(facets: bool) -> None:
        with suppress(find.QueryTooLong):  # what is refused costs its reading
            query = find.parse(text=one.text, organisations=one.organisations)
            find.find_people(viewer=viewer, query=query, size=20, facets=facets)

    def teams() -> None:
        with suppress(find.QueryTooLong):
            find.find_teams(viewer=viewer, text=one.text, organisations=one.organisations)

    return partial(people, False), partial(people, True), teams


def _nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _measure(ask: Callable[[], None]) -> float:
    """Milliseconds: the median of `ROUNDS`, after one to warm up."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = perf_counter()
        ask()
        taken.append((perf_counter() - start) * 1000)
    return median(taken[1:])


def _report(taken: Sequence[Taken], nothing: float) -> dict[str, float | str]:
    print(
        f"{'milliseconds':26} {'asked':>6} {'median':>9} {'slowest':>9} {'counts':>9} {'teams':>9}"
    )
    for kind in dict.fromkeys(one.asked.kind for one in taken):
        mine = [one for one in taken if one.asked.kind == kind]
        print(
            f"{kind:26} {len(mine):6} {median(one.people for one in mine):9.1f}"
            f" {max(one.people for one in mine):9.1f} {max(one.counted for one in mine):9.1f}"
            f" {max(one.teams for one in mine):9.1f}"
        )
    slowest = max(taken, key=lambda one: one.most)
    print(f"the slowest: {slowest.asked.text[:150]!a}")
    return {
        "slowest_ms": round(slowest.most, 1),
        "slowest_kind": slowest.asked.kind,
        "select_1_ms": round(nothing, 3),
        "slowest_ratio_select_1": round(slowest.most / nothing),
    }


def _questions(random: Random) -> Iterator[Asked]:
    """`OF_A_KIND` questions of every attack; those with every filter besides."""
    for kind, question in _attacks():
        for _ in range(OF_A_KIND):
            yield Asked(kind, question(random))
    slugs = tuple(_column("SELECT slug FROM directory_organisation ORDER BY slug LIMIT 50"))
    common = _terms("name", most=200)
    for _ in range(OF_A_KIND):
        yield Asked("common words, every body", _some(random, common, 6), slugs)


def _attacks() -> list[Attack]:
    names, titles = _terms("name", most=40), _terms("title", most=40)
    team_words = _terms("team word", most=40)
    long_names = _terms("name", most=4000, letters=8)
    prefixes = {n: _terms("prefix", most=60, exactly=n) for n in (1, 2, 3)}
    labels = _column(
        "SELECT word FROM directory_searchlabel GROUP BY word ORDER BY count(*) DESC LIMIT 60"
    )
    crowded = _column(_CROWDED)
    addresses = _column(
        "SELECT left(email, position('@' IN email) + 1) FROM directory_searchentry"
        " WHERE length(email) BETWEEN 6 AND 26 ORDER BY person_id LIMIT 200"
    )
    letters = [chr(code) for code in range(0x100, 0xD7FF) if chr(code).isalpha()]
    digits = _column(_COMMON_DIGITS)
    return [
        ("commonest words", lambda r: _some(r, names[:14] + titles[:14] + team_words[:14])),
        ("commonest names", lambda r: _some(r, names)),
        ("commonest of titles", lambda r: _some(r, titles)),
        ("commonest of teams", lambda r: _some(r, team_words)),
        ("commonest labels", lambda r: _some(r, labels)),
        ("single letters", lambda r: _some(r, list(LETTERS))),
        ("one letter", lambda r: r.choice(prefixes[1])),
        ("two letters each", lambda r: _some(r, prefixes[2])),
        ("three letters each", lambda r: _some(r, prefixes[3])),
        ("beginnings of many", lambda r: _some(r, [name[:4] for name in names + titles])),
        ("beginnings of each other", lambda r: " ".join(_begun(r.choice(titles), r.choice(names)))),
        (
            "long, misspelt",
            lambda r: _some(r, [_misspelt(r, name) for name in r.sample(long_names, 40)]),
        ),
        ("short, misspelt", lambda r: _some(r, [_misspelt(r, word) for word in crowded])),
        ("one edit from many", lambda r: _some(r, crowded)),
        ("one common, rest nowhere", lambda r: f"{r.choice(names)} {_some(r, _nowhere(r), 11)}"),
        ("nowhere", lambda r: _some(r, _nowhere(r))),
        ("the same letter, 60 times", lambda r: _some(r, [letter * 15 for letter in LETTERS])),
        ("500 times one letter", lambda r: r.choice(LETTERS) * 200),
        ("questions of passing words", lambda r: f"who does the {_some(r, names, 4)} for us"),
        ("twelve addresses", lambda r: _some(r, addresses)),
        ("digits of many numbers", lambda r: r.choice(digits)),
        ("200 digits", lambda r: "".join(r.choices("0123456789", k=200))),
        ("digits among words", lambda r: f"{r.choice(digits)} {_some(r, names, 11)}"),
        ("marks on marks", lambda r: r.choice(names) + "\u0301" * 190),
        (
            "letters of every script",
            lambda r: _some(r, ["".join(r.choices(letters, k=9)) for _ in "a" * 12]),
        ),
    ]


_CROWDED: Final = """
    SELECT left(part, 3) FROM (
        SELECT spelling AS part, count(*) AS terms
          FROM directory_searchterm CROSS JOIN unnest(spellings(term)) AS spelling
         WHERE space IN ('name', 'title', 'team word') AND length(spelling) > 2
         GROUP BY spelling ORDER BY count(*) DESC LIMIT 60) AS crowd"""

_COMMON_DIGITS: Final = """
    SELECT part FROM (
        SELECT substr(phones, place, 4) AS part
          FROM directory_searchentry CROSS JOIN generate_series(1, 8) AS place
         WHERE length(phones) > 10 LIMIT 100000) AS parts
     GROUP BY part ORDER BY count(*) DESC LIMIT 20"""


def _terms(space: str, *, most: int, letters: int = 1, exactly: int = 0) -> list[str]:
    """The terms of a space that most people hold, of so many letters at least, or exactly."""
    return _column(
        "SELECT term FROM directory_searchterm"
        " WHERE space = %s AND length(term) >= %s AND (%s = 0 OR length(term) = %s)"
        " ORDER BY people DESC, term LIMIT %s",
        [space, letters, exactly, exactly, most],
    )


def _column(sql: str, values: Sequence[Any] = ()) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [value for (value,) in cursor.fetchall()]


def _some(random: Random, words: Sequence[str], count: int = WORDS) -> str:
    """Different words, as many as a question takes, and no more than fit into it."""
    chosen = random.sample(list(dict.fromkeys(words)), k=min(count, len(set(words))))
    taken: list[str] = []
    for word in chosen:
        if len(" ".join([*taken, word])) <= 200:
            taken.append(word)
    return " ".join(taken)


def _misspelt(random: Random, word: str) -> str:
    """The word with two letters changed places and one put in."""
    place = random.randrange(len(word) - 1)
    turned = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return turned[: place + 1] + random.choice(LETTERS) + turned[place + 1 :]


def _begun(*words: str) -> list[str]:
    """Every beginning of the words, as many as a question takes: whoever fits one fits them all."""
    begun = dict.fromkeys(word[:end] for word in words for end in range(1, len(word) + 1))
    return list(begun)[:WORDS]


def _nowhere(random: Random) -> list[str]:
    return ["".join(random.choices("zxqjv", k=12)) for _ in range(40)]


if __name__ == "__main__":
    main()
