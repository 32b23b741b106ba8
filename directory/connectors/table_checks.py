"""The checks of single cells in the table layout; each returns the value as it is kept."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from directory.connectors.texts import FaultList

STATUSES = ("active", "leave", "left")
APPOINTMENT_KINDS = ("substantive", "temporary promotion", "loan", "secondment", "job share")
AUDIENCES = ("government", "organisation", "team", "curators", "self")

_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: The dates that a staff record can hold; others are slips of the keyboard.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

#: RFC 5321 mailbox without quoted local parts and address literals, which no department uses.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(
    rf"(?P<local>{_LOCAL})@(?P<domain>(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9])"
)

_DECIMAL = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")


def is_email(text: str) -> bool:
    """Whether a text is exactly one address."""
    match = _EMAIL.fullmatch(text)
    return match is not None and len(text) <= 254 and len(match["local"]) <= 64


def checked_email(*, value: str, faults: FaultList, domains: frozenset[str]) -> str:
    """An address; its domain must be one of `domains` or below one, if there are any."""
    address = value.removesuffix(".")
    if not is_email(address):
        faults.add(
            field="email",
            code="invalid_email",
            hint="The cell must hold one address such as name@department.gov.uk, or nothing.",
        )
        return value
    if domains:
        domain = address.rpartition("@")[2].casefold()
        labels = domain.split(".")
        if not any(".".join(labels[i:]) in domains for i in range(len(labels))):
            faults.add(
                field="email",
                code="email_domain_not_allowed",
                hint="The address is not in one of this organisation's e-mail domains; correct "
                "it, or ask for the domain to be added.",
            )
    return address


def checked_date(*, value: str, field: str, faults: FaultList, date_format: str) -> str:
    """A date as YYYY-MM-DD; it is never guessed which part is the month."""
    day: date | None = None
    try:
        # No declared format reads this form otherwise; see `table_mapping`.
        if _ISO_DATE.fullmatch(value):
            day = date.fromisoformat(value)
        elif date_format:
            day = datetime.strptime(value, date_format).replace(tzinfo=UTC).date()
    except ValueError:
        pass  # reported below, as any other text that is no date
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        expected = "the date format of the feed's mapping" if date_format else "YYYY-MM-DD"
        faults.add(
            field=field,
            code="invalid_date",
            hint=f"The cell must hold a real date written as {expected}, or nothing.",
        )
        return value
    return day.isoformat()


def checked_fte(*, value: str, faults: FaultList) -> str:
    """A working share from 0.01, the least that is kept, to 1.5, as decimal text."""
    if not _DECIMAL.fullmatch(value) or not 0.01 <= float(value) <= 1.5:
        faults.add(
            field="fte",
            code="invalid_fte",
            hint="The working share must be a number from 0.01 to 1.5, such as 0.8.",
        )
    return value


def checked_choice(
    *, value: str, field: str, code: str, allowed: Sequence[str], faults: FaultList
) -> str:
    """One of the allowed words, whatever its case."""
    word = value if value in allowed else value.casefold()
    if word not in allowed:
        faults.add(
            field=field,
            code=code,
            hint="The cell must hold one of: "
            + ", ".join(allowed)
            + ". Other words can be translated in the feed's mapping.",
        )
    return word


def checked_protected(*, value: str, faults: FaultList) -> str:
    """`true` or `false`."""
    word = value.casefold()
    if word not in _TRUE | _FALSE:
        faults.add(
            field="protected",
            code="unknown_protected",
            hint="The cell must hold true or false, or nothing.",
        )
        return value
    return "true" if word in _TRUE else "false"
