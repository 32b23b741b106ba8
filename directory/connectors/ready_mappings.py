"""
Mappings that come with the directory, for layouts that many departments export.

Each is a TOML file in `ready/`, like one that a department writes for itself, and a place to
start from: every department sets up its reports in its own way.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "ready"


@dataclass(frozen=True, slots=True)
class ReadyMapping:
    """
    One mapping by the name that `create_feed --mapping ready:NAME` takes.

    about: which system's export it is for. text: the file, to be copied and changed.
    """

    name: str
    about: str
    text: str
    mapping: Mapping[str, Any]


@cache
def ready_mappings() -> Mapping[str, ReadyMapping]:
    """Every mapping that comes with the directory, by name."""
    ready = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        mapping = tomllib.loads(text)
        ready[path.stem] = ReadyMapping(
            name=path.stem, about=mapping["about"], text=text, mapping=mapping
        )
    return ready
