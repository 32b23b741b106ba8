"""A feed's mapping for the table layout: their headers, words and dates to ours."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from directory.connectors.columns import invalid_mapping, mapping_table, mapping_text
from directory.connectors.delimited import DELIMITERS
from directory.connectors.templates import (
    Combination,
    InvalidTemplate,
    Pattern,
    combination,
    pattern,
)

_Read = TypeVar("_Read")

#: Every column of a people delivery, in the canonical order of `RawRow.cells`.
PEOPLE_FIELDS = (
    "source_key",
    "given_name",
    "family_name",
    "email",
    "job_title",
    "grade",
    "unit_code",
    "manager_key",
    "phone",
    "location",
    "start_date",
    "status",
    "preferred_name",
    "profession",
    "fte",
    "appointment_kind",
    "end_date",
    "post_key",
    "pronouns",
    "expertise",
    "working_days",
    "responsibilities",
    "honorific",
    "mobile",
    "protected",
    "audience",
)

#: Every column of a teams delivery.
TEAM_FIELDS = ("unit_code", "parent_code", "name")

#: The columns that hold days.
DATE_FIELDS = ("start_date", "end_date")

_FIELDS = frozenset({*PEOPLE_FIELDS, *TEAM_FIELDS})

_SETTINGS = frozenset(
    "about encoding delimiter columns combine split constants values date_format"
    " date_formats".split()
)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """
    How one feed differs from the layout.

    encoding, delimiter: declared; empty where they are to be found out.
    columns: field name to their header.
    combine: field name to the cells it is put together from.
    split: their header to what its cells look like.
    constants: field name to what every row says.
    values: field name to (their value without case to our value).
    date_format: as `datetime.strptime` reads it, beside YYYY-MM-DD; date_formats: where a
        column has its own.
    """

    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    combine: Mapping[str, Combination] = field(default_factory=dict)
    split: Mapping[str, Pattern] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_format: str = ""
    date_formats: Mapping[str, str] = field(default_factory=dict)

    def headers(self) -> Iterator[str]:
        """Every header that the mapping names."""
        yield from self.columns.values()
        yield from self.split
        for made in self.combine.values():
            yield from made.headers


def table_mapping(mapping: Mapping[str, Any]) -> TableMapping:
    """
    Check a mapping that was parsed from TOML.

    :raises UnreadableDelivery: with `invalid_mapping`, naming the setting.
    """
    for name in mapping:
        if name not in _SETTINGS:
            raise invalid_mapping(f"“{name}” is no setting of the table layout")
    mapping_text(mapping, "about")
    delimiter = mapping_text(mapping, "delimiter")
    if delimiter and delimiter not in DELIMITERS:
        raise invalid_mapping("“delimiter” must be a comma, a semicolon, a tab or a pipe")
    read = TableMapping(
        encoding=mapping_text(mapping, "encoding"),
        delimiter=delimiter,
        columns=_by_field(mapping, "columns"),
        combine={
            name: _template("combine", name, combination, text)
            for name, text in _by_field(mapping, "combine").items()
        },
        split={
            header: _template("split", header, pattern, text)
            for header, text in mapping_table(mapping, "split").items()
        },
        constants=_by_field(mapping, "constants"),
        values=_values(mapping),
        date_format=_date_format("date_format", mapping_text(mapping, "date_format")),
        date_formats=_date_formats(mapping),
    )
    _refuse_conflicts(read)
    return read


def _by_field(mapping: Mapping[str, Any], setting: str) -> dict[str, str]:
    table = mapping_table(mapping, setting)
    for name in table:
        if name not in _FIELDS:
            raise invalid_mapping(f"[{setting}] “{name}” is no column of the table layout")
    return table


def _template(setting: str, name: str, read: Callable[[str], _Read], text: str) -> _Read:
    try:
        return read(text)
    except InvalidTemplate as reason:
        raise invalid_mapping(f"[{setting}] “{name}” {reason}") from None


def _values(mapping: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    values = mapping.get("values", {})
    if not isinstance(values, Mapping):
        raise invalid_mapping("[values] must hold a table for each column")
    for name in values:
        if name not in _FIELDS:
            raise invalid_mapping(f"[values.{name}] is no column of the table layout")
    return {
        name: {theirs.casefold(): ours for theirs, ours in mapping_table(values, name).items()}
        for name in values
    }


def _date_formats(mapping: Mapping[str, Any]) -> dict[str, str]:
    formats = mapping_table(mapping, "date_formats")
    for name in formats:
        if name not in DATE_FIELDS:
            raise invalid_mapping(f"[date_formats] “{name}” is no column of dates")
    return {name: _date_format(f"date_formats.{name}", text) for name, text in formats.items()}


def _date_format(setting: str, text: str) -> str:
    """A format that tells day, month and year, and does not turn YYYY-MM-DD round."""
    if not text:
        return ""
    day = date(2001, 2, 3)
    try:
        told = datetime.strptime(day.strftime(text), text).replace(tzinfo=UTC).date()
    except ValueError:
        told = None
    if told != day:
        raise invalid_mapping(f"“{setting}” must say day, month and year, such as %d/%m/%Y")
    try:
        turned = datetime.strptime("2001-02-03", text).replace(tzinfo=UTC).date()
    except ValueError:
        turned = day
    if turned != day:
        raise invalid_mapping(f"“{setting}” reads YYYY-MM-DD with day and month exchanged")
    return text


def _refuse_conflicts(read: TableMapping) -> None:
    """Each of our columns is said once, and only by those that can say it."""
    made = [*read.combine, *read.constants]
    for header, cell in read.split.items():
        for name in cell.fields:
            if name not in _FIELDS:
                raise invalid_mapping(f"[split] “{header}”: “{name}” is none of our columns")
        made += cell.fields
    for name in made:
        if name in read.columns or made.count(name) > 1:
            raise invalid_mapping(f"“{name}” is mapped twice; say once where it comes from")
    if "source_key" in read.constants:
        raise invalid_mapping("[constants] “source_key” would be the same for everybody")
