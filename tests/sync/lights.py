"""
The Lights Board: a feed of people whose posts start and end on days of their own.

Its officials are invented.
"""

from datetime import UTC, date, datetime, time
from pathlib import Path

from django.db import connection

from directory.changes.people import write_people
from directory.changes.stated import clear_stated
from directory.checking.check import check_directory
from directory.models import (
    Appointment,
    Feed,
    FeedRun,
    Organisation,
    Person,
    SearchEntry,
    SourceRecord,
)
from directory.projection import project_people
from directory.sync.effective import Effects, take_effect
from directory.sync.receiving import Order
from directory.sync.run import sync

SPRING = date(2026, 4, 1)
EVE, START = date(2026, 4, 30), date(2026, 5, 1)
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)
LATER = date(2026, 8, 1)
ADA = {"source_key": "k1", "given_name": "Ada", "family_name": "Lumen"}
BEN = {"source_key": "k2", "given_name": "Ben", "family_name": "Wick", "manager_key": "k1"}
STARTS = {"start_date": "2026-05-01"}
ENDS = {"end_date": "2026-06-30"}

_TEAMS = "unit_code,parent_code,name\nT1,,Lanterns\nT2,T1,Foghorns\n"
_COLUMNS = (
    "source_key given_name family_name email job_title grade unit_code manager_key status"
    " start_date end_date appointment_kind post_key"
).split()
_USUAL = {"job_title": "Keeper", "grade": "HEO", "unit_code": "T1", "status": "active"}

_NO_LIMITS = {
    "departures_limit_percent": 100,
    "week_departures_limit_percent": 100,
    "known_keys_floor_percent": 0,
    "changed_limit_percent": 100,
    "blanked_limit_percent": 100,
}


class Board:
    """A feed of people and what is delivered to it."""

    def __init__(self, *, folder: Path, slug: str = "lights", is_watched: bool = False) -> None:
        self._folder = folder
        self._number = 0
        body, _ = Organisation.objects.get_or_create(
            slug=slug, defaults={"name": f"{slug.title()} Board"}
        )
        # Half of three people is many, and what safeguards say is mostly another matter.
        limits = {} if is_watched else _NO_LIMITS
        self.feed = Feed.objects.create(
            slug=f"{slug}-hr", organisation=body, connector="table", **limits
        )
        self._sync(_TEAMS, on=date(2026, 1, 1), at=time(9))

    def deliver(self, on: date, *rows: dict[str, str], at: time = time(9)) -> FeedRun:
        """Deliver these people and nobody else, on a day; those named have the usual post."""
        lines = [",".join(_COLUMNS)]
        for row in rows:
            said = _USUAL | {"email": f"{row['source_key']}@lights.example"} | row
            lines.append(",".join(said.get(column, "") for column in _COLUMNS))
        return self._sync("\n".join(lines) + "\n", on=on, at=at)

    def _sync(self, text: str, *, on: date, at: time) -> FeedRun:
        self._number += 1
        path = self._folder / f"{self.feed.slug}-{self._number}.csv"
        path.write_text(text, encoding="utf-8")
        (run,) = sync(
            order=Order(
                feed=self.feed,
                path=path,
                as_of=on,
                complete=True,
                submitted_by=None,
                dry_run=False,
                now=(now := datetime.combine(on, at, tzinfo=UTC)),
            )
        )
        assert run.state != FeedRun.State.FAILED, run.failure_message
        assert_sound(now)
        return run


def dawn(day: date) -> Effects:
    """The day takes effect, and the directory is sound before and after."""
    now = datetime.combine(day, time(0, 5), tzinfo=UTC)
    assert_sound(now)
    effects = take_effect(today=day, now=now)
    assert_sound(now)
    assert take_effect(today=day, now=now) == Effects(started=0, ended=0)
    return effects


def assert_sound(now: datetime) -> None:
    """Every invariant holds at that moment."""
    broken = {one.name: found for one, found in check_directory(now=now) if found.count}
    assert not broken, broken


def posts_of(name: str) -> list[tuple[str, date | None, date | None]]:
    """Title, first day and first day after, of what somebody holds or held, the oldest first."""
    held = Appointment.objects.filter(person__given_name=name).order_by(
        "first_stated_on", "ends_on"
    )
    return list(held.values_list("post__title", "starts_on", "ends_on"))


def is_found(name: str) -> bool:
    """Whether a search can find them."""
    return SearchEntry.objects.filter(person__given_name=name).exists()


def person_called(name: str) -> Person:
    """The one person of this given name."""
    return Person.objects.get(given_name=name)


def crew_of(size: int) -> list[dict[str, str]]:
    """Rows of so many people, up to 42."""
    names = [
        f"{first}{second}"
        for first in "BCDFGHJ"
        for second in ("ana", "ela", "ilo", "omi", "una", "yve")
    ]
    return [
        {"source_key": f"c{number}", "given_name": name, "family_name": "Lumen"}
        for number, name in enumerate(names[:size])
    ]


def make_one(*, kept: Person, other: Person) -> None:
    """A curator found the two to be the same person."""
    SourceRecord.objects.filter(subject_id=other.pk).update(subject_id=kept.pk)
    Appointment.objects.filter(person=other).update(person=kept)
    other.merged_into, other.provenance = kept, {}
    other.save()
    clear_stated()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE touched_person AS SELECT %s::uuid AS id", [kept.pk])
    write_people(today=SPRING)
    project_people(person_ids=[kept.pk, other.pk])
