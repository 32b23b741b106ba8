"""Rows in error among good ones: they cost nothing but themselves, and make nobody a leaver."""

import pytest
from django.test import Client

from directory.models import SourceRecord, Team
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    ANN,
    Department,
    Found,
    beside_colleagues,
    everybody,
    found,
    in_post,
    make_department,
    person,
    row,
    team_of,
    written,
)
from tests.sync.tides import user_with
from tests.web.reading import get_text

pytestmark = pytest.mark.django_db

#: Case to what its rows are told, beside colleagues who are well.
ROWS: dict[str, list[Found]] = {
    "CSV-014": [(3, 5, "email", "invalid_email")],
    "CSV-042": [
        (2, 2, "source_key", "duplicate_key"),
        (3, 3, "source_key", "duplicate_key"),
    ],
    "CSV-045": [(2, 2, "source_key", "required")],
    "CSV-046": [(3, 3, "email", "email_conflict")],
    "CSV-048": [(2, 2, "email", "email_domain_not_allowed")],
    "CSV-050": [
        (2, 2, "email", "control_character"),
        (2, 2, "email", "invalid_email"),
    ],
    "CSV-051": [
        (2, 2, "family_name", "control_character"),
        (2, 2, "location", "control_character"),
    ],
    "CSV-052": [
        (2, 2, "family_name", "bidi_control_not_allowed"),
        (2, 2, "location", "bidi_control_not_allowed"),
    ],
    "CSV-063": [(2, 2, "status", "unknown_status")],
    "CSV-069": [(2, 2, "unit_code", "unknown_unit")],
}


def outcome(department: Department, text: str) -> list[Found]:
    """What a file is told that holds these rows and every colleague's; nobody leaves by it."""
    run = department.deliver(beside_colleagues(text))
    assert run.state == "applied", run.held_reasons or run.failure_message
    assert in_post() >= 100
    return found(run)


@answers(*ROWS, ends=Ending.ROW_ERRORS)
def test_a_row_in_error_costs_nothing_but_itself(case: Case, department: Department) -> None:
    ann = SourceRecord.objects.get(source_key="K1").statement
    run = department.deliver(beside_colleagues(case.text))
    assert ended(run) is case.ends
    assert found(run) == ROWS[case.id]
    assert run.counts["departures"] == 0
    assert in_post() == 100
    assert SourceRecord.objects.get(source_key="S1").statement["job_title"] == "Head of Analysis"
    if case.id != "CSV-014":
        assert SourceRecord.objects.get(source_key="K1").statement == ann
        assert person("K1").display_name == "Ann Lee"


@answers("CSV-042", ends=Ending.ROW_ERRORS)
def test_each_row_of_a_key_used_twice_names_the_other(case: Case, department: Department) -> None:
    run = department.deliver(beside_colleagues(case.text))
    hints = run.faults.order_by("row").values_list("hint", flat=True)
    assert ["3" in hints[0], "2" in hints[1]] == [True, True]


@answers(
    "CSV-007",
    ends=Ending.APPLIED,
    because="A quote within a cell that does not start with one is text, and kept.",
)
def test_a_quote_within_a_cell_is_text(case: Case, new_department: Department) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    assert person("K1").given_name == 'Ann "Annie"'
    assert person("K2").display_name == "Ann Lee"


@answers("CSV-046", ends=Ending.ROW_ERRORS)
def test_an_address_that_somebody_has_is_not_given_to_another(
    case: Case, department: Department
) -> None:
    text = case.text.splitlines()
    newcomer = "\n".join([text[0], text[2], ""])
    run = department.deliver(newcomer, complete=False)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "email", "email_conflict")]
    assert person("K1").email == "ann.lee@dept.gov.uk"
    assert in_post() == 100


@answers("CSV-048", ends=Ending.ROW_ERRORS)
@pytest.mark.parametrize(
    ("domain", "code"),
    [
        ("dept.gov.uk.evil.com", "email_domain_not_allowed"),
        ("dept.gov.ukk", "email_domain_not_allowed"),
        ("gov.ukk", "email_domain_not_allowed"),
        ("dept-gov.uk", "email_domain_not_allowed"),
        ("evildept.gov.uk", "email_domain_not_allowed"),
        ("gov.uk", "email_domain_not_allowed"),
        ("DEPT.GOV.UK.", ""),
        ("Mail.Dept.Gov.UK", ""),
    ],
)
def test_a_domain_is_compared_label_by_label(
    case: Case, domain: str, code: str, department: Department
) -> None:
    told = outcome(department, row(email=f"ann.lee@{domain}"))
    assert [fault[3] for fault in told] == ([code] if code else [])
    stands = person("K1").email
    assert stands == ("ann.lee@dept.gov.uk" if code else f"ann.lee@{domain}".removesuffix("."))


@answers("CSV-052", ends=Ending.ROW_ERRORS)
@pytest.mark.parametrize("name", ["לוי", "محمد", "می‌خواهم"])
def test_letters_that_run_from_right_to_left_are_letters(
    case: Case, name: str, department: Department
) -> None:
    assert outcome(department, row(family_name=name)) == []
    assert person("K1").family_name == name


@answers(
    "CSV-053",
    ends=Ending.APPLIED,
    because="Invisible characters are taken out and a warning says so; the row is no error.",
)
def test_invisible_characters_are_taken_out(
    case: Case, new_department: Department, client: Client
) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    assert found(run) == [(2, 2, "given_name", "zero_width_removed")]
    assert run.faults.get().severity == "warning"
    assert person("K1").given_name == "Ann"
    client.force_login(user_with("reader"))
    assert "Ann Lee" in get_text(client, "/search?q=Ann")


@answers("CSV-056", ends=Ending.APPLIED)
def test_every_name_is_a_name(case: Case, new_department: Department, client: Client) -> None:
    more = ["X Æ", "N/A Patel", "Drop Table", "Zo" + "e" * 78, "Ng'ang'a"]
    names = [*case.payload, *more]
    rows = [
        ANN | {"source_key": f"K{n}", "family_name": name, "email": f"k{n}@dept.gov.uk"}
        for n, name in enumerate(names)
    ]
    run = new_department.deliver(rows)
    assert ended(run) is case.ends
    assert [code for *_, code in found(run) if code != "literal_null"] == []
    client.force_login(user_with("reader"))
    for number, name in enumerate(names):
        assert person(f"K{number}").family_name == name
        told = client.get("/search", {"q": name})
        assert str(person(f"K{number}").pk) in told.content.decode(), name


@answers("CSV-056", ends=Ending.APPLIED)
@pytest.mark.parametrize("name", ["Test", "Null", "李"])
def test_somebody_may_have_one_name(case: Case, name: str, new_department: Department) -> None:
    run = new_department.deliver(row(given_name="", family_name=name))
    assert ended(run) is case.ends
    assert person("K1").display_name == name


@answers("CSV-061", ends=Ending.ROW_ERRORS)
def test_a_date_is_never_guessed(case: Case, department: Department) -> None:
    before = SourceRecord.objects.get(source_key="K1").statement
    for day in case.payload:
        told = outcome(department, row(start_date=day))
        assert told == [(2, 2, "start_date", "invalid_date")], day
    assert SourceRecord.objects.get(source_key="K1").statement == before
    run = department.deliver(row(start_date=case.payload[0]), complete=False)
    assert ended(run) is case.ends
    assert "YYYY-MM-DD" in run.faults.get().hint


@answers("CSV-063", ends=Ending.ROW_ERRORS)
@pytest.mark.parametrize("status", ["LOA", "Suspended", "No", ""])
def test_an_unknown_status_keeps_the_one_before(
    case: Case, status: str, department: Department
) -> None:
    assert outcome(department, row(status=status)) == [(2, 2, "status", "unknown_status")]
    assert person("K1").status == "active"


@answers("CSV-063", ends=Ending.ROW_ERRORS)
def test_an_unknown_status_is_told_the_words_there_are(case: Case, department: Department) -> None:
    run = department.deliver(case.text, complete=False)
    assert "active, leave, left" in run.faults.get().hint


@answers("CSV-065", ends=Ending.APPLIED)
def test_absent_blank_and_null_are_three_things(case: Case, department: Department) -> None:
    def location() -> str:
        return str(SourceRecord.objects.get(source_key="K1").statement["location"])

    without = written([{k: v for k, v in ANN.items() if k != "location"} | {"grade": "HEO"}])
    assert ended(department.deliver(without, complete=False)) is case.ends
    assert location() == "Leeds"
    run = department.deliver(case.text, complete=False)
    assert ended(run) is case.ends
    assert (location(), found(run)) == ("NULL", [(2, 2, "location", "literal_null")])
    assert ended(department.deliver(row(location=""), complete=False)) is case.ends
    assert location() == ""


@answers("CSV-069", ends=Ending.ROW_ERRORS)
def test_a_team_of_another_department_is_no_team_of_ours(
    case: Case, department: Department
) -> None:
    other = make_department(department.folder, slug="other", people=0)
    Team.objects.filter(organisation=other.feed.organisation).update(code="ZZZ")
    teams = Team.objects.count()
    assert outcome(department, case.text) == [(2, 2, "unit_code", "unknown_unit")]
    assert team_of(person("K1")) == "U1"
    assert Team.objects.count() == teams


@answers("CSV-073", ends=Ending.APPLIED)
def test_fourteen_john_smiths_are_fourteen_people(case: Case, new_department: Department) -> None:
    rows = [
        ANN
        | {
            "source_key": f"J{n}",
            "given_name": "John",
            "family_name": "Smith",
            "email": f"john.smith@unit{n}.dept.gov.uk",
        }
        for n in range(14)
    ]
    assert ended(new_department.deliver(rows)) is case.ends
    people = {person(f"J{n}").pk for n in range(14)}
    assert len(people) == in_post() == 14
    assert ended(new_department.deliver(rows[::-1])) is Ending.UNCHANGED


def test_the_good_snapshot_is_good(department: Department) -> None:
    assert ended(department.deliver(everybody())) is Ending.UNCHANGED
    assert in_post() == 100
