"""
Which column of a file holds which field, whatever order and spelling it uses.

Columns that are not used are dropped here, before anything else sees them:
a column nobody asked for may hold what we must not keep.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from directory.connectors.contract import NOT_STATED, HeadedFile, UnreadableDelivery
from directory.connectors.texts import has_personal_data
from directory.records import Fault, Severity

#: Characters of a cell that are kept with its fault.
_SHOWN = 1_000

_INSIGNIFICANT = re.compile(r"[\s_\-]+")


def header_key(header: str) -> str:
    """A header as it is compared: without case, spaces, underscores and hyphens."""
    return _INSIGNIFICANT.sub("", header).casefold()


@dataclass(frozen=True, slots=True)
class Columns:
    """
    The used columns of a file in canonical order, which is not the file's.

    fields: field names; positions: where each stands in a record; headers: as the file has them.
    width: cells that a whole record has.
    dropped: headers that are not used.
    """

    fields: tuple[str, ...]
    positions: tuple[int, ...]
    headers: Mapping[str, str]
    width: int
    dropped: tuple[str, ...]

    def original(self, *, cells: Sequence[str]) -> dict[str, str]:
        """
        The used cells by their headers, as they arrived, for those who have to mend the row.

        Each is cut to what a message may hold; one that looks like a number or a date that we
        must not keep is left out. Empty for a row of another length, whose cells may be anything.
        """
        if len(cells) != len(self.fields):
            return {}
        return {
            self.headers[field]: "removed" if has_personal_data(text=cell) else cell[:_SHOWN]
            for field, cell in zip(self.fields, cells, strict=True)
            if cell != NOT_STATED
        }

    def picker(self) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """What takes the used cells out of a whole record; fast, since it runs for every row."""
        if len(self.positions) == 1:
            only = self.positions[0]
            return lambda cells: (cells[only],)
        return itemgetter(*self.positions)


def match_columns(
    *,
    file: HeadedFile,
    known: Mapping[str, str],
    order: Sequence[str],
    renamed: Mapping[str, str] | None = None,
    pieces: Sequence[str] = (),
    made: Collection[str] = (),
) -> Columns:
    """
    Find the known columns in a file's header.

    known: header key to field name.
    order: every field name, in the canonical order.
    renamed: field name to the header that the feed's mapping gives it.
    pieces: headers of columns that fields are made of; each becomes a field, `piece(header)`.
    made: fields that the mapping makes, so no column of that name is read for them.

    :raises UnreadableDelivery: if two columns have the same name, or a mapped one is missing.
    """
    keys = [header_key(header) for header in file.header]
    # A first row without any known header is no header: it may hold values, so none is named.
    if not known.keys().isdisjoint(keys):
        _refuse_duplicates(file.header, keys)
    renamed = renamed or {}
    for header in (*renamed.values(), *pieces):
        if header_key(header) not in keys:
            raise UnreadableDelivery(
                code="missing_column",
                message=f"The mapping expects a column “{header}” and the file has none. Correct "
                "the mapping, or export the column again.",
            )
    said = {*made, *renamed}
    taken = {header_key(header) for header in renamed.values()}
    meaning = {
        key: known[key]
        for key in keys
        if key in known and known[key] not in said and key not in taken
    }
    position_of = _positions(file.header, keys, meaning)
    position_of |= {name: keys.index(header_key(header)) for name, header in renamed.items()}
    position_of |= {piece(header): keys.index(header_key(header)) for header in pieces}
    fields = tuple(name for name in (*order, *map(piece, pieces)) if name in position_of)
    used = set(position_of.values())
    return Columns(
        fields=fields,
        positions=tuple(position_of[name] for name in fields),
        headers={name: file.header[position_of[name]] for name in fields},
        width=len(file.header),
        dropped=tuple(header for at, header in enumerate(file.header) if at not in used),
    )


def piece(header: str, /) -> str:
    """The field of a column that only serves to make others."""
    return f"{{{header}}}"


def dropped_notices(*, file: HeadedFile, dropped: Sequence[str]) -> tuple[Fault, ...]:
    """One notice for each column with a name that nobody reads."""
    return tuple(
        Fault(
            row=file.header_row,
            line=file.header_line,
            column=header,
            code="column_not_used",
            hint="The directory does not read this column; none of its values were kept. Leave "
            "it out of the export.",
            severity=Severity.NOTICE,
        )
        for header in dropped
        if header
    )


def mapping_text(mapping: Mapping[str, Any], name: str) -> str:
    """One text setting of a mapping, empty where it is not set."""
    value = mapping.get(name, "")
    if not isinstance(value, str):
        raise invalid_mapping(f"“{name}” must be a text")
    return value


def mapping_table(mapping: Mapping[str, Any], name: str) -> dict[str, str]:
    """One table of texts of a mapping, empty where it is not set."""
    value = mapping.get(name, {})
    if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
        raise invalid_mapping(f"[{name}] must be a table of texts")
    return {str(key): text for key, text in value.items()}


def invalid_mapping(what: str) -> UnreadableDelivery:
    """The refusal of a mapping that cannot be followed."""
    return UnreadableDelivery(
        code="invalid_mapping", message=f"The feed's mapping cannot be followed: {what}."
    )


def _refuse_duplicates(header: Sequence[str], keys: Sequence[str]) -> None:
    seen = set()
    for name, key in zip(header, keys, strict=True):
        if key and key in seen:
            raise UnreadableDelivery(
                code="duplicate_column",
                message=f"The column “{name}” stands in the file twice, so we cannot know which "
                "one to read. Leave one of them out.",
            )
        seen.add(key)


def _positions(
    header: Sequence[str], keys: Sequence[str], meaning: Mapping[str, str]
) -> dict[str, int]:
    """Field name to position; two columns that mean the same field are refused."""
    found: dict[str, int] = {}
    for position, key in enumerate(keys):
        name = meaning.get(key)
        if name is None:
            continue
        if name in found:
            raise UnreadableDelivery(
                code="duplicate_column",
                message=f"The columns “{header[found[name]]}” and “{header[position]}” mean the "
                "same. Leave one of them out.",
            )
        found[name] = position
    return found
