"""
A department whose deliveries go wrong: a hundred officials in one team, and ways to deliver.

Its officials are invented.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from directory.grants import issue_token
from directory.models import Appointment, Feed, FeedRun, OrganisationDomain, Person, SourceRecord
from directory.sync.delivering import deliver
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.connectors.deliveries import GOOD, HEADER
from tests.sync.rewinding import differences, rows_held
from tests.sync.staff import TEAMS, Row, make_feed, staff, text_of

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
TODAY = NOW.date()

#: Ann, as the cases know her, before anything goes wrong.
ANN: Row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))

#: A line of JSON Lines that says of Ann what we hold.
ANN_SAYS = {name: value for name, value in ANN.items() if value}

#: A row, a line, a column and a code.
Found = tuple[int, int, str, str]


@dataclass
class Department:
    """Its feed, and its deliveries, each an hour after the last."""

    folder: Path
    feed: Feed
    _hours: Any = field(default_factory=count)

    def deliver(
        self,
        content: str | bytes | Sequence[Row],
        *,
        complete: bool = True,
        name: str = "staff.csv",
        as_of: date = TODAY,
        by: User | None = None,
        now: datetime | None = None,
    ) -> FeedRun:
        """Sync a file as an operator does."""
        path = self.folder / name
        text = content if isinstance(content, str | bytes) else written(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        (run,) = sync(
            order=Order(
                feed=self.feed,
                path=path,
                as_of=as_of,
                complete=complete,
                submitted_by=by,
                dry_run=False,
                now=now or NOW + timedelta(hours=next(self._hours)),
            )
        )
        run.refresh_from_db()
        return run

    def client(self) -> Client:
        """Its HR system."""
        return pusher_of(self.feed)

    @property
    def runs(self) -> str:
        """Where its HR system pushes to."""
        return f"/api/v1/feeds/{self.feed.slug}/runs/"


def make_department(folder: Path, *, slug: str = "dept", people: int = 100) -> Department:
    """A department with a domain and its team U1; of its people, Ann is the first."""
    feed = make_feed(f"{slug}-staff", body=f"Department {slug}")
    OrganisationDomain.objects.create(organisation=feed.organisation, domain=f"{slug}.gov.uk")
    department = Department(folder, feed)
    assert department.deliver(TEAMS, name="teams.csv").state == "applied"
    if people:
        assert department.deliver(everybody(people, slug=slug)).state == "applied"
    return department


def everybody(people: int = 100, *, slug: str = "dept") -> list[Row]:
    """The good snapshot: Ann, and colleagues with the keys S1, S2 and so on."""
    ann = ANN | {"email": f"ann.lee@{slug}.gov.uk"}
    return [ann, *colleagues(people - 1, slug=slug)]


def colleagues(people: int = 99, *, slug: str = "dept") -> list[Row]:
    """Those who stand beside whatever is wrong."""
    return [
        row | {"source_key": f"S{number}", "email": f"colleague.{number}@{slug}.gov.uk"}
        for number, row in enumerate(staff(people), start=1)
    ]


def beside_colleagues(text: str, *, people: int = 99) -> str:
    """A file with every colleague below its own rows, the first of them promoted meanwhile."""
    rows = colleagues(people)
    rows[0] |= {"job_title": "Head of Analysis"}
    return text.rstrip("\r\n") + "\n" + text_of(rows).partition("\n")[2]


def repeated(text: str, *, times: int = 100) -> str:
    """A file of one row, held to so many rows of as many people."""
    header, row = text.splitlines()
    rows = [row.replace("K1,", f"K{n},", 1).replace("@", f"{n}@", 1) for n in range(1, times + 1)]
    return "\n".join([header, *rows, ""])


def row(**said: str) -> str:
    """A file of Ann's row alone, with what is said of her in place of what was."""
    return written([ANN | said])


def with_phone(phone: str) -> list[Row]:
    """The good snapshot, but for the phone of S1."""
    return [one | ({"phone": phone} if one["source_key"] == "S1" else {}) for one in everybody()]


def written(rows: Sequence[Row]) -> str:
    """A file of these rows, every cell in quotes; the first row names the columns."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([[*rows[0]], *([*one.values()] for one in rows)])
    return text.getvalue()


def person(key: str, *, feed: Feed | None = None) -> Person:
    """Whom the feed knows under this key."""
    records = SourceRecord.objects.filter(kind="person", source_key=key)
    if feed is not None:
        records = records.filter(feed=feed)
    return Person.objects.get(pk=records.get().subject_id)


def team_of(official: Person) -> str:
    """The code of the one team in which somebody is in post."""
    return Appointment.objects.get(person=official, ends_on=None).post.team.code


def in_post() -> int:
    """How many people the directory shows in post."""
    return Person.objects.filter(status="active").count()


def found(run: FeedRun) -> list[Found]:
    """The faults of rows that a run tells, in their order."""
    faults = run.faults.exclude(row=0).order_by("row", "id")
    return list(faults.values_list("row", "line", "column", "code"))


def rules(run: FeedRun) -> set[str]:
    """The safeguards that hold it."""
    return {reason["rule"] for reason in run.held_reasons}


# Pushing


def pusher_of(feed: Feed) -> Client:
    """The HR system behind a feed."""
    token = issue_token(name="HR", feed=feed, expires_days=30, now=datetime.now(UTC)).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def push(
    department: Department,
    body: str | bytes,
    *,
    query: str = "as_of=2026-04-01",
    media_type: str = "application/x-ndjson",
    client: Client | None = None,
    **headers: str,
) -> Any:
    """Send a body to the department's feed, as its HR system unless another is named."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    sender = client or department.client()
    return sender.generic("POST", f"{department.runs}?{query}", content, media_type, headers=named)


def carried_out(answer: Any) -> FeedRun:
    """The run of a push that was taken, after the worker did it."""
    assert answer.status_code == 202, answer.content
    run = FeedRun.objects.get(pk=answer.json()["id"])
    deliver(run_id=run.pk, now=datetime.now(UTC))
    run.refresh_from_db()
    return run


def line(**more: Any) -> str:
    """Ann's line of JSON Lines, with more members."""
    return json.dumps(ANN_SAYS | more) + "\n"


# What is held against what


class Unchanged:
    """What the directory held at one moment, to be held against what it holds later."""

    def __init__(self) -> None:
        self._rows, self._trail = rows_held(), trail_length()

    def check(self) -> None:
        """Nothing has changed since, and the trail tells of nothing."""
        assert differences(self._rows, rows_held()) == []
        assert trail_length() == self._trail


def trail_length() -> int:
    """How many changes of anything the trail tells."""
    events = [table for table in _tables("directory_%event") if "credential" not in table]
    return sum(_one(f"SELECT count(*) FROM {table}") for table in events)


def assert_kept_nowhere(value: str, caplog: pytest.LogCaptureFixture) -> None:
    """No table, no kept file and no line of the log holds the value."""
    for table in _tables("%"):
        assert not _one(
            f'SELECT count(*) FROM "{table}" held WHERE strpos(held::text, %s) > 0', value
        ), f"{table} holds {value}"
    kept = Path(settings.DELIVERIES_DIR)
    for path in kept.iterdir() if kept.is_dir() else ():
        assert value.encode() not in path.read_bytes(), f"{path.name} holds {value}"
    assert value not in caplog.text


def _tables(pattern: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE %s",
            [pattern],
        )
        return [name for (name,) in cursor.fetchall()]


def _one(statement: str, *values: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        counted: int = cursor.fetchone()[0]
        return counted


def refused(department: Department, body: str, **asked: Any) -> FeedRun:
    """The run of a push that was taken and changed nothing."""
    before = Unchanged()
    run = carried_out(push(department, body, **asked))
    assert run.state == FeedRun.State.FAILED
    before.check()
    return run
