"""Phone and e-mail of a senior row: what is kept, and the official rules about them."""

import re

from directory.connectors.organogram_words import is_not_applicable, is_not_disclosed, stated
from directory.connectors.table_checks import is_email
from directory.connectors.texts import FaultList
from directory.records import Holder

#: A UK number that a spreadsheet took for a number: its leading 0 lost, ".0" added.
_FLOAT_PHONE = re.compile(r"([1-9]\d{9})\.0")


def check_contacts(
    *, values: dict[str, str], holder: Holder | None, faults: FaultList
) -> dict[str, str]:
    """
    The contact fields as they are kept.

    values: the clean cells; columns that the return lacks are absent, and stay so.
    holder: who holds the post; None if it is eliminated.
    """
    empty = holder in (None, Holder.VACANT) or values["reference"] == "0"
    kept = {}
    if "contact_phone" in values:
        kept["contact_phone"] = _phone(values["contact_phone"], empty, faults)
    if "contact_email" in values:
        kept["contact_email"] = _email(values, empty, faults)
    return kept


def _phone(phone: str, empty: bool, faults: FaultList) -> str:
    if empty and not is_not_applicable(phone):
        faults.warn(
            field="contact_phone",
            code="phone_not_expected",
            hint="The phone of a vacant or eliminated post, or of reference 0, must be N/A.",
        )
    elif not empty and is_not_applicable(phone):
        faults.warn(
            field="contact_phone",
            code="phone_missing",
            hint="N/A is only for vacant and eliminated posts; give a phone of the person or team.",
        )
    if match := _FLOAT_PHONE.fullmatch(phone):
        faults.notice(
            field="contact_phone",
            code="repaired_phone",
            hint="A spreadsheet had turned the phone into a number; its leading 0 was put back. "
            "Format the column as text.",
        )
        return f"0{match[1]}"
    return stated(phone)


def _email(values: dict[str, str], empty: bool, faults: FaultList) -> str:
    email = values["contact_email"]
    if is_not_disclosed(email):
        if is_not_disclosed(values.get("contact_phone", "")):
            faults.warn(
                field="contact_email",
                code="no_contact",
                hint="Phone and e-mail are both N/D; one of them must be given, if only a team's.",
            )
        return ""
    if empty and is_not_applicable(email):
        return ""
    if not stated(email):
        faults.warn(
            field="contact_email",
            code="email_missing",
            hint="Give an e-mail address of the person or team, or N/D. N/A is only for vacant "
            "and eliminated posts and reference 0.",
        )
        return ""
    if not is_email(email):
        faults.warn(
            field="contact_email",
            code="invalid_email",
            hint="The cell must hold exactly one address; it was left out.",
        )
        return ""
    return email
