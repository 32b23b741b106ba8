"""
What characters a cell may hold, and how its text is kept: NFC, stripped, one space between words.

Sources: UTS #39 (hidden characters), UAX #9 (direction overrides), UAX #31
(joiners that scripts need), and PostgreSQL, whose text cannot hold U+0000.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from directory.connectors.scanning import LONGEST_CELL_CHARACTERS
from directory.formula_safe import unprotected
from directory.records import Fault, RawRow, Severity

#: A longer key is cut here and told from its like by a digest; the database holds 500 characters.
_LONGEST_KEY = 400

_REPLACEMENT = "\ufffd"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"

_PERSONAL = re.compile(
    r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
    r"|\b(?:d\.?o\.?b\b\.?|date of birth|born on)\W{0,3}\d",
    re.IGNORECASE,
)

_HINTS = {
    "control_character": "The cell holds a control character or a line break; remove it.",
    "bidi_control_not_allowed": "The cell holds a character that reverses the order of text; "
    "remove it. Hebrew and Arabic need none.",
    "zero_width_removed": "Invisible characters were removed from the cell; remove them at source.",
    "damaged_text": "The text was damaged before it reached us (characters are lost); correct it "
    "at source.",
    "field_too_long": "The cell holds more characters than it may ({limit}); shorten it.",
}
_SEVERITIES = {
    "zero_width_removed": Severity.WARNING,
    "damaged_text": Severity.WARNING,
}


@dataclass(slots=True)
class FaultList:
    """
    The faults of one row, as they are found.

    columns: field name to the header that people know it by.
    """

    row: RawRow
    columns: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def add(self, *, field: str, code: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Note one fault of the row; `field` may be empty when the whole row is meant."""
        self.faults.append(
            Fault(
                row=self.row.row,
                line=self.row.line,
                column=self.columns.get(field, ""),
                code=code,
                hint=hint,
                severity=severity,
                source_key=self.row.key,
            )
        )

    def warn(self, *, field: str, code: str, hint: str) -> None:
        """Note a fault that costs one value, not the row."""
        self.add(field=field, code=code, hint=hint, severity=Severity.WARNING)

    def notice(self, *, field: str, code: str, hint: str) -> None:
        """Note something that costs nothing."""
        self.add(field=field, code=code, hint=hint, severity=Severity.NOTICE)

    @property
    def stops_the_row(self) -> bool:
        """Whether the row must not be applied."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


def clean_row(
    *,
    cells: Sequence[str],
    fields: Sequence[str],
    faults: FaultList,
    single_line: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """
    The cleaned text of every field, noting what had to be said about it.

    single_line: fields in which a line break is a fault, not a space.
    """
    joined = "".join(cells)
    if "'" in joined:
        cells = [unprotected(text=cell) for cell in cells]
    if joined.isascii() and joined.isprintable() and len(joined) <= LONGEST_CELL_CHARACTERS:
        if "  " in joined:
            return {name: " ".join(cell.split()) for name, cell in zip(fields, cells, strict=True)}
        return {name: cell.strip() for name, cell in zip(fields, cells, strict=True)}
    values = {}
    for name, cell in zip(fields, cells, strict=True):
        values[name], codes = clean_cell(text=cell, single_line=name in single_line)
        for code in codes:
            faults.add(
                field=name,
                code=code,
                hint=_HINTS[code].format(limit=f"{LONGEST_CELL_CHARACTERS:,}"),
                severity=_SEVERITIES.get(code, Severity.ERROR),
            )
    return values


def clean_cell(*, text: str, single_line: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text as it is kept, and the codes of what was wrong with it."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_CELL_CHARACTERS:
        return " ".join(text.split()), ()
    if len(text) > LONGEST_CELL_CHARACTERS:
        return "", ("field_too_long",)
    codes = []
    text = text.strip()
    if _CONTROLS.search(text) or (single_line and _LINE_BREAK.search(text)):
        codes.append("control_character")
    if _BIDI.search(text):
        codes.append("bidi_control_not_allowed")
    visible = _HIDDEN.sub(_kept_joiner, text)
    if visible != text:
        codes.append("zero_width_removed")
    visible = _C1.sub(_REPLACEMENT, visible)
    if _REPLACEMENT in visible:
        codes.append("damaged_text")
    return " ".join(unicodedata.normalize("NFC", visible).split()), tuple(codes)


def clean_prose(*, text: str) -> tuple[str, tuple[str, ...]]:
    """The same of text that people typed: its lines and spaces stay as they are."""
    if text.isascii() and text.isprintable():
        return text, ()
    codes = []
    if _CONTROLS.search(text) or _C1.search(text):
        codes.append("control_character")
    if _BIDI.search(text):
        codes.append("bidi_control_not_allowed")
    return unicodedata.normalize("NFC", _HIDDEN.sub(_kept_joiner, text)), tuple(codes)


def _kept_joiner(match: re.Match[str]) -> str:
    """Joiners stay after a letter of a script that joins (Arabic to Mongolian), else they go."""
    mark = match[0]
    before = match.string[match.start() - 1 : match.start()]
    return mark if mark in _JOINERS and "\u0600" <= before <= "\u1cff" else ""


def has_personal_data(*, text: str) -> bool:
    """Whether a text looks like a National Insurance number or a date of birth."""
    return _PERSONAL.search(text) is not None


def clean_key(text: str) -> str:
    """A key as it is compared: cleaned like any cell, whatever is wrong with it."""
    if text.startswith("'"):
        text = unprotected(text=text)
    if text.isascii() and text.isprintable():
        return text.strip()
    return clean_cell(text=text[:LONGEST_CELL_CHARACTERS])[0]


def bounded_key(key: str) -> str:
    """A key of several cells, as long as the database holds: cut, with a digest of all of it."""
    if len(key) <= _LONGEST_KEY:
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[:_LONGEST_KEY]}|{digest}"
