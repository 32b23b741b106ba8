"""
JSON Lines: one JSON object on each line, each of its members a column.

The whole file is read once before anything of it is taken, so that a slip on the last
line refuses the first one too. A member that nobody reads refuses the file as well: whoever
writes a program must learn that what it sends is not used.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from directory.connectors.contract import NOT_STATED, NumberedRecord, UnreadableDelivery
from directory.connectors.delimited import encoding_notices
from directory.connectors.opening import Opened, open_text
from directory.records import Fault

#: No row of ours is longer: every cell as long as it may be, and each character escaped.
LONGEST_LINE_CHARACTERS = 4 << 20

#: A number with more digits is none that a directory keeps.
LONGEST_NUMBER_CHARACTERS = 40

_WHAT_IT_IS = (
    "JSON Lines has one object on each line, such as "
    '{"source_key": "10023", "family_name": "Holt"}, and nothing around them.'
)

# PostgreSQL's text holds neither; U+001A stands for them, and `texts` reports it.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class _Unreadable(Exception):
    """What is wrong with a line, in words that go on from “Line 3: ”."""


@dataclass(frozen=True, slots=True)
class JsonLinesFile:
    """
    A file of objects, all of which could be read.

    header: every member that some object has, in the order in which they first appear.
    lists: members that may hold a list of texts; the texts are joined by semicolons.
    """

    opened: Opened
    header: tuple[str, ...]
    lists: frozenset[str]
    header_row: int = 1
    header_line: int = 1
    strict: bool = True

    @property
    def notices(self) -> tuple[Fault, ...]:
        """How the file was read, where that was not plain UTF-8."""
        return encoding_notices(opened=self.opened, row=self.header_row, line=self.header_line)

    def records(self) -> Iterator[NumberedRecord]:
        """Every object in order, a cell for each column; row and line are the same."""
        for line, members in _objects(self.opened):
            cells = [
                _cell(members[name], name in self.lists) if name in members else NOT_STATED
                for name in self.header
            ]
            yield line, line, cells


def open_json_lines(
    *,
    path: Path,
    encoding: str = "",
    knows: Callable[[str], bool],
    may_be_list: Callable[[str], bool],
) -> JsonLinesFile:
    """
    Open a file and make sure that every line of it can be read.

    knows: whether anybody reads a member. may_be_list: whether it may hold a list of texts.

    :raises UnreadableDelivery: with `json_unreadable` or `unknown_field`, naming the line.
    """
    opened = open_text(path=path, declared_encoding=encoding, json=True)
    header: dict[str, bool] = {}
    for line, members in _objects(opened):
        for name, value in members.items():
            if name not in header:
                _refuse_unknown(line, [n for n in members if not knows(n)])
                header[name] = may_be_list(name)
            try:
                _cell(value, header[name])
            except _Unreadable as reason:
                raise _refusal(line, f"“{_shown(name)}” holds {reason}.") from None
    return JsonLinesFile(
        opened=opened,
        header=tuple(header),
        lists=frozenset(name for name, lists in header.items() if lists),
    )


def unknown_fields(*, line: int, names: Sequence[str]) -> UnreadableDelivery:
    """The refusal of members that nobody reads, or that no feed may write."""
    listed = ", ".join(f"“{_shown(name)}”" for name in names[:10])
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return UnreadableDelivery(
        code="unknown_field",
        message=f"Line {line}: {listed}{more}: no field that a feed may write, so nothing was "
        f"applied. Leave it out, or name it in the mapping. {_WHAT_IT_IS}",
    )


def _refuse_unknown(line: int, names: Sequence[str]) -> None:
    if names:
        raise unknown_fields(line=line, names=names)


def _objects(opened: Opened) -> Iterator[tuple[int, dict[str, object]]]:
    """Line number and members of every line that is not blank."""
    with opened.lines() as lines:
        for line, text in enumerate(lines, 1):
            if text.isspace():
                continue
            try:
                yield line, _members(text)
            except json.JSONDecodeError as error:
                reason = f"column {error.colno}: this is no JSON ({error.msg})."
                raise _refusal(line, reason) from None
            except RecursionError:
                raise _refusal(line, "lists or objects stand inside one another.") from None
            except _Unreadable as reason:
                raise _refusal(line, f"{reason}.") from None


def _members(text: str) -> dict[str, object]:
    if len(text) > LONGEST_LINE_CHARACTERS:
        raise _Unreadable(f"it has more than {LONGEST_LINE_CHARACTERS:,} characters")
    found = _DECODER.decode(text)
    if not isinstance(found, dict):
        raise _Unreadable("it holds no object")
    return found


def _cell(value: object, may_be_list: bool) -> str:
    """
    The text of a value; numbers have been kept as they are written.

    :raises _Unreadable: if it is an object, or a list of anything but texts.
    """
    if isinstance(value, str):
        return _UNSTORABLE.sub("\x1a", value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and may_be_list and all(isinstance(v, str) for v in value):
        return _UNSTORABLE.sub("\x1a", ";".join(value))
    kind = "a list" if isinstance(value, list) else "an object"
    raise _Unreadable(f"{kind}, and not one text, number, true, false or null")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(name for name, times in Counter(n for n, _ in pairs).items() if times > 1)
        raise _Unreadable(f"“{_shown(twice)}” stands in it twice")
    return members


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER_CHARACTERS or "e" in text or "E" in text:
        raise _Unreadable("a number has an exponent or too many digits")
    return text


def _no_number(text: str) -> NoReturn:
    raise _Unreadable(f"{text} is no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_no_number
)


def _shown(name: str) -> str:
    """The name of a member as a message may show it."""
    return "".join(letter if letter.isprintable() else "�" for letter in name[:60])


def _refusal(line: int, reason: str) -> UnreadableDelivery:
    return UnreadableDelivery(
        code="json_unreadable",
        message=f"Line {line}: {reason} Nothing was applied. {_WHAT_IT_IS}",
    )
