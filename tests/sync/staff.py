"""
The Department of Winds: a table feed, and its staff as rows that a test changes.

Its officials are invented.
"""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from directory.models import Feed, FeedRun, Organisation
from directory.sync.receiving import Order
from directory.sync.run import sync

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
COLUMNS = (
    "source_key given_name family_name email job_title grade unit_code manager_key phone"
    " location start_date status"
).split()
TEAMS = "unit_code,parent_code,name\nU1,,Breezes\n"

_FIRST = "Ada Bo Cleo Dov Elif Finn Gita Hugo Ines Jude".split()
_LAST = "Quill Lind Marsh Okoro Penn Rao Sato Tully Umber Vale".split()

Row = dict[str, str]


def make_feed(slug: str = "winds-staff", *, body: str = "Department of Winds") -> Feed:
    """A table feed of a body, with one team."""
    organisation, _ = Organisation.objects.get_or_create(
        slug=body.lower().replace(" ", "-"), defaults={"name": body}
    )
    return Feed.objects.create(slug=slug, organisation=organisation, connector="table")


def staff(people: int, *, start: int = 0) -> list[Row]:
    """So many officials, each with a key, a name and a phone of their own."""
    return [
        dict.fromkeys(COLUMNS, "")
        | {
            "source_key": f"K{number}",
            "given_name": _FIRST[number % 10],
            "family_name": f"{_LAST[number // 10 % 10]}{_letters(number // 100)}",
            "email": f"person.{number}@winds.example",
            "job_title": "Analyst",
            "unit_code": "U1",
            "phone": f"+44 20 7946 {number:04}",
            "location": "Leeds",
            "status": "active",
        }
        for number in range(start, start + people)
    ]


def _letters(number: int) -> str:
    return "abcdefghij"[number % 10] if number else ""


def text_of(rows: Sequence[Row], *, columns: Sequence[str] = COLUMNS) -> str:
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def send(
    feed: Feed,
    folder: Path,
    content: Sequence[Row] | str,
    *,
    hours: int = 0,
    complete: bool = True,
    dry_run: bool = False,
    name: str = "staff.csv",
) -> FeedRun:
    """Sync a file of these rows, so many hours after the first of April, for that day."""
    path = folder / name
    text = content if isinstance(content, str) else text_of(content, columns=[*content[0]])
    path.write_text(text, encoding="utf-8")
    now = NOW + timedelta(hours=hours)
    (run,) = sync(
        order=Order(
            feed=feed,
            path=path,
            as_of=date(2026, 4, 1) + timedelta(days=hours // 24),
            complete=complete,
            submitted_by=None,
            dry_run=dry_run,
            now=now,
        )
    )
    return run


def load(feed: Feed, folder: Path, rows: Sequence[Row]) -> None:
    """The feed's team and these officials, applied."""
    assert send(feed, folder, TEAMS, name="teams.csv").state == FeedRun.State.APPLIED
    assert send(feed, folder, rows).state == FeedRun.State.APPLIED


def rules(run: FeedRun) -> list[str]:
    """The safeguards that hold the run; none if it was applied."""
    expected = FeedRun.State.HELD if run.held_reasons else FeedRun.State.APPLIED
    assert run.state == expected, (run.state, run.failure_message)
    return [reason["rule"] for reason in run.held_reasons]
