"""
A file's header and its feed's mapping together: where every field of the layout comes from.

A field is a column, or is made: put together from several cells, taken out of one, or the
same for all rows.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from directory.connectors.columns import Columns, header_key, match_columns, piece
from directory.connectors.contract import NOT_STATED, HeadedFile, UnreadableDelivery
from directory.connectors.json_lines import unknown_fields
from directory.connectors.table_mapping import PEOPLE_FIELDS, TEAM_FIELDS, TableMapping
from directory.connectors.templates import Combination, Pattern
from directory.connectors.texts import FaultList, clean_key
from directory.records import DeliveryKind, RawRow

_REQUIRED = {
    DeliveryKind.PEOPLE: ("source_key", "given_name", "family_name", "unit_code", "status"),
    DeliveryKind.TEAMS: TEAM_FIELDS,
}
_ORDER = {DeliveryKind.PEOPLE: PEOPLE_FIELDS, DeliveryKind.TEAMS: TEAM_FIELDS}
_NO_ROW = RawRow(0, 0, "", ())
_KEY = {DeliveryKind.PEOPLE: "source_key", DeliveryKind.TEAMS: "unit_code"}


@dataclass(frozen=True, slots=True)
class Layout:
    """
    What a file's rows say, field by field.

    columns: the cells that are read; those that only serve to make fields are named by `piece`.
    combine, split: by field and by header, as in the mapping, as far as this kind needs them.
    named: field to what people know it by: a header, or several.
    """

    kind: DeliveryKind
    columns: Columns
    combine: Mapping[str, Combination]
    split: Mapping[str, Pattern]
    constants: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    named: Mapping[str, str]

    def make(self, *, values: dict[str, str], faults: FaultList) -> None:
        """
        Turn the texts of cells into those of fields, in place.

        values: field to text; the pieces among them are used up.
        """
        if self.combine or self.split:
            self._make_of_pieces(values, faults)
        if self.constants:
            values.update(self.constants)
        for name, words in self.words.items():
            if name in values:
                values[name] = words.get(values[name].casefold(), values[name])

    def _make_of_pieces(self, values: dict[str, str], faults: FaultList) -> None:
        for name, made in self.combine.items():
            cells = [values.get(piece(header)) for header in made.headers]
            if any(cell is not None for cell in cells):
                values[name] = made.filled(cells=[cell or "" for cell in cells])
        for header, looks in self.split.items():
            cell = values.get(piece(header))
            if cell is None:
                continue
            parts = looks.taken_apart(cell=cell)
            if parts is None:
                faults.add(
                    field=piece(header),
                    code="cell_does_not_fit",
                    hint="The cell does not look as [split] in the feed's mapping says; correct "
                    "the cell or the mapping.",
                )
                parts = dict.fromkeys(looks.fields, "")
            values.update(parts)
        for name in [name for name in values if name.startswith("{")]:
            del values[name]

    def positions_only_of(self, *, fields: Collection[str]) -> frozenset[int]:
        """Where the cells of these fields stand in a record, unless another field reads them."""
        at = [*zip(self.columns.fields, self.columns.positions, strict=True)]
        others = {position for field, position in at if field not in fields}
        return frozenset(position for field, position in at if field in fields) - others

    @property
    def key_positions(self) -> frozenset[int]:
        """Where the cells stand in a record that its key is made of."""
        key = _KEY[self.kind]
        made = self.combine[key].headers if key in self.combine else ()
        apart = [header for header, looks in self.split.items() if key in looks.fields]
        sources = {key, *map(piece, made), *map(piece, apart)}
        at = zip(self.columns.fields, self.columns.positions, strict=True)
        return frozenset(position for field, position in at if field in sources)

    def key_of(self) -> Callable[[Sequence[str]], str]:
        """What makes the key of a row of its used cells; it runs for every row."""
        key = _KEY[self.kind]
        if key in self.columns.fields and key not in self.words:
            at = self.columns.fields.index(key)
            return lambda cells: "" if cells[at] == NOT_STATED else clean_key(cells[at])
        return lambda cells: self._made_key(key, cells)

    def _made_key(self, key: str, cells: Sequence[str]) -> str:
        said = zip(self.columns.fields, cells, strict=True)
        values = {field: clean_key(cell) for field, cell in said if cell != NOT_STATED}
        self.make(values=values, faults=FaultList(row=_NO_ROW, columns={}))
        return values.get(key, "")


def kind_of(*, file: HeadedFile, rules: TableMapping) -> DeliveryKind:
    """Teams where the header says so: a unit's code and its parent's, and nobody's key."""
    keys = {header_key(header) for header in file.header}
    stated = set(keys)
    sources: list[tuple[str, tuple[str, ...]]]
    sources = [(name, (header,)) for name, header in rules.columns.items()]
    sources += [(name, made.headers) for name, made in rules.combine.items()]
    sources += [(name, (header,)) for header, p in rules.split.items() for name in p.fields]
    for name, headers in sources:
        if all(header_key(header) in keys for header in headers):
            stated.add(header_key(name))
    teams = "sourcekey" not in stated and {"unitcode", "parentcode"} <= stated
    return DeliveryKind.TEAMS if teams else DeliveryKind.PEOPLE


def lay_out(*, file: HeadedFile, rules: TableMapping) -> Layout:
    """
    Find out where every field comes from.

    :raises UnreadableDelivery: if a column that is needed, or that the mapping names, is not
        there, or one that nobody reads stands in a strict file.
    """
    kind = kind_of(file=file, rules=rules)
    order = _ORDER[kind]
    combine = {name: made for name, made in rules.combine.items() if name in order}
    split = {h: p for h, p in rules.split.items() if any(name in order for name in p.fields)}
    constants = {name: text for name, text in rules.constants.items() if name in order}
    made = {*combine, *constants, *(name for p in split.values() for name in p.fields)}
    columns = match_columns(
        file=file,
        known={header_key(name): name for name in order},
        order=order,
        renamed={name: header for name, header in rules.columns.items() if name in order},
        pieces=tuple(dict.fromkeys((*(h for m in combine.values() for h in m.headers), *split))),
        made=made,
    )
    _require(kind, {*columns.fields, *made})
    if file.strict and columns.dropped:
        raise unknown_fields(line=file.header_line, names=columns.dropped)
    named = dict(columns.headers)
    named |= {name: ", ".join(m.headers) for name, m in combine.items()}
    named |= {name: header for header, p in split.items() for name in p.fields}
    return Layout(
        kind=kind,
        columns=columns,
        combine=combine,
        split=split,
        constants=constants,
        words={name: words for name, words in rules.values.items() if name in order},
        named=named,
    )


def _require(kind: DeliveryKind, found: set[str]) -> None:
    missing = [name for name in _REQUIRED[kind] if name not in found]
    if missing:
        raise UnreadableDelivery(
            code="missing_column",
            message="The header lacks the column(s) "
            + ", ".join(missing)
            + ". Add them, or name yours in the feed's mapping.",
        )
