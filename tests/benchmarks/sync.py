"""
How fast a table feed is synced, beside plain csv.reader and COPY of the same file.

    python -m tests.benchmarks.sync [--people 100000]

Prints a table, and as the last line one JSON object. Everybody is loaded a second
time, into a database that records nothing, to tell what the audit costs. The yardstick reads the
file with csv.reader and copies every column, row by row, into a logged table with a key, committed.
Memory is the peak of this process, in MB; PostgreSQL's own is not in it.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from tests.benchmarks.database import own_database

COLUMNS = (
    "source_key given_name family_name email job_title grade unit_code manager_key phone"
    " location start_date status"
).split()


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Sync a table feed of invented people.")
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with TemporaryDirectory() as folder:
        with own_database(name="directory_benchmark_sync"):
            figures = _measure(folder=Path(folder), people=people)
        with own_database(name="directory_benchmark_sync"):
            unaudited = _seconds_without_audit(folder=Path(folder))
    figures["first_unaudited_seconds"] = round(unaudited, 2)
    figures["first_ratio_unaudited"] = round(figures["first_seconds"] / unaudited, 2)
    for name, value in figures.items():
        print(f"{name:24} {value:10.2f}")
    print(json.dumps(figures))


def _measure(*, folder: Path, people: int) -> dict[str, float]:
    teams, staff = department_files(folder=folder, people=people, seed=1)
    changed = with_every_hundredth_changed(staff)
    copy_seconds = min(_copy_seconds(staff) for _ in range(3))
    sync_file(teams)
    preview = _preview_seconds(staff)
    first = sync_file(staff)
    unchanged = min(sync_file(staff) for _ in range(3))
    some = sync_file(changed)
    return {
        "people": people,
        "copy_seconds": round(copy_seconds, 3),
        "preview_seconds": round(preview, 2),
        "first_seconds": round(first, 2),
        "unchanged_seconds": round(unchanged, 2),
        "changed_seconds": round(some, 2),
        "first_ratio_copy": round(first / copy_seconds, 1),
        "unchanged_ratio_copy": round(unchanged / copy_seconds, 1),
        "changed_ratio_copy": round(some / copy_seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _seconds_without_audit(*, folder: Path) -> float:
    """The first load of the same files while nothing records what is written."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)"
            "  FROM pg_trigger WHERE tgname ~ '^pgtrigger_(insert|update|delete)_'"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
    sync_file(next((folder / "feeds").glob("*/*-teams.csv")))
    return sync_file(folder / "people.csv")


def department_files(*, folder: Path, people: int, seed: int) -> tuple[Path, Path]:
    """One department's teams and people, in the twelve columns; made in another process."""
    make = (
        "import sys; from pathlib import Path; from directory.synthetic import generate;"
        f"generate(Path({str(folder / 'feeds')!r}), people={people}, seed={seed}, periods=1,"
        " organisations=1)"
    )
    subprocess.run([sys.executable, "-c", make], check=True)
    teams = next((folder / "feeds").glob("*/*-teams.csv"))
    whole = next((folder / "feeds").glob("*/*-people.csv"))
    staff = folder / "people.csv"
    with (
        whole.open(encoding="utf-8", newline="") as source,
        staff.open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.DictWriter(target, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(csv.DictReader(source))
    return teams, staff


def with_every_hundredth_changed(staff: Path) -> Path:
    """The same file with a new title in every hundredth row."""
    changed = staff.with_name("changed.csv")
    title = COLUMNS.index("job_title")
    with (
        staff.open(encoding="utf-8", newline="") as source,
        changed.open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target)
        for number, row in enumerate(csv.reader(source)):
            if number % 100 == 1:
                row[title] = f"Senior {row[title]}"
            writer.writerow(row)
    return changed


def _copy_seconds(staff: Path) -> float:
    from django.db import connections

    connection = connections["owner"]
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} text" for name in COLUMNS)
        cursor.execute(f"DROP TABLE IF EXISTS yardstick; CREATE TABLE yardstick ({columns})")
        cursor.execute("ALTER TABLE yardstick ADD PRIMARY KEY (source_key)")
        start = perf_counter()
        with staff.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            with cursor.copy("COPY yardstick FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        seconds = perf_counter() - start
        cursor.execute("DROP TABLE yardstick")
    return seconds


def _preview_seconds(path: Path) -> float:
    """A plan computed and its first page shown, of a delivery in which everybody is new."""
    from directory.models import FeedRun
    from directory.sync.preview import preview

    seconds = sync_file(path, dry_run=True)
    start = perf_counter()
    shown = preview(run=FeedRun.objects.get(dry_run=True))
    if not shown.lines:
        raise SystemExit("The preview shows nothing.")
    return seconds + perf_counter() - start


def sync_file(path: Path, *, feed: str = "benchmark", dry_run: bool = False) -> float:
    """Sync a file as the next delivery of a feed of its own organisation; seconds it took."""
    from django.utils import timezone

    from directory.models import Feed, Organisation
    from directory.sync.receiving import Order
    from directory.sync.run import sync

    body, _ = Organisation.objects.get_or_create(
        slug=feed, defaults={"name": f"Department for {feed}s"}
    )
    source, _ = Feed.objects.get_or_create(
        slug=feed, defaults={"organisation": body, "connector": "table"}
    )
    start = perf_counter()
    (run,) = sync(
        order=Order(
            feed=source,
            path=path,
            as_of=date(2026, 4, 1),
            complete=True,
            submitted_by=None,
            dry_run=dry_run,
            now=timezone.now(),
        )
    )
    seconds = perf_counter() - start
    if run.state != ("planned" if dry_run else "applied"):
        raise SystemExit(f"{path.name} was not applied: {run.failure_message}{run.held_reasons}")
    return seconds


if __name__ == "__main__":
    main()
