"""What every connector promises: a delivery opened, its rows read, or a refusal that says why."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from directory.records import Delivery, Fault, Vocabulary

#: Row, physical line where it starts, cells.
NumberedRecord = tuple[int, int, list[str]]

#: The cell of a row that says nothing about a column, unlike a blank one; no file can hold it.
NOT_STATED = "\0"


class UnreadableDelivery(Exception):
    """
    The file as a whole cannot be taken; nothing of it is applied.

    code: stable and documented in docs/feeds.md.
    message: what was found, where, and what to do, without any value of the file.
    """

    def __init__(self, *, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class HeadedFile(Protocol):
    """Rows below a header, whatever the format of the file they stand in."""

    @property
    def header(self) -> tuple[str, ...]:
        """What the columns are called."""

    @property
    def header_row(self) -> int:
        """The row where the header stands."""

    @property
    def header_line(self) -> int:
        """The physical line where the header stands."""

    @property
    def notices(self) -> tuple[Fault, ...]:
        """How the file was read, where that has to be said."""

    @property
    def strict(self) -> bool:
        """Whether a column that nobody reads refuses the file rather than being dropped."""

    def records(self) -> Iterator[NumberedRecord]:
        """Every row below the header; may be called again."""


class Connector(Protocol):
    """
    Reads one layout.

    version: part of each row's digest, so that a better reader reads every row again.
    """

    name: str
    version: int

    def open(
        self,
        *,
        path: Path,
        mapping: Mapping[str, Any],
        vocabulary: Vocabulary,
        file_name: str = "",
    ) -> Sequence[Delivery]:
        """
        Open a file, in the order in which its parts are to be applied.

        mapping: the feed's own mapping as parsed from TOML, empty when it needs none.
        file_name: what the sender calls the file, where `path` is not called so.

        :raises UnreadableDelivery: if the file cannot be read as this layout.
        """

    def copy_used(
        self,
        *,
        path: Path,
        mapping: Mapping[str, Any],
        vocabulary: Vocabulary,
        copy: Path,
        file_name: str = "",
    ) -> None:
        """
        Write a copy that is read exactly as the file is, and holds nothing that is not read.

        :raises UnreadableDelivery: as `open` does.
        """

    def check_mapping(self, *, mapping: Mapping[str, Any]) -> None:
        """
        Let through a mapping that this layout can follow, before any file is there.

        :raises UnreadableDelivery: with `invalid_mapping`, naming the setting.
        """
