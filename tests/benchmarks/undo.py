"""
How long it takes to undo a run that changed every hundredth official, and a whole first load.

    python -m tests.benchmarks.undo [--people 100000]

Prints a table, and as the last line one JSON object.
"""

import argparse
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from tests.benchmarks.database import own_database
from tests.benchmarks.sync import department_files, sync_file, with_every_hundredth_changed


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Undo the runs of a feed of invented people.")
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with TemporaryDirectory() as folder, own_database(name="directory_benchmark_undo"):
        figures = _measure(folder=Path(folder), people=people)
    for name, value in figures.items():
        print(f"{name:24} {value:10.2f}")
    print(json.dumps(figures))


def _measure(*, folder: Path, people: int) -> dict[str, float]:
    teams, staff = department_files(folder=folder, people=people, seed=1)
    changed = with_every_hundredth_changed(staff)
    sync_file(teams)
    first_seconds, changed_seconds = sync_file(staff), sync_file(changed)
    return {
        "people": people,
        "first_seconds": round(first_seconds, 2),
        "changed_seconds": round(changed_seconds, 2),
        "undo_changed_seconds": round(_undo_last(), 2),
        "undo_first_seconds": round(_undo_last(), 2),
    }


def _undo_last() -> float:
    from django.utils import timezone

    from accounts.models import User
    from directory.models import FeedRun, Grant
    from directory.sync.undoing import undo

    actor = User.objects.known_by("tom.marlow@example.gov.uk")
    Grant.objects.get_or_create(user=actor, role=Grant.Role.ADMINISTRATOR)
    run = FeedRun.objects.filter(state="applied").latest("finished_at")
    start = perf_counter()
    undo(run=run, reason="A benchmark", actor=actor, now=timezone.now())
    return perf_counter() - start


if __name__ == "__main__":
    main()
