"""Staff and teams as files of the table layout: in its own columns, or in a department's."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.synthetic.organisations import Organisation
from directory.synthetic.people import Person, Staff
from directory.synthetic.teams import Teams
from directory.synthetic.work import GRADES

PEOPLE_COLUMNS = (
    *(
        "source_key",
        "given_name",
        "family_name",
        "email",
        "job_title",
        "grade",
        "unit_code",
    ),
    *("manager_key", "phone", "location", "start_date", "status"),
    *(
        "preferred_name",
        "profession",
        "fte",
        "appointment_kind",
        "end_date",
        "post_key",
    ),
    *("pronouns", "expertise", "working_days", "responsibilities"),
)
TEAM_COLUMNS = ("unit_code", "parent_code", "name")

#: What the department with headers of its own calls each column of people. A file must have every
#: header its mapping names, so the teams' other two columns, in files of their own, keep ours.
_MAPPED_HEADERS = {
    "source_key": "Employee Number",
    "given_name": "First Name",
    "family_name": "Last Name",
    "email": "Work E-mail",
    "job_title": "Position Title",
    "grade": "Pay Band",
    "unit_code": "Org Unit",
    "manager_key": "Manager Employee Number",
    "phone": "Telephone",
    "location": "Office",
    "start_date": "Position Start",
    "status": "Assignment Status",
    "preferred_name": "Known As",
    "profession": "Job Family",
    "fte": "Hours Ratio",
    "appointment_kind": "Assignment Type",
    "end_date": "Position End",
    "post_key": "Position Number",
    "pronouns": "Pronouns",
    "expertise": "Skills",
    "working_days": "Working Pattern",
    "responsibilities": "Role Summary",
}
#: Canonical value to the department's own, by column.
_MAPPED_VALUES = {
    "status": {"active": "A", "leave": "L", "left": "X"},
    "grade": {
        "G7": "Band 7",
        "G6": "Band 6",
        "SEO": "Band 8",
        "HEO": "Band 9",
        "EO": "Band 10",
    },
    "appointment_kind": {
        "substantive": "Permanent Assignment",
        "temporary promotion": "TDA",
        "loan": "Loan In",
        "secondment": "Secondment In",
        "job share": "Job Share",
    },
}


@dataclass(frozen=True, slots=True)
class Layout:
    """
    How a department writes its tables.

    mapped: with its own headers, codes and international telephone numbers.
    """

    delimiter: str
    suffix: str
    mapped: bool = False


#: By the layout an organisation names.
LAYOUTS = {
    "csv": Layout(delimiter=",", suffix=".csv"),
    "tsv": Layout(delimiter="\t", suffix=".tsv"),
    "semicolon": Layout(delimiter=";", suffix=".csv"),
    "mapped": Layout(delimiter=",", suffix=".csv", mapped=True),
}


def write_people(*, path: Path, staff: Staff, organisation: Organisation) -> int:
    """Write everybody, row by row; the number of rows."""
    layout = LAYOUTS[organisation.layout]
    rows = _people_rows(staff=staff, organisation=organisation)
    if layout.mapped:
        rows = _in_own_words(rows=rows, columns=PEOPLE_COLUMNS)
    return _write(path=path, layout=layout, columns=PEOPLE_COLUMNS, rows=rows)


def write_teams(*, path: Path, teams: Teams, organisation: Organisation) -> int:
    """Write every team, parents first; the number of rows."""
    layout = LAYOUTS[organisation.layout]
    rows = (
        [team.code, team.parent.code if team.parent else "", team.name] for team in teams.listed
    )
    return _write(path=path, layout=layout, columns=TEAM_COLUMNS, rows=rows)


def mapping_text(*, organisation: Organisation) -> str:
    """The mapping of a department's headers and codes onto the table's, TOML; or nothing."""
    if not LAYOUTS[organisation.layout].mapped:
        return ""
    lines = [f"# How {organisation.title} names columns and codes.", "", "[columns]"]
    lines += [f'{column} = "{header}"' for column, header in _MAPPED_HEADERS.items()]
    for column, values in _MAPPED_VALUES.items():
        lines += ["", f"[values.{column}]"]
        lines += [f'"{theirs}" = "{ours}"' for ours, theirs in values.items()]
    return "\n".join(lines) + "\n"


def key_of(*, person: Person, organisation: Organisation) -> str:
    """A person's key in the feed of their organisation."""
    if person.member is not None:
        return person.member.source_key
    return organisation.key_pattern.format(person.number)


def _people_rows(*, staff: Staff, organisation: Organisation) -> Iterator[list[str]]:
    domain = organisation.email_domain
    for person in staff.people:
        post, name, manager = person.post, person.name, person.post.manager()
        yield [
            key_of(person=person, organisation=organisation),
            name.given_name,
            name.family_name,
            f"{person.email}@{domain}",
            post.title,
            GRADES[post.grade],
            post.team.code,
            key_of(person=manager, organisation=organisation) if manager else "",
            person.phone,
            person.location.name if person.location else "",
            person.started.isoformat(),
            person.status,
            name.preferred_name,
            post.profession,
            person.fte,
            person.kind,
            person.ends.isoformat() if person.ends else "",
            f"{organisation.code}-P{post.number:06d}",
            name.pronouns,
            person.expertise,
            person.working_days,
            post.responsibilities,
        ]


def _in_own_words(*, rows: Iterable[list[str]], columns: Sequence[str]) -> Iterator[list[str]]:
    """The rows with the department's codes, and telephone numbers as dialled from abroad."""
    coded = [(columns.index(column), values) for column, values in _MAPPED_VALUES.items()]
    phone = columns.index("phone")
    for row in rows:
        for place, values in coded:
            row[place] = values.get(row[place], row[place])
        if row[phone]:
            row[phone] = "+44 " + row[phone].removeprefix("0")
        yield row


def _write(
    *, path: Path, layout: Layout, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=layout.delimiter, lineterminator="\n")
        writer.writerow(
            [_MAPPED_HEADERS.get(column, column) for column in columns]
            if layout.mapped
            else columns
        )
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
