"""
The columns of organogram returns, in every spelling that occurs, and which part a row is.

Sources: the official column schemas for senior and junior staff, the returns of
2010 to 2026, and the stacked files of the Institute for Government.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from directory.connectors.columns import header_key
from directory.records import DeliveryKind

SENIOR_ORDER = (
    "reference",
    "name",
    "grade",
    "job_title",
    "responsibilities",
    "stated_parent",
    "stated_organisation",
    "unit_name",
    "contact_phone",
    "contact_email",
    "reports_to_post",
    "fte",
    "profession",
    "location",
    "valid",
)
JUNIOR_ORDER = (
    "stated_parent",
    "stated_organisation",
    "unit_name",
    "reports_to_post",
    "grade",
    "job_title",
    "posts_fte",
    "profession",
    "location",
)

_SENIOR = {
    "Post Unique Reference": "reference",
    "Name": "name",
    "Grade (or equivalent)": "grade",
    "Grade": "grade",
    "Job Title": "job_title",
    "Job/Team Function": "responsibilities",
    "Parent Department": "stated_parent",
    "Organisation": "stated_organisation",
    "Unit": "unit_name",
    "Contact Phone": "contact_phone",
    "Contact E-mail": "contact_email",
    "Reports to Senior Post": "reports_to_post",
    "FTE": "fte",
    "Professional/Occupational Group": "profession",
    "Office Region": "location",
    "Location": "location",
    "Valid?": "valid",
    "Valid": "valid",
}
_JUNIOR = {
    "Parent Department": "stated_parent",
    "Organisation": "stated_organisation",
    "Unit": "unit_name",
    "Reporting Senior Post": "reports_to_post",
    "Grade": "grade",
    "Generic Job Title": "job_title",
    "Number of Posts in FTE": "posts_fte",
    "Professional/Occupational Group": "profession",
    "Office Region": "location",
    "Location": "location",
}
#: In a stacked file junior rows stand in the senior columns.
_STACKED_JUNIOR = {
    header: {"fte": "posts_fte"}.get(name, name)
    for header, name in _SENIOR.items()
    if name in JUNIOR_ORDER or name == "fte"
}


def _keyed(columns: Mapping[str, str]) -> dict[str, str]:
    return {header_key(header): name for header, name in columns.items()}


SENIOR = _keyed(_SENIOR)
JUNIOR = _keyed(_JUNIOR)
STACKED_JUNIOR = _keyed(_STACKED_JUNIOR)

DATE_COLUMN = header_key("Back to Index")
PART_COLUMNS = frozenset(
    header_key(header)
    for header in ("Senior/Junior", "Senion/Junior", "Junior/Senior", "Seniority")
)

#: Columns of the layout that are no directory data: dropped without a notice each time.
UNUSED = PART_COLUMNS | {
    header_key(header)
    for header in (
        "Back to Index",
        "Salary Cost of Reports (£)",
        "Actual Pay Floor (£)",
        "Actual Pay Ceiling (£)",
        "Total Pay (£)",
        "Column1",
        "Payscale Minimum (£)",
        "Payscale Maximum (£)",
        "Notes",
        "Valid?",
        "URI",
        "source_file",
        "source_line",
    )
}

#: Without these a header is no return.
SENIOR_REQUIRED = ("reference", "name", "job_title", "reports_to_post")
JUNIOR_REQUIRED = ("reports_to_post", "posts_fte")

_HEADERS = frozenset({*SENIOR, *JUNIOR})
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_DATE = re.compile(r"([A-Za-z]{3,9})[-\s/]*'?((?:20)?\d{2})")
_FULL_DATE = re.compile(r"(20\d{2})-(\d{2})(?:-(\d{2}))?")


def is_repeated_header(cells: Sequence[str]) -> bool:
    """Whether a row repeats the header, as stacked files do where they were pasted together."""
    return sum(header_key(cell.strip()) in _HEADERS for cell in cells if cell) >= 4


def month_end(text: str) -> date | None:
    """The last day of the month that a stacked file's date cell names: `Mar-14`, `2014-03`."""
    text = text.strip()
    if match := _FULL_DATE.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    elif match := _MONTH_DATE.fullmatch(text):
        name = match[1].lower()[:3]
        if name not in _MONTHS:
            return None
        year, month = 2000 + int(match[2]) % 100, _MONTHS.index(name) + 1
    else:
        return None
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def part_of(text: str) -> DeliveryKind | None:
    """Which part a stacked row belongs to, as its Senior/Junior cell says."""
    word = text.strip().lower()
    return {"senior": DeliveryKind.SENIOR, "junior": DeliveryKind.JUNIOR}.get(word)
