"""
How long a search takes while a large delivery is applied, beside a quiet directory.

    python -m tests.benchmarks.search_during_sync [--people 100000]

One department is synced first; then another of the same size is, while a process of its own
searches one search after the other: words as they are typed, full names, and a page with its
counts. Prints a table, and as the last line one JSON object. A search that fails stops the
benchmark.
"""

import argparse
import json
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from tests.benchmarks.database import own_database
from tests.benchmarks.sync import department_files, sync_file

#: Searches before the delivery, with nothing else to do; enough for a steady p95.
QUIET_SEARCHES = 400

Answer = tuple[list[float], list[float]]


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Search while a delivery is applied.")
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with (
        TemporaryDirectory() as folder,
        own_database(name="directory_benchmark_search_during_sync") as vacuum,
    ):
        figures = _measure(folder=Path(folder), people=people, vacuum=vacuum)
    for name, value in figures.items():
        print(f"{name:24} {value:10.2f}")
    print(json.dumps(figures))


def _measure(*, folder: Path, people: int, vacuum: Callable[[], None]) -> dict[str, float]:
    for number in (1, 2):
        teams, staff = department_files(folder=folder / str(number), people=people, seed=number)
        sync_file(teams, feed=f"benchmark-{number}")
        if number == 1:
            sync_file(staff, feed="benchmark-1")
    vacuum()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    quiet_over, applied = context.Event(), context.Event()
    searcher = context.Process(target=_search, args=(theirs, quiet_over, applied))
    _close_connections()
    searcher.start()
    theirs.close()
    quiet_over.wait(timeout=600)
    start = perf_counter()
    sync_file(staff, feed="benchmark-2")
    apply_seconds = perf_counter() - start
    applied.set()
    quiet, busy = cast(Answer, ours.recv())
    searcher.join()
    return {
        "people": people,
        "apply_seconds": round(apply_seconds, 2),
        "quiet_searches": len(quiet),
        "busy_searches": len(busy),
        "quiet_p50_ms": round(_percentile(quiet, 50), 2),
        "quiet_p95_ms": round(_percentile(quiet, 95), 2),
        "busy_p50_ms": round(_percentile(busy, 50), 2),
        "busy_p95_ms": round(_percentile(busy, 95), 2),
        "busy_p95_ratio_quiet": round(_percentile(busy, 95) / _percentile(quiet, 95), 2),
    }


def _search(answers: Connection, quiet_over: Event, applied: Event) -> None:
    """Search until the delivery is applied; answer with the milliseconds before and during."""
    from django.db import connection

    from directory.search.find import find_people, parse
    from directory.visibility import Viewer

    with connection.cursor() as cursor:
        cursor.execute("SELECT given_name, family_name FROM directory_person LIMIT 2000")
        names = cursor.fetchall()
    chance = Random(7)

    def once() -> float:
        given, family = chance.choice(names)
        typed = chance.choice([family[:3], family[:5], f"{given} {family}", f"{family} policy"])
        start = perf_counter()
        find_people(
            viewer=Viewer(user_id=1), query=parse(text=typed), facets=chance.random() < 0.25
        )
        return (perf_counter() - start) * 1_000

    for _ in range(50):
        once()
    quiet = [once() for _ in range(QUIET_SEARCHES)]
    quiet_over.set()
    busy = []
    while not applied.is_set():
        busy.append(once())
    answers.send((quiet, busy))


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _close_connections() -> None:
    """A process that is forked off must not share our connections."""
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
