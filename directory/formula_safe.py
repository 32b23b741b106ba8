"""
CSV that a spreadsheet opens without running any of it, and that we read back as it was.

A cell that starts with one of = + - @, a tab or a carriage return is a formula to a spreadsheet,
whoever typed it into an HR system. An apostrophe before it makes it text (OWASP, CSV injection).
"""

import csv
import re
from collections.abc import Iterable

#: Tells a spreadsheet that the file is UTF-8; before the first line.
BYTE_ORDER_MARK = "\ufeff"

# Apostrophes before such a character count too, so that none of ours is taken for theirs.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SUSPECTS = frozenset("'=+-@\t\r")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")


def protected(*, text: str) -> str:
    """The text as a cell that no spreadsheet runs; phones that start with + are among them."""
    # Looking at one character first is three times as fast, and exports have millions of cells.
    return f"'{text}" if text[:1] in _SUSPECTS and _FORMULA.match(text) else text


def unprotected(*, text: str) -> str:
    """What `protected` was given."""
    return text[1:] if _PROTECTED.match(text) else text


def csv_line(*, cells: Iterable[object]) -> str:
    """One record with its line end (CRLF, as RFC 4180 has it), every cell protected."""
    line: str = csv.writer(_Said()).writerow([protected(text=str(cell)) for cell in cells])
    return line


class _Said:
    """A file for csv.writer, whose `writerow` returns what `write` does."""

    def write(self, text: str) -> str:
        return text
