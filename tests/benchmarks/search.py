"""
How fast people are found, beside tantivy in process, in the same run.

    python -m tests.benchmarks.search [--people 500000] [--questions 400]

A mix of questions as people type them: beginnings of names, full names, misspelt ones, words of
titles and teams, expertise, addresses and numbers; some with filters, some with counts beside the
filters. Each is put to both in random order, five times; a question's figure is its median. What is
timed here is what the database takes for it, as the program sees it: every statement of the search,
and not those that read what is shown of the people found.

Then suggestions and searches with counts go over HTTP (`search_http`), beside an empty answer.

Prints a table, and as the last line one JSON object.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, Final
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from django.db import connection

from tests.benchmarks.database import own_database

ROUNDS: Final = 5
#: Kind of question, and how many in a hundred are of it.
MIX: Final = {"begun": 40, "full": 25, "misspelt": 10, "work": 10, "expertise": 10, "contact": 5}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the mix."""

    kind: str
    text: str
    organisation: str = ""
    facets: bool = False


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Search speed.")
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    with own_database(name="directory_benchmark_search"):
        from tests.benchmarks import search_http
        from tests.benchmarks.population import populate, search_bytes
        from tests.benchmarks.tantivy_peer import Peer

        seconds = populate(people=options.people)
        asked = _mix(options.questions, Random(11))
        times = _measure(asked, Peer())
        figures: dict[str, float] = {
            "people": options.people,
            "build_seconds": round(seconds, 1),
            "bytes_per_person": round(search_bytes() / options.people),
        }
        served = search_http.measure(
            begun=[one.text for one in asked if one.kind == "begun"],
            asked=[one.text for one in asked],
        )
    print(json.dumps(figures | _report(asked, times) | _report_served(served)))


def _measure(asked: Sequence[Asked], peer: Any) -> dict[str, list[float]]:
    """Milliseconds of each question by engine: the median of `ROUNDS`."""
    from directory.search import find
    from directory.visibility import Viewer

    def ours(one: Asked) -> float:
        query = find.parse(text=one.text, organisations=[one.organisation] * bool(one.organisation))
        spent = 0.0

        def timer(execute: Callable[..., Any], *call: Any) -> Any:
            nonlocal spent
            start = perf_counter()
            try:
                return execute(*call)
            finally:
                spent += perf_counter() - start

        with connection.execute_wrapper(timer):
            find.find_people(
                viewer=Viewer(user_id=1), query=query, size=10, facets=one.facets, exactly=False
            )
        return spent

    def theirs(one: Asked) -> float:
        query = find.parse(text=one.text, organisations=[one.organisation] * bool(one.organisation))
        start = perf_counter()
        peer.find(query, facets=one.facets)
        return perf_counter() - start

    def nothing(one: Asked) -> float:
        start = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return perf_counter() - start

    engines = {"ours": ours, "tantivy": theirs, "select 1": nothing}
    taken: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in engines}
    random = Random(12)
    with patch.object(find, "show", lambda **_: ()):
        for _ in range(ROUNDS + 1):  # the first is to warm up
            turns = [(name, number) for name in engines for number in range(len(asked))]
            random.shuffle(turns)
            for name, number in turns:
                taken[name][number].append(engines[name](asked[number]) * 1000)
    return {name: [median(rounds[1:]) for rounds in questions] for name, questions in taken.items()}


def _report(asked: Sequence[Asked], times: dict[str, list[float]]) -> dict[str, float]:
    print(f"{'milliseconds':14} {'asked':>6}" + "".join(f"{e:>27}" for e in times))
    print(f"{'':21}" + "".join(f"{'p50':>9}{'p95':>9}{'p99':>9}" for _ in times))
    groups: dict[str, Callable[[Asked], bool]] = {
        **{kind: lambda one, kind=kind: one.kind == kind for kind in MIX},  # type: ignore[misc]
        "with counts": lambda one: one.facets,
        "with filters": lambda one: bool(one.organisation),
        "all": lambda one: True,
    }
    for name, belongs in groups.items():
        mine = [number for number, one in enumerate(asked) if belongs(one)]
        line = f"{name:14} {len(mine):6}"
        for engine in times.values():
            values = [engine[number] for number in mine]
            line += "".join(f"{_percentile(values, p):9.2f}" for p in (50, 95, 99))
        print(line)
    slowest = sorted(range(len(asked)), key=lambda number: -times["ours"][number])[:8]
    for number in slowest:
        print(f"    {times['ours'][number]:7.1f} ms  {asked[number]}")
    ours, theirs = times["ours"], times["tantivy"]
    return {
        "db_p50_ratio_tantivy": round(_percentile(ours, 50) / _percentile(theirs, 50), 2),
        "db_p95_ratio_tantivy": round(_percentile(ours, 95) / _percentile(theirs, 95), 2),
        "db_p50_ms": round(_percentile(ours, 50), 2),
        "db_p95_ms": round(_percentile(ours, 95), 2),
        "db_max_ms": round(max(ours), 1),
    }


def _report_served(served: dict[str, list[float]]) -> dict[str, float]:
    print(f"{'over HTTP':14} {'asked':>6}{'p50':>9}{'p95':>9}{'p99':>9}")
    for kind, values in served.items():
        figures = "".join(f"{_percentile(values, p):9.2f}" for p in (50, 95, 99))
        print(f"{kind:14} {len(values):6}{figures}")
    p95 = {kind: _percentile(values, 95) for kind, values in served.items()}
    return {
        "suggest_p95_ratio_empty": round(p95["suggest"] / p95["empty"], 2),
        "search_p95_ratio_empty": round(p95["search"] / p95["empty"], 2),
    }


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _mix(count: int, random: Random) -> list[Asked]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name, family_name, email, phone, title, team.name, body.slug"
            "  FROM directory_person person"
            "  JOIN directory_appointment held ON held.person_id = person.id"
            "  JOIN directory_post post ON post.id = held.post_id"
            "  JOIN directory_team team ON team.id = post.team_id"
            "  JOIN directory_organisation body ON body.id = team.organisation_id"
            " WHERE length(given_name) > 3 AND length(family_name) > 3"
            " ORDER BY md5(person.id::text) LIMIT %s",
            [count],
        )
        people = cursor.fetchall()
        cursor.execute("SELECT preferred_label FROM directory_expertisetag")
        labels = [label for (label,) in cursor.fetchall()]
    kinds = [kind for kind, share in MIX.items() for _ in range(share * count // 100)]
    asked = []
    for kind, person in zip(kinds, people, strict=False):
        one = Asked(kind, _text(kind, person, labels, random))
        if kind in ("full", "work", "expertise", "misspelt"):
            one = replace(one, facets=random.random() < 0.6)
            if random.random() < 0.25:
                one = replace(one, organisation=person[6])
        asked.append(one)
    return asked


def _text(kind: str, person: Sequence[str], labels: Sequence[str], random: Random) -> str:
    given, family, email, phone, title, team, _ = person
    if kind == "begun":
        typed = random.choice([given, family, f"{given} {family}"])
        return typed[: random.randint(1, len(typed))]
    if kind == "full":
        return random.choice([f"{given} {family}", f"{family} {given}"])
    if kind == "misspelt":
        place = random.randrange(1, len(family) - 1)
        return f"{given} {family[:place]}{family[place + 1 :]}"
    if kind == "work":
        return random.choice([title, team, title.split()[0], f"{given} {title.split()[0]}"])
    if kind == "expertise":
        label = random.choice(labels)
        return random.choice([label, f"who deals with {label}", label.split()[0]])
    return random.choice([email, email[: random.randint(6, len(email))], phone, phone[-8:]])


if __name__ == "__main__":
    main()
