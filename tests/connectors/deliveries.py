"""Deliveries to write and read in the tests of connectors: ordinary rows, and what differs."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from directory.records import Delivery, Reading, Vocabulary

#: Public returns and cases lie beside the repository where they are present; see docs/feeds.md.
SHARED = Path(__file__).resolve().parents[2].parent / "shared"

HEADER = (
    "source_key,given_name,family_name,email,job_title,grade,unit_code,manager_key,phone,"
    "location,start_date,status"
)
GOOD = "K1,Ann,Lee,ann.lee@dept.gov.uk,Analyst,SEO,U1,,,Leeds,2020-01-06,active"

VOCABULARY = Vocabulary(email_domains=frozenset({"dept.gov.uk", "agency.example"}))

SENIOR_HEADER = (
    "Post Unique Reference",
    "Name",
    "Grade (or equivalent)",
    "Job Title",
    "Job/Team Function",
    "Parent Department",
    "Organisation",
    "Unit",
    "Contact Phone",
    "Contact E-mail",
    "Reports to Senior Post",
    "Salary Cost of Reports (£)",
    "FTE",
    "Actual Pay Floor (£)",
    "Actual Pay Ceiling (£)",
    "",
    "Professional/Occupational Group",
    "Notes",
    "Valid?",
)
JUNIOR_HEADER = (
    "Parent Department",
    "Organisation",
    "Unit",
    "Reporting Senior Post",
    "Grade",
    "Payscale Minimum (£)",
    "Payscale Maximum (£)",
    "Generic Job Title",
    "Number of Posts in FTE",
    "Professional/Occupational Group",
)
_SENIOR_ROW = {
    "Post Unique Reference": "A2",
    "Name": "Ann Lee",
    "Grade (or equivalent)": "SCS1",
    "Job Title": "Deputy Director",
    "Job/Team Function": "Runs the team",
    "Parent Department": "Department of Examples",
    "Organisation": "Department of Examples",
    "Unit": "Policy",
    "Contact Phone": "020 7946 0000",
    "Contact E-mail": "team@dept.gov.uk",
    "Reports to Senior Post": "A1",
    "Salary Cost of Reports (£)": "0",
    "FTE": "1",
    "Actual Pay Floor (£)": "75000",
    "Actual Pay Ceiling (£)": "79999",
    "Professional/Occupational Group": "Policy",
    "Valid?": "1",
}
_JUNIOR_ROW = {
    "Parent Department": "Department of Examples",
    "Organisation": "Department of Examples",
    "Unit": "Policy",
    "Reporting Senior Post": "A1",
    "Grade": "SEO",
    "Payscale Minimum (£)": "30000",
    "Payscale Maximum (£)": "35000",
    "Generic Job Title": "Policy Adviser",
    "Number of Posts in FTE": "2.5",
    "Professional/Occupational Group": "Policy",
}

OpenTable = Callable[..., Delivery]
OpenReturn = Callable[..., Sequence[Delivery]]


def senior_return(*rows: dict[str, str], header: Sequence[str] = SENIOR_HEADER) -> str:
    """A senior return of rows that differ from an ordinary one as stated."""
    return _written(header, [_SENIOR_ROW | row for row in rows])


def junior_return(*rows: dict[str, str]) -> str:
    """A junior return of rows that differ from an ordinary one as stated."""
    return _written(JUNIOR_HEADER, [_JUNIOR_ROW | row for row in rows])


def readings(delivery: Delivery) -> list[Reading]:
    """Every row of a delivery, read."""
    return [delivery.read(row) for row in delivery.rows()]


def codes(reading: Reading) -> list[str]:
    """The codes of a reading's faults, sorted."""
    return sorted(fault.code for fault in reading.faults)


def _written(header: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return text.getvalue()
