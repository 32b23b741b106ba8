"""
Judges one row among all others: faults it has only in company, and what they cost it.

Pure. A connector has judged the row by itself already; here come the faults that
only the whole delivery and the database together can show, found set-based by
`snapshot` and handed over as `Facts`.
"""

from collections.abc import Sequence
from dataclasses import replace

from directory.plans import Facts
from directory.records import Fault, Reading, Record, Severity

#: Which field each dropped reference stands in, and what its column is called in hints.
_REFERENCES = {
    "manager_key": ("unknown_manager", "No row and nobody we hold has this key as source_key."),
    "reports_to_post": (
        "unknown_manager",
        "No post of this organisation has this reference; correct it, or add the post.",
    ),
    "unit_code": (
        "unknown_unit",
        "No team has this code; deliver the teams first, or correct the code.",
    ),
    "parent_code": (
        "teams_parent_unknown",
        "No team has this code; add its row, or leave parent_code empty at the top.",
    ),
}

#: Without these a row cannot be placed, so the whole row waits; other references are dropped.
_PLACING = {"unit_code", "parent_code"}

_REPORTING_FIELDS = ("manager_key", "reports_to_post", "parent_code")


def validate_row(*, reading: Reading, facts: Facts) -> Reading:
    """
    The reading with the faults of its company added, and without what they cost.

    An error leaves no record: what we hold under its key stays as it was.
    """
    if reading.record is None:
        return reading
    faults = [
        *reading.faults,
        *_key_faults(reading, facts),
        *_email_faults(reading, facts),
        *_organisation_faults(reading, facts),
        *_reference_faults(reading, facts),
        *_loop_faults(reading, facts),
        *_post_faults(reading, facts),
        *_protection_faults(reading, facts),
    ]
    if any(fault.severity is Severity.ERROR for fault in faults):
        return replace(reading, record=None, faults=tuple(faults))
    record = _mended(reading.record, facts)
    if record is reading.record and len(faults) == len(reading.faults):
        return reading
    return replace(reading, record=record, faults=tuple(faults))


def _fault(
    reading: Reading, column: str, code: str, hint: str, severity: Severity = Severity.ERROR
) -> Fault:
    key = reading.record.key if reading.record else ""
    return Fault(
        row=reading.row,
        line=reading.line,
        column=column,
        code=code,
        hint=hint,
        severity=severity,
        source_key=key,
    )


def _key_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    if not facts.same_key_rows:
        return ()
    hint = f"{_rows(facts.same_key_rows)} use this key as well and say something else."
    return (_fault(reading, "source_key", "duplicate_key", hint),)


def _email_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    if facts.email_rows:
        hint = f"{_rows(facts.email_rows)} state this e-mail as well; each official has their own."
    elif facts.email_taken:
        hint = "Another record of this organisation holds this e-mail; correct one of the two."
    else:
        return ()
    return (_fault(reading, "email", "email_conflict", hint),)


def _organisation_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    if not facts.other_organisation:
        return ()
    hint = f"This row belongs to {facts.other_organisation}; move it to that body's return."
    return (_fault(reading, "Organisation", "other_organisation", hint),)


def _reference_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    faults = []
    for field in sorted(facts.unresolved):
        code, hint = _REFERENCES[field]
        severity = Severity.ERROR if field in _PLACING else Severity.WARNING
        faults.append(_fault(reading, field, code, hint, severity))
    for field in sorted(facts.ended):
        hint = "This post has ended; write the reference of the post that took it over."
        faults.append(_fault(reading, field, "eliminated_manager", hint, Severity.WARNING))
    for field, spelling in sorted(facts.repaired.items()):
        hint = f"Read as {spelling}, the only post it can mean; write it that way."
        faults.append(_fault(reading, field, "reference_repaired", hint, Severity.NOTICE))
    return faults


def _loop_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    if not facts.looping or reading.record is None:
        return ()
    field = next((f for f in _REPORTING_FIELDS if reading.record.values.get(f)), "manager_key")
    severity = Severity.ERROR if field in _PLACING else Severity.WARNING
    hint = "This line leads back to the row itself; it was left out."
    return (_fault(reading, field, "reporting_loop", hint, severity),)


def _post_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    if not facts.differs_from_row:
        return ()
    hint = f"Row {facts.differs_from_row} describes the same post otherwise, and counts."
    return (_fault(reading, "post_key", "job_share_differs", hint, Severity.WARNING),)


def _protection_faults(reading: Reading, facts: Facts) -> Sequence[Fault]:
    known = facts.known
    if known is None or not known.protected or reading.record is None:
        return ()
    if reading.record.values.get("protected") != "false":
        return ()
    hint = "The person stays protected: a feed may raise the mark and never lower it."
    return (_fault(reading, "protected", "protection_kept", hint, Severity.WARNING),)


def _mended(record: Record, facts: Facts) -> Record:
    """The record with repaired references, and without a line that leads back to itself."""
    if not facts.repaired and not facts.looping:
        return record
    values = dict(record.values) | dict(facts.repaired)
    if facts.looping:
        values |= {f: "" for f in _REPORTING_FIELDS if f in values}
    return replace(record, values=values)


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:5])
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return f"{'Row' if len(rows) == 1 else 'Rows'} {shown}{more}"
