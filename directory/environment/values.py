"""The values of variables, each of its kind, and the sentence that says what is wrong with one."""

from collections.abc import Mapping
from pathlib import Path

_YES_AND_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class WrongSetting(Exception):
    """A variable is missing or wrong; the message names it and says what to set."""


def choice(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """The value, or the first of those allowed."""
    value = values.get(name, allowed[0])
    if value not in allowed:
        listed = " or ".join(dict.fromkeys(allowed))
        raise WrongSetting(f"{name} is {value!r}: set it to {listed}.")
    return value


def absolute_path(values: Mapping[str, str], name: str) -> Path | None:
    """The path, which has to be absolute; None where it is not set."""
    if name not in values:
        return None
    path = Path(values[name])
    if not path.is_absolute():
        raise WrongSetting(f"{name} is {values[name]!r}: set it to an absolute path.")
    return path


def number(values: Mapping[str, str], name: str, default: int) -> int:
    """The whole number, from 1 on, or the default."""
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise WrongSetting(f"{name} is {text!r}: set it to a whole number from 1 on.")
    return int(text)


def hour(values: Mapping[str, str], name: str, default: int) -> int:
    """The hour of the day, from 0 to 23, or the default."""
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= 23):
        raise WrongSetting(f"{name} is {text!r}: set it to an hour of the day, from 0 to 23.")
    return int(text)


def yes_or_no(values: Mapping[str, str], name: str, default: bool) -> bool:
    """Whether it is set to yes, in one of the ways people write it, or the default."""
    value = values.get(name, str(default)).lower()
    if value not in _YES_AND_NO:
        raise WrongSetting(f"{name} is {values[name]!r}: set it to true or false.")
    return _YES_AND_NO[value]
