"""
SIGKILL at random moments: no state between two, nothing stuck, and soon all is as it should be.

    python -m tests.campaigns.kills [--worker 100] [--database 100] [--seed 1] [--people 1000]

On a PostgreSQL server of its own, whose first process is killed, or all of them. Prints a line
for each kill, a table, and as the last line one JSON object; ends with 1 if a promise of
docs/operations.md is broken.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from tests.campaigns.place import own_place

if TYPE_CHECKING:
    from tests.campaigns.killing import Kill, Killer

#: Within a minute a run is carried out as if nobody had been killed.
RECOVERED_WITHIN_SECONDS = 60
_LOG_LINES = 100


def main() -> None:
    """Run the campaign and print what came of it."""
    parser = argparse.ArgumentParser(description="Kill the worker and the database.")
    parser.add_argument("--worker", type=int, default=100, help="kills of the worker")
    parser.add_argument("--database", type=int, default=100, help="kills of the database")
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with own_place() as place:
        log = place / "worker.log"
        log.touch()
        try:
            figures = _campaign(place=place, log=log, options=options)
        except Exception:
            print(_end_of(log))
            raise
        is_kept = _is_kept(figures)
        if not is_kept:
            print(_end_of(log))
    print(json.dumps(figures))
    if not is_kept:
        raise SystemExit(1)


def _end_of(log: Path) -> str:
    """What the workers said last; their log goes with the place."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-_LOG_LINES:])


def _campaign(*, place: Path, log: Path, options: argparse.Namespace) -> dict[str, float]:
    # Only now there are settings to import them with.
    from tests.campaigns.department import make_department
    from tests.campaigns.killing import Killer

    chance = Random(options.seed)
    department = make_department(folder=place / "feeds", people=options.people, seed=options.seed)
    victims = ["worker"] * options.worker
    victims += [("server", "machine")[number % 2] for number in range(options.database)]
    chance.shuffle(victims)
    killer = Killer(department=department, log=log, chance=chance)
    kills: list[Kill] = []
    try:
        killer.learn()
        for kill in _kills(killer=killer, victims=victims):
            kills.append(kill)
            print(_line(len(kills), kill), flush=True)
    finally:
        killer.stop()
    _print_table(kills)
    return _figures(kills=kills, restarts=killer.restarts)


def _kills(*, killer: "Killer", victims: Sequence[str]) -> Iterator["Kill"]:
    """Every victim killed once, every second time in the apply; none after one gets stuck."""
    for number, victim in enumerate(victims):
        kill = None
        while kill is None:
            kill = killer.kill(victim=victim, in_apply=number % 2 == 1)
        yield kill
        if kill.recovered_seconds is None:
            return


def _line(number: int, kill: "Kill") -> str:
    seconds = "never" if kill.recovered_seconds is None else f"{kill.recovered_seconds:.1f} s"
    exact = "as undisturbed" if kill.is_exact else "NOT AS UNDISTURBED"
    return (
        f"{number:4} {kill.victim:8} killed while {kill.step:9} found {kill.found:8}"
        f" recovered after {seconds:>7}, {exact}"
    )


def _print_table(kills: Sequence["Kill"]) -> None:
    groups: dict[tuple[str, str], list[Kill]] = defaultdict(list)
    for kill in kills:
        groups[kill.victim, kill.step].append(kill)
    print(
        f"\n{'killed':8} {'while':9} {'kills':>5} {'before':>6} {'after':>6} {'median':>7} slowest"
    )
    for (victim, step), group in sorted(groups.items()):
        found = [kill.found for kill in group]
        seconds = [kill.recovered_seconds or float("inf") for kill in group]
        print(
            f"{victim:8} {step:9} {len(group):5} {found.count('before'):6} {found.count('after'):6}"
            f" {median(seconds):6.1f}s {max(seconds):6.1f}s"
        )


def _figures(*, kills: Sequence["Kill"], restarts: int) -> dict[str, float]:
    from django.utils import timezone

    from directory.checking.check import check_directory
    from directory.models import FeedRun
    from directory.sync.keeping import UNFINISHED

    broken = [found for _, found in check_directory(now=timezone.now()) if found.count]
    never_recovered = sum(kill.recovered_seconds is None for kill in kills)
    seconds = [kill.recovered_seconds or 0 for kill in kills]
    return {
        "kills": len(kills),
        "worker_kills": sum(kill.victim == "worker" for kill in kills),
        "database_kills": sum(kill.victim != "worker" for kill in kills),
        "partial_states": sum(kill.found == "between" for kill in kills),
        "inexact_recoveries": sum(not kill.is_exact for kill in kills),
        "stuck_runs": max(FeedRun.objects.filter(UNFINISHED).count(), never_recovered),
        "broken_invariants": len(broken),
        "worker_restarts": restarts,
        "slowest_recovery_seconds": round(max(seconds, default=0), 1),
    }


def _is_kept(figures: dict[str, float]) -> bool:
    wrong = ("partial_states", "inexact_recoveries", "stuck_runs", "broken_invariants")
    in_time = figures["slowest_recovery_seconds"] <= RECOVERED_WITHIN_SECONDS
    return in_time and not any(figures[name] for name in wrong)


if __name__ == "__main__":
    main()
