"""
The Tidal Survey: a small department delivered in tables and returns, written as a test needs it.

Its officials are invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from accounts.models import User
from directory.models import Feed, FeedRun, Grant, Organisation, Person
from directory.sync.undoing import Undone
from tests.connectors.deliveries import junior_return, senior_return
from tests.sync.rewinding import NOW, sync_through, take_back
from tests.sync.tides import user_with

HEADER = (
    "source_key,given_name,family_name,email,job_title,grade,unit_code,manager_key,location,"
    "status,post_key,expertise,protected,audience"
)
_FIRST_DAY = date(2026, 3, 1)


def official(key: str, **said: str) -> str:
    """A row of the people layout: somebody in team T1, unless it is said otherwise."""
    row = {
        "source_key": key,
        "given_name": f"Maud{key}",
        "family_name": "Pellew",
        "unit_code": "T1",
        "status": "active",
    } | said
    return ",".join(row.get(name, "") for name in HEADER.split(","))


@dataclass
class Survey:
    """The department, its feeds, and how they deliver: each delivery a day after the last."""

    folder: Path
    body: Organisation
    hr: Feed
    senior: Feed
    junior: Feed
    curator: User
    _days: Iterator[int] = field(default_factory=count)

    @classmethod
    def made(cls, folder: Path) -> "Survey":
        """Put it on stage."""
        body = Organisation.objects.create(slug="tidal-survey", name="Tidal Survey")

        def feed(name: str, connector: str) -> Feed:
            return Feed.objects.create(
                slug=f"survey-{name}", organisation=body, connector=connector
            )

        return cls(
            folder=folder,
            body=body,
            hr=feed("hr", "table"),
            senior=feed("senior", "organogram"),
            junior=feed("junior", "organogram"),
            curator=user_with("maya.holt", Grant.Role.CURATOR, on=body),
        )

    def teams(self, *rows: str, complete: bool = True) -> FeedRun:
        """Deliver teams: code, code above, name."""
        return self._deliver(self.hr, "unit_code,parent_code,name", rows, complete=complete)

    def people(self, *rows: str, complete: bool = True, dry_run: bool = False) -> FeedRun:
        """Deliver people, as `official` writes them."""
        return self._deliver(self.hr, HEADER, rows, complete=complete, dry_run=dry_run)

    def seniors(self, *rows: dict[str, str], dry_run: bool = False) -> FeedRun:
        """Deliver a senior return."""
        text = senior_return(*(self._own(row) for row in rows))
        return self._write(self.senior, text, dry_run=dry_run)

    def juniors(self, *rows: dict[str, str]) -> FeedRun:
        """Deliver a junior return."""
        return self._write(self.junior, junior_return(*(self._own(row) for row in rows)))

    def undo(self, run: FeedRun) -> Undone:
        """The curator takes the run back."""
        return take_back(run, self.curator, now=NOW + timedelta(hours=1))

    def _own(self, row: dict[str, str]) -> dict[str, str]:
        return {"Parent Department": "Tidal Survey", "Organisation": "Tidal Survey"} | row

    def _deliver(
        self,
        feed: Feed,
        header: str,
        rows: Sequence[str],
        *,
        complete: bool,
        dry_run: bool = False,
    ) -> FeedRun:
        text = "\n".join((header, *rows, ""))
        return self._write(feed, text, complete=complete, dry_run=dry_run)

    def _write(
        self, feed: Feed, text: str, *, complete: bool = True, dry_run: bool = False
    ) -> FeedRun:
        day = next(self._days)
        path = self.folder / f"{feed.slug}-{day}.csv"
        path.write_text(text, encoding="utf-8")
        (run,) = sync_through(
            feed,
            path,
            as_of=_FIRST_DAY + timedelta(days=day),
            complete=complete,
            dry_run=dry_run,
            now=NOW + timedelta(seconds=day),
        )
        return run


def two_officials(folder: Path) -> Survey:
    """The survey with two teams and two officials, one of them in a post with a code."""
    survey = Survey.made(folder)
    survey.teams("T1,,Soundings", "T2,T1,Charts")
    survey.people(official("k1", job_title="Pilot"), official("k2", post_key="P9"))
    return survey


def person_of(key: str) -> Person:
    """Whom the row of this key brought."""
    return Person.objects.get(given_name=f"Maud{key}")


def what_stayed(undone: Undone) -> list[tuple[str, str]]:
    """Kind and reason of what stayed."""
    return [(row.kind, row.reason) for row in undone.kept]
