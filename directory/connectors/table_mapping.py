"""A feed's mapping for the table layout: their headers, words and dates to ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.connectors.columns import invalid_mapping, mapping_table, mapping_text
from directory.connectors.delimited import DELIMITERS

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

_SETTINGS = frozenset({"encoding", "delimiter", "columns", "values", "date_format"})


@dataclass(frozen=True, slots=True)
class TableMapping:
    """
    How one feed differs from the layout, apart from its headers.

    values: field name to (their value without case to our value).
    date_format: as `datetime.strptime` reads it; empty for YYYY-MM-DD.
    """

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_format: str = ""


def table_mapping(mapping: Mapping[str, Any]) -> TableMapping:
    """
    Check a mapping that was parsed from TOML.

    :raises UnreadableDelivery: with `invalid_mapping`, naming the setting.
    """
    fields = {*PEOPLE_FIELDS, *TEAM_FIELDS}
    for name in mapping:
        if name not in _SETTINGS:
            raise invalid_mapping(f"“{name}” is no setting of the table layout")
    for name in mapping_table(mapping, "columns"):
        if name not in fields:
            raise invalid_mapping(f"[columns] “{name}” is no column of the table layout")
    delimiter = mapping_text(mapping, "delimiter")
    if delimiter and delimiter not in DELIMITERS:
        raise invalid_mapping("“delimiter” must be a comma, a semicolon, a tab or a pipe")
    values = mapping.get("values", {})
    if not isinstance(values, Mapping):
        raise invalid_mapping("[values] must hold a table for each column")
    for name in values:
        if name not in PEOPLE_FIELDS:
            raise invalid_mapping(f"[values.{name}] is no column of the table layout")
    return TableMapping(
        values={
            name: {theirs.casefold(): ours for theirs, ours in mapping_table(values, name).items()}
            for name in values
        },
        date_format=mapping_text(mapping, "date_format"),
    )
