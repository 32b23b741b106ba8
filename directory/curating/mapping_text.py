"""A feed's mapping as people edit it: TOML in, TOML out."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from directory.curating.remit import FeedRefused


class NotToml(FeedRefused):
    """The text of a mapping is not written as TOML; the message says where."""


def read_mapping(*, text: str) -> dict[str, Any]:
    """
    The mapping a text stands for; an empty one for an empty text.

    :raises NotToml: if it is not TOML.
    """
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise NotToml(f"The mapping is not written as it should be: {error}.") from None


def write_mapping(*, mapping: Mapping[str, Any]) -> str:
    """The mapping as TOML: settings first, then each table below its name."""
    return "\n".join(_table(mapping, ())).strip() + "\n" if mapping else ""


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    inside = {name: value for name, value in table.items() if isinstance(value, Mapping)}
    plain = {name: value for name, value in table.items() if name not in inside}
    if path and (plain or not inside):
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
    for name, value in plain.items():
        yield f"{_key(name)} = {_value(value)}"
    for name, value in inside.items():
        yield from _table(value, (*path, name))


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _text(name)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        # A table within a list can only stand on one line.
        return f"{{ {', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())} }}"
    return json.dumps(value)


def _text(text: str) -> str:
    """A basic string; JSON's escapes are TOML's, but for the one control character it leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
