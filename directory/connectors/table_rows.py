"""What one row of the table layout says: all its faults, and a record where none stops it."""

from collections.abc import Sequence

from directory.connectors.contract import NOT_STATED
from directory.connectors.scanning import LONGEST_CELL_CHARACTERS
from directory.connectors.table_checks import (
    APPOINTMENT_KINDS,
    AUDIENCES,
    STATUSES,
    checked_choice,
    checked_date,
    checked_email,
    checked_fte,
    checked_protected,
)
from directory.connectors.table_layout import Layout
from directory.connectors.table_mapping import TableMapping
from directory.connectors.texts import FaultList, clean_row, has_personal_data
from directory.records import PersonRecord, RawRow, TeamRecord

#: A line break in one of these is a sign of tampering or of a broken quote, not of layout.
_SINGLE_LINE = frozenset({"source_key", "email", "manager_key", "post_key", "unit_code", "mobile"})

#: Characters that a field may hold; the others may hold as many as any cell.
_LONGEST = {
    "source_key": 200,
    "given_name": 200,
    "family_name": 200,
    "preferred_name": 200,
    "email": 254,
    "job_title": 300,
    "grade": 100,
    "unit_code": 200,
    "manager_key": 200,
    "post_key": 200,
    "phone": 200,
    "mobile": 200,
    "location": 300,
    "profession": 200,
    "pronouns": 100,
    "honorific": 100,
    "working_days": 200,
    "parent_code": 200,
    "name": 300,
}

#: Where people type what does not belong there; names and keys are never searched.
FREE_TEXT = ("job_title", "location", "responsibilities", "expertise", "working_days")

#: Cells that must not be blank, for people.
_REQUIRED = ("source_key", "unit_code")

#: Text that a database or a spreadsheet wrote where it had nothing to say.
_SHORTEST_LIMIT = min(_LONGEST.values())
_NULLS = frozenset({"null", "(null)", "<null>", "nan", "#n/a", "#ref!", "#value!", "#name?"})
_MAY_BE_NULL = frozenset(
    {
        "job_title",
        "grade",
        "phone",
        "mobile",
        "location",
        "profession",
        "pronouns",
        "honorific",
        "expertise",
        "working_days",
        "responsibilities",
        "manager_key",
        "post_key",
    }
)


def read_person(
    *,
    row: RawRow,
    layout: Layout,
    faults: FaultList,
    rules: TableMapping,
    email_domains: frozenset[str],
) -> PersonRecord | None:
    """The statement of a row about an official; None if any fault stops it."""
    values = _stated(row, layout, faults, _SINGLE_LINE)
    _check_required(values, faults)
    _check_lengths(values, faults)
    _check_free_text(values, faults)
    if email := values.get("email"):
        values["email"] = checked_email(value=email, faults=faults, domains=email_domains)
    for name in ("start_date", "end_date"):
        if value := values.get(name):
            values[name] = checked_date(
                value=value,
                field=name,
                faults=faults,
                date_format=rules.date_formats.get(name, rules.date_format),
            )
    _check_choices(values, faults)
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and end < start:
        faults.add(
            field="end_date",
            code="end_before_start",
            hint="The end date lies before the start date; correct one of them.",
        )
    if faults.faults and faults.stops_the_row:
        return None
    return PersonRecord(row.key, values)


def read_team(*, row: RawRow, layout: Layout, faults: FaultList) -> TeamRecord | None:
    """The statement of a row about a team; None if any fault stops it."""
    values = _stated(row, layout, faults, frozenset({"unit_code", "parent_code"}))
    for name in ("unit_code", "name"):
        if not values.get(name):
            _required(name, faults)
    _check_lengths(values, faults)
    if values.get("unit_code") and values.get("unit_code") == values.get("parent_code"):
        faults.add(
            field="parent_code",
            code="team_own_parent",
            hint="A team cannot stand under itself; leave the parent blank for a top team.",
        )
    return None if faults.stops_the_row else TeamRecord(row.key, values)


def _stated(
    row: RawRow, layout: Layout, faults: FaultList, single_line: frozenset[str]
) -> dict[str, str]:
    """Field to text, for every field the row says anything about; blank where it says nothing."""
    fields: Sequence[str] = layout.columns.fields
    cells: Sequence[str] = row.cells
    if NOT_STATED in cells:
        said = [(f, c) for f, c in zip(fields, cells, strict=True) if c != NOT_STATED]
        fields, cells = [field for field, _ in said], [cell for _, cell in said]
    values = clean_row(cells=cells, fields=fields, faults=faults, single_line=single_line)
    layout.make(values=values, faults=faults)
    return values


def _check_required(values: dict[str, str], faults: FaultList) -> None:
    for name in _REQUIRED:
        if not values.get(name):
            _required(name, faults)
    if not values.get("family_name") and not values.get("given_name"):
        _required("family_name", faults)


def _required(name: str, faults: FaultList) -> None:
    faults.add(field=name, code="required", hint="The cell must not be blank; fill it in.")


def _check_lengths(values: dict[str, str], faults: FaultList) -> None:
    # Nothing can be too long where the longest cell is within the shortest limit.
    if max(map(len, values.values()), default=0) <= _SHORTEST_LIMIT:
        return
    for name, value in values.items():
        longest = _LONGEST.get(name, LONGEST_CELL_CHARACTERS)
        if len(value) > longest:
            faults.add(
                field=name,
                code="field_too_long",
                hint=f"The cell may hold {longest:,} characters; shorten it.",
            )


def _check_free_text(values: dict[str, str], faults: FaultList) -> None:
    for name in () if _NULLS.isdisjoint(map(str.casefold, values.values())) else values:
        if name in _MAY_BE_NULL and values[name].casefold() in _NULLS:
            faults.warn(
                field=name,
                code="literal_null",
                hint="The cell says that it is empty, in words. It was kept as text; export a "
                "blank cell instead.",
            )
    if not has_personal_data(text="\n".join([values.get(name, "") for name in FREE_TEXT])):
        return
    for name in FREE_TEXT:
        if has_personal_data(text=values.get(name, "")):
            values[name] = ""
            faults.warn(
                field=name,
                code="personal_data_in_free_text",
                hint="The text looks like a National Insurance number or a date of birth. It was "
                "not kept; remove it at source.",
            )


def _check_choices(values: dict[str, str], faults: FaultList) -> None:
    values["status"] = checked_choice(
        value=values.get("status", ""),
        field="status",
        code="unknown_status",
        allowed=STATUSES,
        faults=faults,
    )
    if value := values.get("fte"):
        values["fte"] = checked_fte(value=value, faults=faults)
    if value := values.get("appointment_kind"):
        values["appointment_kind"] = checked_choice(
            value=value,
            field="appointment_kind",
            code="unknown_appointment_kind",
            allowed=APPOINTMENT_KINDS,
            faults=faults,
        )
    if value := values.get("audience"):
        values["audience"] = checked_choice(
            value=value,
            field="audience",
            code="unknown_audience",
            allowed=AUDIENCES,
            faults=faults,
        )
    if value := values.get("protected"):
        values["protected"] = checked_protected(value=value, faults=faults)
