"""
A sync killed at any moment leaves the directory as before or as after it, never between.

The sync runs as a process of its own against the test database and is killed without
warning at ten moments, random but the same in every run of the tests; whatever it did is
seen in the rows of every table that a run writes.
"""

import subprocess
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from django.core.management import call_command

from directory.models import Feed, Organisation
from directory.synthetic import Manifest, generate
from tests.fingerprint import fingerprint
from tests.processes import command, environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.campaign]

KILLS = 10


@pytest.fixture
def feeds(tmp_path: Path, migrated_rows: None) -> Manifest:
    """One department, delivered twice, its first delivery synced."""
    manifest = generate(tmp_path, people=400, seed=5, periods=2, organisations=1)
    body = Organisation.objects.create(name="Ministry of Tides", slug="tides")
    # The two deliveries replace one another again and again within minutes.
    Feed.objects.create(
        slug="tides-staff", organisation=body, connector="table", week_departures_floor=1_000_000
    )
    for delivery in manifest.deliveries[:3]:
        _sync(tmp_path / delivery.path, delivery.as_of.isoformat())
    return manifest


def test_a_sync_killed_at_any_moment_leaves_nothing_between(
    feeds: Manifest, tmp_path: Path
) -> None:
    first, second = feeds.deliveries[1], feeds.deliveries[3]
    chance = Random(20261001)
    start = perf_counter()
    _sync(tmp_path / second.path, second.as_of.isoformat(), "--dry-run")
    whole_run_seconds = perf_counter() - start
    target, other = second, first
    killed = 0
    while killed < KILLS:
        before = fingerprint()
        moment = chance.uniform(0.3, 1.3) * whole_run_seconds
        as_of = second.as_of.isoformat()
        killed += _killed_sync(tmp_path / target.path, as_of, after_seconds=moment)
        found = fingerprint()
        if found != before:
            _sync(tmp_path / target.path, second.as_of.isoformat())
            assert fingerprint() == found, "the killed run had left something to do"
            target, other = other, target
    call_command("check_directory")


def _command(path: Path, as_of: str, *more: str) -> list[str]:
    return command("sync", "tides-staff", str(path), "--as-of", as_of, *more)


def _sync(path: Path, as_of: str, *more: str) -> None:
    done = subprocess.run(
        _command(path, as_of, *more), env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _killed_sync(path: Path, as_of: str, *, after_seconds: float) -> bool:
    """Whether the sync was still at work when it was killed."""
    process = subprocess.Popen(
        _command(path, as_of),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(timeout=after_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False
