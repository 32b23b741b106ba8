"""What was written: every file, what is in it, and what a reader must find changed in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

MANIFEST_NAME = "manifest.json"

_FORMAT = "civil-directory-feeds 1"


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """
    One organisation; it is described in the organisations file too, without its domain.

    people: named in period 0.
    """

    slug: str
    title: str
    abbreviation: str
    email_domain: str
    people: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    One file, in the order in which files are to be synced: by period, feed, then as listed.

    connector: table or organogram; kind: teams, people, senior or junior.
    complete: whoever is not in it has gone.
    mapping, path: relative to the manifest; mapping is empty where the feed needs none.
    rows: without the header.
    in_post: people active or on leave; holders named, in a senior return.
    joiners, leavers, movers, renames: against the same feed's file of the period before.
        People: by source key; leavers are absent or newly marked `left`, movers changed team,
        title or grade. Teams: joiners are new, renames have another name. Senior: by post
        reference and name together, so movers and renames are among joiners and leavers too.
        In period 0 everybody in post is a joiner.
    leavers_marked: leavers still in the file, with status left.
    """

    period: int
    as_of: date
    organisation: str
    feed: str
    connector: str
    kind: str
    path: str
    rows: int
    in_post: int = 0
    joiners: int = 0
    leavers: int = 0
    leavers_marked: int = 0
    movers: int = 0
    renames: int = 0
    mapping: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """
    One person who went from one organisation to another, under the same name.

    person: the generator's own id.
    manner: clean, overlap (both files of a period name them) or gap (no file of a period does).
    leaves_in, arrives_in: first period without them in the one, with them in the other.
    """

    person: str
    given_name: str
    family_name: str
    from_feed: str
    from_key: str
    to_feed: str
    to_key: str
    manner: str
    leaves_in: int
    arrives_in: int


@dataclass(frozen=True, slots=True)
class CastEntry:
    """A member of the cast who is in these feeds."""

    role: str
    given_name: str
    family_name: str
    email: str
    organisation: str
    feed: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    One run of the generator, whole.

    organisations_file: in the format of the GOV.UK organisations API.
    """

    people: int
    seed: int
    periods: int
    organisations_file: str
    organisations: tuple[OrganisationEntry, ...]
    deliveries: tuple[Delivery, ...]
    moves: tuple[Move, ...]
    cast: tuple[CastEntry, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Every path written, relative to the manifest, which is not among them."""
        mappings = (one.mapping for one in self.deliveries if one.mapping)
        paths = (one.path for one in self.deliveries)
        return tuple(dict.fromkeys((self.organisations_file, *mappings, *paths)))

    def write(self, *, directory: Path) -> None:
        """Write the manifest beside the files it lists."""
        _write(directory=directory, document={**asdict(self), "files": self.files})


def announce(*, directory: Path, files: Sequence[str]) -> None:
    """
    Say what is about to be written, so that a run that was cut short can be cleared away.

    files: every path to come, relative to the manifest, itself left out.
    """
    _write(directory=directory, document={"unfinished": True, "files": files})


def files_listed(*, directory: Path) -> tuple[str, ...]:
    """
    What an earlier run wrote, or was about to write; paths relative to the manifest.

    :raises OSError: if there is no manifest.
    :raises ValueError: if a file of that name is none of ours.
    """
    files = _document(directory=directory).get("files")
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        raise ValueError(f"{MANIFEST_NAME} does not list its files.")
    return tuple(files)


def read_manifest(*, directory: Path) -> Manifest:
    """
    The manifest of feeds made before.

    :raises FileNotFoundError: if there is none.
    :raises ValueError: if a file of that name is none of ours, or its run was cut short.
    """
    document = _document(directory=directory)
    if document.get("unfinished"):
        raise ValueError(f"The run that began {MANIFEST_NAME} was cut short; make the feeds again.")
    return Manifest(
        people=document["people"],
        seed=document["seed"],
        periods=document["periods"],
        organisations_file=document["organisations_file"],
        organisations=tuple(OrganisationEntry(**one) for one in document["organisations"]),
        deliveries=tuple(
            Delivery(**{**one, "as_of": date.fromisoformat(one["as_of"])})
            for one in document["deliveries"]
        ),
        moves=tuple(Move(**one) for one in document["moves"]),
        cast=tuple(CastEntry(**one) for one in document["cast"]),
    )


def _document(*, directory: Path) -> Mapping[str, Any]:
    document = json.loads((directory / MANIFEST_NAME).read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise ValueError(f"{MANIFEST_NAME} was not written by make_feeds; its format differs.")
    return document


def _write(*, directory: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(
        {"format": _FORMAT, **document}, ensure_ascii=False, indent=1, default=date.isoformat
    )
    (directory / MANIFEST_NAME).write_text(text + "\n", encoding="utf-8", newline="\n")
