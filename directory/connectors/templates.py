"""
Texts with gaps: “{Building}, {City}” makes one value of several cells, and
“{family_name}, {given_name}[ ({preferred_name})]” takes one cell apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_GAP = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"(\[[^\[\]]*\])")


class InvalidTemplate(Exception):
    """What is wrong with a template, in words that go on from “it”."""


@dataclass(frozen=True, slots=True)
class Combination:
    """
    Cells put together in one text.

    headers: of the cells, in order; texts: what stands before each of them, and after the last.
    """

    headers: tuple[str, ...]
    texts: tuple[str, ...]

    def filled(self, *, cells: Sequence[str]) -> str:
        """
        The text; a blank cell leaves out the words before it too, so nothing is dangling.

        cells: one for each of `headers`.
        """
        said = ""
        for cell, before in zip(cells, self.texts, strict=False):
            if cell:
                said = said + before + cell if said else self.texts[0] + cell
        return said + self.texts[-1] if said else ""


def combination(text: str, /) -> Combination:
    """
    Read “{Building}, {City}”.

    :raises InvalidTemplate: if it has no gap, or one without a name.
    """
    pieces = _GAP.split(text)
    headers = tuple(pieces[1::2])
    if not headers or not all(h.strip() for h in headers) or _stray(pieces[::2], "{}"):
        raise InvalidTemplate("needs the headers of columns in braces, such as {City}")
    return Combination(headers=headers, texts=tuple(pieces[::2]))


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a cell looks like: fields with words between them, those in brackets optional."""

    fields: tuple[str, ...]
    _expression: re.Pattern[str]

    def taken_apart(self, *, cell: str) -> Mapping[str, str] | None:
        """Each field's text, empty where its part is not there; None if the cell does not fit."""
        if not cell:
            return dict.fromkeys(self.fields, "")
        fit = self._expression.fullmatch(cell)
        if fit is None:
            return None
        return {
            field: (piece or "").strip()
            for field, piece in zip(self.fields, fit.groups(), strict=True)
        }


def pattern(text: str, /) -> Pattern:
    """
    Read “{family_name}, {given_name}[ ({preferred_name})][, {honorific}]”.

    A field ends where the text that may follow it begins, so every cell is taken apart in one
    way only, and in one pass.

    :raises InvalidTemplate: if two fields stand side by side, or one stands twice.
    """
    parts = [
        (part.startswith("["), _GAP.split(part.strip("[]") if part.startswith("[") else part))
        for part in _PART.split(text)
        if part
    ]
    fields = tuple(field for _, pieces in parts for field in pieces[1::2])
    if not fields or _stray([text for _, pieces in parts for text in pieces[::2]]):
        raise InvalidTemplate("needs our columns in braces, such as {family_name}")
    if len(set(fields)) < len(fields):
        raise InvalidTemplate("names one of our columns twice")
    expression = ""
    for number, (optional, pieces) in enumerate(parts):
        if optional and not pieces[0].strip():
            raise InvalidTemplate("needs a sign such as a comma at the start of each [part]")
        whole = _words(pieces[0])
        for position in range(2, len(pieces), 2):
            ends = "".join(sorted(set(_ends(parts, number, position))))
            end = re.escape(ends)
            whole += rf"([^\s{end}][^{end}]*)" if ends else r"(\S.*)"
            whole += _words(pieces[position])
        expression += f"(?:{whole})?" if optional else whole
    return Pattern(fields, re.compile(expression, re.DOTALL))


def _stray(texts: Sequence[str], signs: str = "{}[]") -> bool:
    """Whether a brace or bracket has lost its other half."""
    return any(sign in text for text in texts for sign in signs)


def _ends(parts: Sequence[tuple[bool, Sequence[str]]], number: int, position: int) -> Iterator[str]:
    """The characters that may follow the field before a text of a part."""
    own = parts[number][1]
    if own[position]:
        yield _first(own[position])
        return
    if position + 1 < len(own):
        raise InvalidTemplate("needs a sign between two of our columns")
    for optional, pieces in parts[number + 1 :]:
        if not pieces[0]:
            raise InvalidTemplate("needs a sign between two of our columns")
        yield _first(pieces[0])
        if not optional:
            return


def _first(text: str) -> str:
    return text.strip()[:1] or " "


def _words(text: str) -> str:
    """A text in the cell, however many spaces stand around its words."""
    if not text.strip():
        return r"\s+" if text else ""
    return r"\s*" + r"\s+".join(re.escape(word) for word in text.split()) + r"\s*"
