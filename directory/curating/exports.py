"""Taking the people of a search out of the directory: who may, how many, why, and that they did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from accounts.models import User
from directory.curating.remit import remit_of
from directory.formula_safe import BYTE_ORDER_MARK, csv_line
from directory.looks import note_export
from directory.models import SearchExport
from directory.models.exports import LONGEST_REASON, SHORTEST_REASON
from directory.saved_searches.naming import describe
from directory.search.find import MAX_SIZE, Query, Sort
from directory.search.written import write_query
from directory.seen.people import PageOfPeople, SeenPerson, found
from directory.visibility import Viewer

#: People in one file at most; a search that finds more is refused, never cut.
MOST_PEOPLE: Final = 2_000

#: The columns of the file, as pages call what stands in them.
COLUMNS: Final = (
    "Name",
    "Job title",
    "Team",
    "Organisation",
    "Location",
    "Grade",
    "E-mail",
    "Phone",
    "Link",
)


class ExportRefused(Exception):
    """Nothing is exported; the message says what to do."""


class MayNotExport(ExportRefused):
    """The person's roles do not reach that far."""


class TooManyToExport(ExportRefused):
    """The search finds more people than one file may hold."""


class NobodyToExport(ExportRefused):
    """The search finds nobody."""


class NoReason(ExportRefused):
    """The reason is missing, too short to be one, or too long to be read."""


@dataclass(frozen=True, slots=True)
class Exportable:
    """How many people an export would hold; is_about: as `find.Found`."""

    people: int
    is_about: bool

    @property
    def is_too_many(self) -> bool:
        """Whether the search has to be narrowed first."""
        return self.people > MOST_PEOPLE


@dataclass(frozen=True, slots=True)
class Export:
    """The record of an export, and the lines of its file."""

    record: SearchExport
    lines: Iterator[str]


def require_exporter(*, user: User, now: datetime) -> None:
    """
    Let through curators of an organisation, administrators and auditors.

    :raises MayNotExport: for anybody else.
    """
    if not remit_of(user=user, now=now).may_export:
        raise MayNotExport(f"{user.email} needs the role curator, administrator or auditor.")


def exportable(*, viewer: Viewer, query: Query) -> Exportable:
    """
    How many people the search finds who fit all its words.

    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    page = found(viewer=viewer, query=query, size=1)
    return Exportable(people=page.total, is_about=page.is_about)


def export_people(
    *, user: User, viewer: Viewer, query: Query, sort: Sort, reason: str, now: datetime
) -> Export:
    """
    The people of a search as a file, in the order of the search, and the record that they were
    taken: it is written before the first line is given.

    :raises ExportRefused: by the name of what speaks against it; then nothing is recorded.
    :raises SearchTooSlow: if the database takes longer than a search may.
    """
    require_exporter(user=user, now=now)
    reason = " ".join(reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise NoReason(
            f"Say why, in {SHORTEST_REASON} to {LONGEST_REASON} characters; it is kept and shown."
        )
    people = _people(viewer=viewer, query=query, sort=sort)
    if not people:
        raise NobodyToExport("Nobody is found by this search, so there is nothing to download.")
    record = SearchExport.objects.create(
        by=user,
        at=now,
        asked=write_query(query=query),
        words=describe(query=query),
        reason=reason,
        people=len(people),
    )
    note_export(by=user, viewer=viewer, person_ids=[person.id for person in people])
    return Export(record=record, lines=_lines(people))


def exports_made(*, page: int, per_page: int) -> tuple[list[SearchExport], bool]:
    """A page of all exports, the newest first, with who made them; whether there is another."""
    first = (page - 1) * per_page
    rows = SearchExport.objects.select_related("by").order_by("-at", "id")
    found_rows = list(rows[first : first + per_page + 1])
    return found_rows[:per_page], len(found_rows) > per_page


def _people(*, viewer: Viewer, query: Query, sort: Sort) -> Sequence[SeenPerson]:
    """
    Everybody the search finds, each once.

    A search by relevance lists only the best of very many; the others follow by name.
    """
    people: dict[UUID, SeenPerson] = {}
    for order in dict.fromkeys((sort, Sort.NAME)):
        total = 0
        for page in _pages(viewer=viewer, query=query, sort=order):
            total = page.total
            people |= {person.id: person for person in page.people if person.id not in people}
            if max(total, len(people)) > MOST_PEOPLE:
                raise TooManyToExport(
                    f"{total:,} people are found, and a file holds {MOST_PEOPLE:,} at most."
                    " Narrow the search by another word or filter."
                )
        if len(people) >= total:
            break
    return list(people.values())


def _pages(*, viewer: Viewer, query: Query, sort: Sort) -> Iterator[PageOfPeople]:
    cursor = ""
    while True:
        page = found(viewer=viewer, query=query, size=MAX_SIZE, cursor=cursor, sort=sort)
        yield page
        cursor = page.next_cursor
        if not cursor:
            return


def _lines(people: Sequence[SeenPerson]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_line(cells=COLUMNS)
    for person in people:
        yield csv_line(cells=_cells(person))


def _cells(person: SeenPerson) -> tuple[str, ...]:
    """What a card shows of a person: of several posts the first."""
    held = person.posts[0] if person.posts else None
    post = (
        (held.title, held.team_name, held.organisation_name, held.location_name, held.grade_name)
        if held
        else ("",) * 5
    )
    link = f"{settings.PUBLIC_URL}/people/{person.id}"
    return (person.display_name, *post, person.email, person.phone, link)
