"""People are taken out of the directory by those who may, with a reason that stays."""

import csv
from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directory.curating import exports
from directory.curating.exports import (
    COLUMNS,
    MayNotExport,
    NobodyToExport,
    NoReason,
    TooManyToExport,
    export_people,
    exportable,
)
from directory.grants import Place
from directory.models import FieldAudience, Grant, Person, SearchExport, Team
from directory.search import candidates
from directory.search.find import Sort, find_people, parse
from tests.curating.harbour import NOW, make_feed, user_with
from tests.people import (
    ANYBODY,
    coming_together,
    make_organisation,
    make_person,
    make_team,
    project,
)

pytestmark = pytest.mark.django_db

REASON = "Inviting pilots to the winter briefing"


@pytest.fixture
@coming_together()
def pilots() -> Team:
    """A team of three, whose grades do not follow their names."""
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency", acronym="HA"))
    for given, family, grade in (("Ada", "Zander", "G7"), ("Bo", "Lind", "G7"), ("Cai", "Ash", "")):
        make_person(
            given,
            family,
            title="Pilot",
            team=team,
            grade=grade,
            location="Quay House",
            email=f"{given}.{family}@ha.example".lower(),
        )
    return team


@pytest.fixture
def maya(pilots: Team) -> User:
    """The curator of the pilots' agency."""
    return user_with("maya.holt", Grant.Role.CURATOR, on=pilots.organisation)


def take(
    user: User, text: str = "pilot", *, sort: Sort = Sort.RELEVANCE, reason: str = REASON
) -> list[dict[str, str]]:
    """The rows of an export of these words."""
    made = export_people(
        user=user, viewer=ANYBODY, query=parse(text=text), sort=sort, reason=reason, now=NOW
    )
    return list(csv.DictReader("".join(made.lines).removeprefix("\ufeff").splitlines()))


def test_a_row_says_what_cards_and_pages_say(maya: User) -> None:
    person = Person.objects.get(family_name="Lind")
    person.phone = "020 7946 0018"
    person.save()
    assert take(maya, "lind") == [
        {
            "Name": "Bo Lind",
            "Job title": "Pilot",
            "Team": "Pilots",
            "Organisation": "Harbours Agency",
            "Location": "Quay House",
            "Grade": "Grade 7",
            "E-mail": "bo.lind@ha.example",
            "Phone": "020 7946 0018",
            "Link": f"http://127.0.0.1:8000/people/{person.pk}",
        }
    ]


def test_a_file_is_utf_8_with_its_mark_and_lines_end_as_spreadsheets_want(maya: User) -> None:
    Person.objects.filter(family_name="Lind").update(display_name="Bo Łind, “the pilot”")
    made = export_people(
        user=maya, viewer=ANYBODY, query=parse(text="lind"), sort=Sort.NAME, reason=REASON, now=NOW
    )
    text = "".join(made.lines)
    assert text.startswith("\ufeffName,Job title,Team,")
    assert text.count("\r\n") == text.count("\n") == 2
    assert '"Bo Łind, “the pilot”",Pilot' in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "'="])
def test_no_cell_is_a_formula(maya: User, start: str) -> None:
    Person.objects.filter(family_name="Lind").update(
        display_name=f"{start}HYPERLINK(1)", phone="+44 20 7946 0018"
    )
    (row,) = take(maya, "lind")
    assert row["Name"] == f"'{start}HYPERLINK(1)"
    assert row["Phone"] == "'+44 20 7946 0018"


@pytest.mark.parametrize("sort", list(Sort))
def test_people_come_in_the_order_of_the_search(
    maya: User, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MAX_SIZE", 2)
    query = parse(text="pilot")
    hits = find_people(viewer=ANYBODY, query=query, size=100, sort=sort).hits
    assert [row["Name"] for row in take(maya, sort=sort)] == [hit.display_name for hit in hits]
    assert len(hits) == 3


def test_everybody_is_there_once_even_where_a_search_lists_the_best_alone(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        make_person("Robin", f"Quayside{number:02}", title="Pilot", team=pilots)
    monkeypatch.setattr(candidates, "RANKED", 5)
    monkeypatch.setattr(candidates, "DRAWN", 3)
    names = [row["Name"] for row in take(maya)]
    assert len(names) == len(set(names)) == 33
    assert SearchExport.objects.get().people == 33


@pytest.mark.parametrize("listing", ["protected", "unlisted"])
def test_somebody_hidden_is_in_no_row_and_no_count(maya: User, pilots: Team, listing: str) -> None:
    before = take(maya)
    hidden = make_person("Ada", "Hidden", title="Pilot", team=pilots, listing=listing)
    assert take(maya) == before
    assert exportable(viewer=ANYBODY, query=parse(text="pilot")).people == 3
    assert str(hidden.pk) not in str(before)
    lind = Person.objects.get(family_name="Lind")
    lind.listing = listing
    lind.save()
    project(lind)
    assert {row["Name"] for row in take(maya)} == {"Cai Ash", "Ada Zander"}
    assert set(SearchExport.objects.values_list("people", flat=True)) == {3, 2}


@pytest.mark.parametrize("field", ["email", "phone"])
def test_a_hidden_field_stays_empty(maya: User, field: str) -> None:
    person = Person.objects.get(family_name="Lind")
    person.phone = "020 7946 0018"
    person.save()
    FieldAudience.objects.create(person=person, field=field, audience="organisation")
    project(person)
    (row,) = take(maya, "lind")
    column, other = ("E-mail", "Phone") if field == "email" else ("Phone", "E-mail")
    assert row[column] == ""
    assert row[other]


def test_whoever_holds_no_post_has_a_row_with_what_there_is(maya: User) -> None:
    make_person("Una", "Bell")
    (row,) = take(maya, "una bell")
    assert [row[column] for column in COLUMNS[:-1]] == ["Una Bell", *[""] * 7]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("administrator", True),
        ("auditor", True),
        ("curator", True),
        ("feed-operator", False),
        ("team-leader", False),
        ("expertise-curator", False),
        ("official", False),
        ("", False),
    ],
)
def test_curators_administrators_and_auditors_export_and_nobody_else(
    pilots: Team, role: str, may: bool
) -> None:
    places: dict[str, Place] = {
        "curator": pilots.organisation,
        "feed-operator": make_feed(),
        "team-leader": pilots,
    }
    on = places.get(role)
    user = user_with("una.bell", role, on=on)
    if may:
        assert len(take(user)) == 3
        return
    with pytest.raises(MayNotExport):
        take(user)
    assert not SearchExport.objects.exists()


def test_a_grant_that_ended_and_an_account_that_is_closed_export_nothing(maya: User) -> None:
    Grant.objects.update(until=date(2026, 3, 31))
    with pytest.raises(MayNotExport):
        take(maya)
    Grant.objects.update(until=NOW.date())
    assert take(maya)
    maya.is_active = False
    with pytest.raises(MayNotExport):
        take(maya)


def test_more_people_than_a_file_holds_are_refused_never_cut(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_PEOPLE", 3)
    assert len(take(maya)) == 3
    make_person("Di", "Marsh", title="Pilot", team=pilots)
    assert exportable(viewer=ANYBODY, query=parse(text="pilot")).is_too_many
    with pytest.raises(TooManyToExport, match=r"4 people are found.* Narrow the search"):
        take(maya)
    assert SearchExport.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "a  \n     b", "too short", "x" * 501])
def test_without_a_reason_nothing_is_taken(maya: User, reason: str) -> None:
    with pytest.raises(NoReason):
        take(maya, reason=reason)
    assert not SearchExport.objects.exists()


def test_where_nobody_is_found_nothing_is_taken_or_recorded(maya: User) -> None:
    for text in ("cryptozoology", "pilot cryptozoology", ""):
        with pytest.raises(NobodyToExport):
            take(maya, text)
    assert not SearchExport.objects.exists()


def test_each_export_is_recorded_before_its_first_line(maya: User) -> None:
    made = export_people(
        user=maya,
        viewer=ANYBODY,
        query=parse(text="Pilot", grades=["G7"]),
        sort=Sort.NAME,
        reason=f" {REASON}\n",
        now=NOW,
    )
    record = SearchExport.objects.get()
    assert record == made.record
    assert (record.by, record.at, record.people, record.reason) == (maya, NOW, 2, REASON)
    assert (record.asked, record.words) == ("q=Pilot&grade=g7", "Pilot, Grade 7")


def test_a_record_is_neither_changed_nor_deleted(maya: User) -> None:
    take(maya)
    for change in ("UPDATE {} SET people = 1", "DELETE FROM {}"):
        # Without a second role it is the trigger that refuses, with it the missing right.
        refusals = (InternalError, ProgrammingError)
        with pytest.raises(refusals), transaction.atomic(), connection.cursor() as db:
            db.execute(change.format("directory_searchexport"))
    with pytest.raises(ProtectedError):
        maya.delete()
    assert SearchExport.objects.get().people == 3


def test_records_are_listed_the_newest_first_in_pages(maya: User) -> None:
    for minutes in range(5):
        SearchExport.objects.create(
            by=maya, at=NOW + timedelta(minutes=minutes), asked="q=x", words="x", reason=REASON,
            people=minutes,
        )  # fmt: skip
    first, has_more = exports.exports_made(page=1, per_page=3)
    assert ([one.people for one in first], has_more) == ([4, 3, 2], True)
    second, has_more = exports.exports_made(page=2, per_page=3)
    assert ([one.people for one in second], has_more) == ([1, 0], False)


def test_more_people_on_a_page_take_no_more_queries(maya: User, pilots: Team) -> None:
    taken = []
    for newcomers in (0, 40):
        for number in range(newcomers):
            make_person("Robin", f"Quayside{number:02}", title="Pilot", team=pilots)
        with CaptureQueriesContext(connection) as queries:
            take(maya)
        taken.append(len(queries))
    assert taken[0] == taken[1]
