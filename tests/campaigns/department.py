"""A department whose two deliveries take turns, each leading to a state known beforehand."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from directory.models import Feed, FeedRun, Organisation
from directory.sync.keeping import UNFINISHED
from directory.sync.queue import is_queued
from directory.sync.submitting import Submission, submit
from directory.synthetic import generate
from tests.fingerprint import Fingerprint, fingerprint

#: The two deliveries replace one another again and again within minutes, and nothing is to be held.
_NO_LIMITS = {
    "departures_limit_percent": 100,
    "week_departures_limit_percent": 100,
    "week_departures_floor": 1_000_000,
    "known_keys_floor_percent": 0,
    "changed_limit_percent": 100,
    "blanked_limit_percent": 100,
    "faults_limit_percent": 100,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a run leads to, wherever the department comes from.

    digest: of the state it leads to; added: rows more than before, table by table, since
        appointments that ended stay.
    changes, faults, replaced: rows of its own trace.
    """

    digest: str
    added: tuple[int, ...]
    changes: int
    faults: int
    replaced: int

    def after(self, *, before: Fingerprint) -> Fingerprint:
        """The state it leads to from another."""
        rows = (had + more for had, more in zip(before.rows, self.added, strict=True))
        return Fingerprint(self.digest, tuple(rows))


@dataclass(frozen=True, slots=True)
class Department:
    """
    A department with one feed.

    first: what is delivered before the two of `turns`, in order.
    """

    feed: Feed
    as_of: date
    first: tuple[Path, ...]
    turns: tuple[Path, Path]

    def deliver(self, *, path: Path) -> FeedRun:
        """Submit a delivery for the worker to carry out."""
        submission = Submission(
            feed=self.feed,
            path=path,
            file_name=path.name,
            as_of=self.as_of,
            complete=True,
            dry_run=False,
            channel=FeedRun.Channel.API,
            now=timezone.now(),
        )
        return submit(submission=submission).run


def make_department(*, folder: Path, people: int, seed: int) -> Department:
    """Invent a department of so many people, and its deliveries of two periods."""
    manifest = generate(folder, people=people, seed=seed, periods=2, organisations=1)
    body = Organisation.objects.create(name="Ministry of Tides", slug="tides")
    feed = Feed.objects.create(
        slug="tides-staff", organisation=body, connector="table", **_NO_LIMITS
    )
    earlier_teams, earlier, teams, later = (folder / one.path for one in manifest.deliveries)
    return Department(
        feed=feed,
        as_of=manifest.deliveries[-1].as_of,
        first=(earlier_teams, earlier, teams),
        turns=(later, earlier),
    )


def outcome(*, run: FeedRun, before: Fingerprint) -> Outcome:
    """What a settled run has led to."""
    found = fingerprint()
    return Outcome(
        digest=found.digest,
        added=tuple(has - had for had, has in zip(before.rows, found.rows, strict=True)),
        changes=run.changes.count(),
        faults=run.faults.count(),
        replaced=run.replaced.count(),
    )


def is_settled(*, run: FeedRun) -> bool:
    """Whether the run has come to its end, and its feed's next one may have its turn."""
    return not FeedRun.objects.filter(UNFINISHED, pk=run.pk).exists() and not is_queued(run=run)
