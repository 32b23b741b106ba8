"""Senior and junior organogram returns as the CSV files departments publish."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from directory.synthetic.organisations import ORGANISATIONS, Organisation
from directory.synthetic.returns import Return, SeniorPost
from directory.synthetic.work import GRADES

SENIOR_COLUMNS = (
    *("Post Unique Reference", "Name", "Grade (or equivalent)", "Job Title"),
    *(
        "Job/Team Function",
        "Parent Department",
        "Organisation",
        "Unit",
        "Contact Phone",
    ),
    *("Contact E-mail", "Reports to Senior Post", "Salary Cost of Reports (£)", "FTE"),
    # The unnamed column held total pay, which is no longer published.
    *(
        "Actual Pay Floor (£)",
        "Actual Pay Ceiling (£)",
        "",
        "Professional/Occupational Group",
    ),
    *("Notes", "Valid?"),
)
JUNIOR_COLUMNS = (
    *("Parent Department", "Organisation", "Unit", "Reporting Senior Post", "Grade"),
    *("Payscale Minimum (£)", "Payscale Maximum (£)", "Generic Job Title"),
    *("Number of Posts in FTE", "Professional/Occupational Group"),
)

#: Lowest and highest pay in pounds a year, by grade.
_PAY = {
    "AA": (23_000, 24_000),
    "AO": (24_500, 26_500),
    "EO": (28_000, 32_000),
    "HEO": (34_000, 40_000),
    "SEO": (42_000, 49_000),
    "G7": (56_000, 66_000),
    "G6": (69_000, 81_000),
    "SCS1": (80_000, 84_999),
    "SCS2": (105_000, 109_999),
    "SCS3": (135_000, 139_999),
    "SCS4": (170_000, 174_999),
}
_NAMES_OF_STATES = {
    "undisclosed": "N/D",
    "vacant": "Vacant",
    "eliminated": "Eliminated",
}


def write_senior(*, path: Path, stated: Return) -> int:
    """Write the senior return; the number of rows."""
    rows = [_senior_row(post=post, organisation=stated.organisation) for post in stated.posts]
    return _write(path=path, columns=SENIOR_COLUMNS, rows=rows)


def write_junior(*, path: Path, stated: Return) -> int:
    """Write the junior return; the number of rows."""
    owner = _parent_title(organisation=stated.organisation)
    rows = [
        [
            owner,
            stated.organisation.title,
            post.team.name,
            post.reference,
            GRADES[junior.grade],
            *map(str, _PAY[GRADES[junior.grade]]),
            junior.title,
            _fte(junior.tenths),
            junior.profession,
        ]
        for post in stated.posts
        for junior in post.juniors
    ]
    return _write(path=path, columns=JUNIOR_COLUMNS, rows=rows)


def _senior_row(*, post: SeniorPost, organisation: Organisation) -> list[str]:
    named = post.holder
    floor, ceiling = _PAY[GRADES[post.grade]]
    hidden = "N/D" if post.state == "undisclosed" else "N/A"
    filled = post.state in ("named", "undisclosed")
    return [
        post.reference,
        f"{named.given_name} {named.family_name}" if named else _NAMES_OF_STATES[post.state],
        GRADES[post.grade],
        post.title,
        f"Responsible for {post.team.stem}" if post.reports_to else "Runs the organisation",
        _parent_title(organisation=organisation),
        organisation.title,
        post.team.name,
        f"{post.team.location.phone_prefix}{int(post.reference) % 1000:03d}" if filled else "N/A",
        f"{post.email_name}@{organisation.email_domain}",
        post.reports_to.reference if post.reports_to else "XX",
        str(_cost_of_reports(post=post)),
        "1.00" if filled else "0.00",
        str(floor) if named else hidden,
        str(ceiling) if named else hidden,
        "",
        post.team.profession,
        "",
        "1",
    ]


def _cost_of_reports(*, post: SeniorPost) -> int:
    """Pounds a year, at the middle of each payscale."""
    return sum(junior.tenths * sum(_PAY[GRADES[junior.grade]]) // 20 for junior in post.juniors)


def _parent_title(*, organisation: Organisation) -> str:
    parents = (one.title for one in ORGANISATIONS if one.slug in organisation.parents)
    return next(parents, organisation.title)


def _fte(tenths: int) -> str:
    whole, part = divmod(tenths, 10)
    return f"{whole}.{part}" if part else str(whole)


def _write(*, path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
