"""Which format a file of the table layout has: its content says, not its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.connectors.contract import HeadedFile
from directory.connectors.delimited import open_delimited
from directory.connectors.json_lines import open_json_lines
from directory.connectors.opening import starts_with_object
from directory.connectors.workbook import is_workbook, open_workbook

_JSON_ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What is known of a file's columns before it is opened.

    encoding, delimiter: what the mapping declares; found out where empty.
    knows: whether a header means anything to us. may_be_list: whether its cell may hold a list.
    """

    encoding: str
    delimiter: str
    knows: Callable[[str], bool]
    may_be_list: Callable[[str], bool]

    def has_header(self, cells: Sequence[str]) -> bool:
        """Whether a row names columns that we know."""
        return any(self.knows(cell) for cell in cells)


def open_headed(*, path: Path, file_name: str, expected: Expected) -> HeadedFile:
    """
    Open a workbook, JSON Lines or delimited text.

    An archive counts as a workbook only where its name says so, since a workbook called .csv
    was exported by mistake.

    :raises UnreadableDelivery: if it is none of them, or cannot be read.
    """
    name = file_name or path.name
    if is_workbook(path=path, file_name=name):
        return open_workbook(path=path, has_header=expected.has_header)
    if name.lower().endswith(_JSON_ENDINGS) or starts_with_object(path=path):
        return open_json_lines(
            path=path,
            encoding=expected.encoding,
            knows=expected.knows,
            may_be_list=expected.may_be_list,
        )
    return open_delimited(path=path, encoding=expected.encoding, delimiter=expected.delimiter)
