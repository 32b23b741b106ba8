"""
What one row of a senior return says: a named holder, a post without one, or faults.

The rules about single cells are those of the official validator
(data.gov.uk, organogram_xls_splitter.py); rules about the tree as a whole are
the sync's, which sees every row.
"""

import re
from collections.abc import Sequence

from directory.connectors.organogram_contacts import check_contacts
from directory.connectors.organogram_holder import HolderReading, read_holder
from directory.connectors.organogram_names import CommaOrder
from directory.connectors.organogram_words import (
    is_no_reference,
    is_not_applicable,
    is_not_disclosed,
    is_not_stated,
    stated,
)
from directory.connectors.texts import FaultList, clean_key, clean_row
from directory.folding import fold
from directory.records import Holder, PersonRecord, PostRecord, RawRow, Severity

#: The reference of those who are paid and hold no post.
NOT_IN_POST = "0"

_LONGEST_REFERENCE = 200

_TOP = frozenset({"xx"})
_FTE = re.compile(r"[0-9]*\.?[0-9]+")
_INVALID_MARKS = frozenset({"0", "0.0", "0.00", "no", "n", "false"})
_REFERENCE_SYMBOLS = re.compile(r"[\s¬!\"£$%^&()+={}\[\]:;@'#<>,.\\/]")

#: Columns that say what a post is for, and the code when they do not.
_PURPOSE_CODES = {"responsibilities": "function_not_stated", "unit_name": "unit_not_stated"}

#: What doubts about a name cost, and what to do about them.
_DOUBTS = {
    "name_missing": (
        Severity.WARNING,
        "Name is blank, so the post is kept with an undisclosed holder. Write the name, N/D, "
        "Vacant or Eliminated.",
    ),
    "name_unclear": (
        Severity.WARNING,
        "Name holds neither a name nor a known word for an empty post, so nobody is named. Write "
        "the name, N/D, Vacant or Eliminated.",
    ),
    "name_looks_like_a_title": (
        Severity.WARNING,
        "Name holds a job title or a team, so nobody is named. Write the name, N/D, Vacant or "
        "Eliminated.",
    ),
    "two_names_in_cell": (
        Severity.WARNING,
        "Name holds two people, so nobody is named. Give each their own row with the same "
        "reference.",
    ),
    "name_order_unclear": (
        Severity.NOTICE,
        "It cannot be told which of the two names is the family name. Write the family name "
        "first, then a comma and a space.",
    ),
    "name_repaired": (
        Severity.NOTICE,
        "Spaces around the hyphen of a double-barrelled name were removed. Correct it at source.",
    ),
    "name_note_dropped": (
        Severity.NOTICE,
        "A note in brackets behind the name was left out. Put notes in the column Notes.",
    ),
}


def senior_key(
    *, cells: Sequence[str], fields: Sequence[str], order: CommaOrder
) -> tuple[str, bool]:
    """A row's key, and whether it stays the same when the row occurs again (named holders)."""
    values = {name: clean_key(cell) for name, cell in zip(fields, cells, strict=True)}
    holder = _holder(values, order)
    reference = values["reference"]
    return (f"{reference}|{holder.key}" if reference else "", holder.name is not None)


def ended_post(*, cells: Sequence[str], fields: Sequence[str], order: CommaOrder) -> str:
    """The reference of a post whose row says that it is eliminated; otherwise nothing."""
    values = {name: clean_key(cell) for name, cell in zip(fields, cells, strict=True)}
    return values["reference"] if _holder(values, order).holder is None else ""


def read_senior(
    *, row: RawRow, fields: Sequence[str], faults: FaultList, order: CommaOrder
) -> PersonRecord | PostRecord | None:
    """The statement of a senior row; None if it states nothing or a fault stops it."""
    values = clean_row(
        cells=row.cells,
        fields=fields,
        faults=faults,
        single_line=frozenset({"reference", "reports_to_post", "contact_email"}),
    )
    holder = _holder(values, order)
    contacts = check_contacts(values=values, holder=holder.holder, faults=faults)
    _check_row(values, holder, faults)
    if holder.holder is None or faults.stops_the_row:
        return None
    for code in holder.doubts:
        severity, hint = _DOUBTS[code]
        faults.add(field="name", code=code, hint=hint, severity=severity)
    person = _person_values(holder)
    if values["reference"] == NOT_IN_POST:
        faults.notice(
            field="reference",
            code="paid_not_in_post",
            hint="Reference 0 is somebody who is paid and holds no post; no post was recorded.",
        )
        return PersonRecord(row.key, person) if holder.name else None
    post = _post_values(values, holder, faults) | contacts
    if holder.name:
        fte = {"fte": _fte(values, faults)} if "fte" in values else {}
        return PersonRecord(row.key, person | post | fte)
    return PostRecord(row.key, post)


def _holder(values: dict[str, str], order: CommaOrder) -> HolderReading:
    also = ("job_title", "unit_name", "stated_organisation", "stated_parent")
    return read_holder(
        name=values["name"], also=tuple(values.get(name, "") for name in also), order=order
    )


def _person_values(holder: HolderReading) -> dict[str, str]:
    name = holder.name
    if name is None:
        return {}
    values = {
        "given_name": name.given,
        "family_name": name.family,
        "honorific": name.honorific,
        "display_name": name.display,
    }
    return values | ({"preferred_name": name.preferred} if name.preferred else {})


def _post_values(
    values: dict[str, str], holder: HolderReading, faults: FaultList
) -> dict[str, str]:
    post = {"post_key": values["reference"], "holder": (holder.holder or Holder.VACANT).value}
    for name in (
        "job_title",
        "responsibilities",
        "grade",
        "profession",
        "unit_name",
        "location",
        "stated_organisation",
        "stated_parent",
    ):
        if name in values:
            post[name] = stated(values[name])
    manager = stated(values["reports_to_post"])
    if not manager:
        faults.warn(
            field="reports_to_post",
            code="reports_to_missing",
            hint="Reports to Senior Post is blank. Write the reference of the post it reports "
            "to, or XX for the top.",
        )
    elif manager == values["reference"]:
        manager = ""
        faults.warn(
            field="reports_to_post",
            code="reports_to_itself",
            hint="The post reports to itself, so the reporting line was left out. Write the "
            "reference of the post above, or XX for the top.",
        )
    top = fold(manager) in _TOP
    post["reports_to_post"] = "" if top else manager
    # A blank line says nothing about who is the head; only the word does.
    post["top_post"] = "true" if top else ""
    return post


def _fte(values: dict[str, str], faults: FaultList) -> str:
    value = stated(values["fte"])
    if value and (not _FTE.fullmatch(value) or not 0.01 <= float(value) <= 1.5):
        faults.warn(
            field="fte",
            code="invalid_fte",
            hint="FTE is no number from 0.01 to 1.5, so it was left out.",
        )
        return ""
    return value


def _check_row(values: dict[str, str], holder: HolderReading, faults: FaultList) -> None:
    """Rules of the return that do not decide who holds the post."""
    reference = values["reference"]
    if holder.holder is not None:
        if is_no_reference(reference) or fold(reference) in _TOP:
            faults.add(
                field="reference",
                code="invalid_reference",
                hint="Post Unique Reference holds a placeholder that other posts may share. Give "
                "the post a reference of its own and keep it in later returns.",
            )
        elif len(reference) > _LONGEST_REFERENCE:
            faults.add(
                field="reference",
                code="field_too_long",
                hint=f"Post Unique Reference may hold {_LONGEST_REFERENCE} characters; shorten it.",
            )
        elif _REFERENCE_SYMBOLS.search(reference) or "XX" in reference:
            faults.warn(
                field="reference",
                code="reference_has_symbols",
                hint="Post Unique Reference may hold letters, digits and hyphens, and not XX.",
            )
    if values.get("valid", "").casefold() in _INVALID_MARKS:
        faults.warn(
            field="valid",
            code="marked_invalid",
            hint="The return itself marks this row as invalid; correct what its sheet shows in "
            "red.",
        )
    _check_not_in_post(values, faults)


def _check_not_in_post(values: dict[str, str], faults: FaultList) -> None:
    """Reference 0 and the words that belong to it must stand together."""
    absent = values["reference"] == NOT_IN_POST
    title = fold(values["job_title"])
    if absent and title not in ("", "not in post"):
        faults.warn(
            field="job_title",
            code="title_without_post",
            hint="Reference 0 is paid but not in post; the job title must be “Not in post”.",
        )
    elif title == "not in post" and not absent:
        faults.warn(
            field="job_title",
            code="title_without_post",
            hint="“Not in post” is only for reference 0.",
        )
    for name, code in _PURPOSE_CODES.items():
        if not absent and is_not_applicable(values.get(name, "")):
            faults.warn(
                field=name, code=code, hint="N/A is only for reference 0; say what the post is for."
            )
    organisation = values.get("stated_organisation")
    if organisation is not None and (is_not_disclosed(organisation) or is_not_stated(organisation)):
        faults.warn(
            field="stated_organisation",
            code="organisation_not_stated",
            hint="Organisation must be stated.",
        )
