"""
The heads of the audit's chains, written to a file outside the database.

Whoever may do everything in the database may compute a whole chain anew; a head that was kept
elsewhere before does not fit it. The file only grows: each line holds the heads that moved.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

_HEADS = """
    SELECT DISTINCT ON (chain) chain, sequence, encode(digest, 'hex') FROM directory_auditlink
     ORDER BY chain, sequence DESC
"""


class UnreadableHeads(Exception):
    """The file of heads is not what this module writes."""


@dataclass(frozen=True, slots=True)
class Head:
    """
    The last link of a chain at some time.

    digest: hexadecimal, 64 characters.
    """

    chain: str
    sequence: int
    digest: str


def export_heads(*, path: Path, now: datetime) -> int:
    """
    Add the heads that moved since the file was last written; returns how many did.

    :raises UnreadableHeads: if the file is not ours, or was damaged.
    """
    known = {head.chain: head for head in exported_heads(path=path)}
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        heads = [Head(*row) for row in cursor.fetchall()]
    moved = [head for head in heads if known.get(head.chain) != head]
    if moved:
        said = [{"chain": h.chain, "sequence": h.sequence, "digest": h.digest} for h in moved]
        _add_line(path, {"at": now.isoformat(), "heads": said})
    return len(moved)


def note_emptied(*, path: Path, now: datetime) -> None:
    """The owner emptied the database on purpose: earlier heads are of chains that ended."""
    if path.exists():
        _add_line(path, {"at": now.isoformat(), "emptied": True})


def exported_heads(*, path: Path) -> list[Head]:
    """
    Every head that was written down since the database was last emptied, oldest first.

    :raises UnreadableHeads: if the file is not ours, or was damaged.
    """
    heads: list[Head] = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            said = json.loads(line)
            if said.get("emptied"):
                heads = []
            heads += [
                Head(str(each["chain"]), int(each["sequence"]), str(each["digest"]))
                for each in said.get("heads", [])
            ]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UnreadableHeads(
                f"Line {number} of {path} is not a record of heads; put back a copy of the file."
            ) from None
    return heads


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return


def _add_line(path: Path, said: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write of a whole line: two workers' lines never mix.
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
