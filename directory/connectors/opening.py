"""
What a delivered file is before anybody parses it: its kind, its encoding, its size of lines.

One pass over the bytes, in chunks, so that memory stays flat; everything that
makes a file as a whole unreadable is found here or in `delimited`.
"""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from directory.connectors.contract import UnreadableDelivery

#: How much of the file is looked at in one step.
CHUNK_BYTES = 1 << 20

#: A physical line longer than this would have to be held in memory whole.
LONGEST_LINE_BYTES = 64 << 20

#: Python's csv module refuses a longer field by itself (its `field_size_limit`).
CSV_FIELD_CHARACTERS = 131_072

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of what people rename to .csv, with what it is called in the message.
_MAGIC = (
    (b"%PDF", "content_not_csv", "a PDF document"),
    (b"\x1f\x8b", "content_not_csv", "a gzip archive"),
    (b"PK\x03\x04", "looks_like_xlsx", "an Excel workbook (.xlsx)"),
    (b"PK\x05\x06", "looks_like_xlsx", "an Excel workbook (.xlsx)"),
    (b"\xd0\xcf\x11\xe0", "looks_like_xlsx", "an old or a locked Excel workbook"),
    (b"{\\rtf", "content_not_csv", "a rich text document"),
)

#: First characters of text that is not a table.
_MARKUP = (
    ("<!doctype html", "an HTML page (it starts with <!doctype html>)"),
    ("<html", "an HTML page (it starts with <html>)"),
    ("<?xml", "an XML document (it starts with <?xml)"),
    ("<", "markup (it starts with <)"),
)
_JSON_STARTS = ("{", "[")


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A file that may be read as delimited text.

    encoding: a codec name without byte order mark.
    skip_bytes: length of the byte order mark.
    said: how the encoding was found out; empty for plain UTF-8.
    has_nul: some cell holds U+0000, which PostgreSQL cannot store.
    may_break: the csv module may raise on it, so quotes must be checked first.
    """

    path: Path
    encoding: str
    skip_bytes: int
    said: str
    has_nul: bool
    may_break: bool

    @contextmanager
    def lines(self) -> Iterator[Iterator[str]]:
        """The physical lines with their ends, whichever of LF, CRLF and CR they use."""
        with self.path.open("rb") as raw:
            raw.seek(self.skip_bytes)
            with io.TextIOWrapper(raw, encoding=self.encoding, newline="") as text:
                # U+001A stands for it, and `texts` reports it with its cell.
                yield (line.replace("\0", "\x1a") for line in text) if self.has_nul else text


def open_text(*, path: Path, declared_encoding: str = "", json: bool = False) -> Opened:
    """
    Find out how a file is to be read: declared encoding, byte order mark, UTF-8, Windows-1252.

    json: the text may be JSON, which is no table of cells.

    :raises UnreadableDelivery: if it is empty, no text table, or not in the declared encoding.
    """
    with path.open("rb") as raw:
        head = raw.read(4096)
        _refuse_what_is_no_table(head)
        bom, marked = next(((b, e) for b, e in _BOMS if head.startswith(b)), (b"", ""))
        if bom and len(head) == len(bom):
            raise _empty()
        seen = _survey(chain([head[len(bom) :]], iter(lambda: raw.read(CHUNK_BYTES), b"")))
        encoding, said = _choose_encoding(raw, declared_encoding, marked, len(bom))
    if seen.blank:
        raise _empty()
    text = head[len(bom) :].decode(encoding, errors="ignore").lstrip()
    _refuse_markup(text)
    if not json and text.startswith(_JSON_STARTS):
        raise UnreadableDelivery(
            code="content_not_csv",
            message=f"The file is JSON (it starts with {text[0]}), not CSV. It may be an error "
            "message; fetch the export again. The table layout also takes JSON Lines: one object "
            "a line, without a list around them.",
        )
    wide = encoding.startswith("utf-16")
    return Opened(
        path=path,
        encoding=encoding,
        skip_bytes=len(bom),
        said=said,
        # Every second byte of UTF-16 is NUL, so there we cannot tell and always look.
        has_nul=seen.nul,
        may_break=seen.quote or seen.longest_line_bytes > CSV_FIELD_CHARACTERS or wide,
    )


def starts_with_object(*, path: Path) -> bool:
    """Whether the first sign of a file is the brace that opens a JSON object."""
    with path.open("rb") as raw:
        head = raw.read(4096)
    bom = next((b for b, _ in _BOMS if head.startswith(b)), b"")
    return head[len(bom) :].lstrip(b" \t\r\n\0").startswith(b"{")


@dataclass(slots=True)
class _Survey:
    nul: bool = False
    quote: bool = False
    blank: bool = True
    longest_line_bytes: int = 0


def _survey(chunks: Iterator[bytes]) -> _Survey:
    """Look through all bytes once; line lengths are exact to one chunk, which is enough."""
    seen = _Survey()
    run = 0
    for chunk in chunks:
        seen.nul = seen.nul or b"\0" in chunk
        seen.quote = seen.quote or b'"' in chunk
        seen.blank = seen.blank and not chunk.strip()
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        if last < 0:
            run += len(chunk)
        else:
            first = min(i for i in (chunk.find(b"\n"), chunk.find(b"\r")) if i >= 0)
            longest_inside = max(map(len, chunk.splitlines()), default=0) if not seen.quote else 0
            seen.longest_line_bytes = max(seen.longest_line_bytes, run + first, longest_inside)
            run = len(chunk) - last
        seen.longest_line_bytes = max(seen.longest_line_bytes, run)
        if seen.longest_line_bytes > LONGEST_LINE_BYTES:
            raise UnreadableDelivery(
                code="line_too_long",
                message=f"A line is longer than {LONGEST_LINE_BYTES >> 20} MB, so this is not a "
                "table of people. Export the file again.",
            )
    return seen


def _choose_encoding(raw: BinaryIO, declared: str, marked: str, skip: int) -> tuple[str, str]:
    """The encoding, and how to say that it was not plain UTF-8."""
    if declared:
        encoding = _declared_codec(declared)
        # A mark of the same family only repeats what was declared.
        encoding = marked or encoding
        _require_decodes(raw, encoding, skip, declared)
        return encoding, f"read as {declared}, as the mapping declares"
    if marked:
        _require_decodes(raw, marked, skip, marked)
        return marked, f"read as {marked.upper()}, as its byte order mark says"
    if _undecodable_at(raw, "utf-8", skip) is None:
        return "utf-8", ""
    _require_decodes(raw, "cp1252", skip, "Windows-1252")
    return "cp1252", "not UTF-8, so read as Windows-1252; export it as UTF-8"


def _declared_codec(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        raise UnreadableDelivery(
            code="invalid_mapping",
            message="The mapping declares an encoding that does not exist; use utf-8 or cp1252.",
        ) from None
    return "utf-8" if name == "utf-8-sig" else name


def _undecodable_at(raw: BinaryIO, encoding: str, skip: int) -> int | None:
    """The first physical line that cannot be decoded, or None."""
    raw.seek(skip)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        chunk = raw.read(CHUNK_BYTES)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + chunk[: error.start].count(b"\n")
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _require_decodes(raw: BinaryIO, encoding: str, skip: int, called: str) -> None:
    line = _undecodable_at(raw, encoding, skip)
    if line is not None:
        raise UnreadableDelivery(
            code="wrong_encoding",
            message=f"Line {line} is not {called} text. Export the file as UTF-8.",
        )


def _refuse_what_is_no_table(head: bytes) -> None:
    if not head:
        raise _empty()
    for magic, code, called in _MAGIC:
        if head.startswith(magic):
            raise UnreadableDelivery(
                code=code,
                message=f"The file is {called}, not CSV. Export it as “CSV UTF-8” and send that.",
            )
    unmarked = not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Text in UTF-16 without a mark, or a binary file: a stray NUL in a cell is rarer than this.
    if unmarked and head.count(b"\0") * 5 > len(head):
        raise UnreadableDelivery(
            code="content_not_csv",
            message="The file is binary, or UTF-16 without a byte order mark. Export it as "
            "“CSV UTF-8” and send that.",
        )


def _refuse_markup(text: str) -> None:
    start = text[:20].lower()
    for opening, called in _MARKUP:
        if start.startswith(opening):
            raise UnreadableDelivery(
                code="content_not_csv",
                message=f"The file is {called}, not CSV. It may be a sign-in page or an error "
                "page; fetch the export again.",
            )


def _empty() -> UnreadableDelivery:
    return UnreadableDelivery(code="empty_file", message="The file is empty. Export it again.")
