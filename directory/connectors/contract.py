"""What every connector promises: a delivery opened, its rows read, or a refusal that says why."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from directory.records import Delivery, Vocabulary


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


class Connector(Protocol):
    """
    Reads one layout.

    version: part of each row's digest, so that a better reader reads every row again.
    """

    name: str
    version: int

    def open(
        self, *, path: Path, mapping: Mapping[str, Any], vocabulary: Vocabulary
    ) -> Sequence[Delivery]:
        """
        Open a file, in the order in which its parts are to be applied.

        mapping: the feed's own mapping as parsed from TOML, empty when it needs none.

        :raises UnreadableDelivery: if the file cannot be read as this layout.
        """

    def copy_used(
        self, *, path: Path, mapping: Mapping[str, Any], vocabulary: Vocabulary, copy: Path
    ) -> None:
        """
        Write a copy that is read exactly as the file is, and holds nothing that is not read.

        :raises UnreadableDelivery: as `open` does.
        """
