"""
Names as returns write them: every order, title, rank, honour and capitalisation.

What cannot be decided is said, not guessed: the words are kept as written and
`PersonName.doubts` names the code. Examples in tests/connectors/test_organogram_names.py.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.connectors.organogram_titles import (
    HONOURS,
    NOTES,
    PARTICLES,
    SUFFIXES,
    take_titles,
)
from directory.folding import fold, words


class CommaOrder(StrEnum):
    """How a return writes "A, B", as far as the return itself shows."""

    FAMILY_FIRST = "family first"
    GIVEN_FIRST = "given first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PersonName:
    """
    A name in its parts.

    doubts: codes of what was repaired or could not be decided.
    """

    given: str
    family: str
    honorific: str = ""
    preferred: str = ""
    display: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The folded name, without titles, that a return's subject is known by."""
        return fold(f"{self.given} {self.family}")


_PARENTHESES = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_INITIALS = re.compile(r"\b([A-Za-z])\.(?=\S)")
_LOOSE_HYPHEN = re.compile(r"(?<=\w)\s+-\s+(?=\w)")
_VOWELS = re.compile(r"[AEIOUY]")


def read_name(*, text: str, order: CommaOrder = CommaOrder.UNKNOWN) -> PersonName:
    """The parts of one person's name; `text` is clean and no status word."""
    bare, preferred, doubts = _without_parentheses(text)
    if _LOOSE_HYPHEN.search(bare):
        bare = _LOOSE_HYPHEN.sub("-", bare)
        doubts.append("name_repaired")
    parts = [part.strip() for part in bare.split(",")]
    parts = [part for part in parts if part]
    if len(parts) >= 2:
        name = _comma_name(parts, text, order, doubts)
    else:
        honorific, tokens = _tokens(parts[0] if parts else bare)
        given, family = split_natural(tokens)
        name = PersonName(given, family, honorific, display=f"{given} {family}".strip())
    cased = _cased(preferred)
    known_as = cased if cased and fold(cased) not in words(name.given)[:1] else ""
    return PersonName(
        name.given, name.family, name.honorific, known_as, name.display, tuple(doubts)
    )


def split_natural(tokens: Sequence[str]) -> tuple[str, str]:
    """Given and family name of words in natural order; a single word is the family name."""
    if len(tokens) < 2:
        return "", " ".join(tokens)
    start = len(tokens) - 1
    if fold(tokens[start]) in SUFFIXES and start > 1:
        start -= 1
    while start > 1 and fold(tokens[start - 1]) in PARTICLES:
        start -= 1
    return " ".join(tokens[:start]), " ".join(tokens[start:])


def _without_parentheses(text: str) -> tuple[str, str, list[str]]:
    """The name, what stands in brackets if that is a name people use, and doubts."""
    doubts: list[str] = []
    known_as = ""
    for inside in map(str.strip, _PARENTHESES.findall(text)):
        is_name = inside.replace("-", "").replace("'", "").replace(" ", "").isalpha()
        shouted = inside.isupper() and len(inside) <= 4
        if is_name and not shouted and fold(inside) not in NOTES and len(inside.split()) <= 2:
            known_as = inside
        elif inside:
            doubts.append("name_note_dropped")
    bare = _PARENTHESES.sub(" ", text)
    return re.sub(r"\s+,", ",", " ".join(bare.split())), known_as, doubts


def _comma_name(parts: list[str], text: str, order: CommaOrder, doubts: list[str]) -> PersonName:
    """A name written with a comma: family first, unless the return shows otherwise."""
    titles: list[str] = []
    halves: list[list[str]] = []
    titled_second = False
    for number, part in enumerate(parts):
        title, tokens = _tokens(part, alone=number > 0)
        titled_second = titled_second or (number > 0 and bool(title))
        titles.extend([title] if title else [])
        if tokens:
            halves.append(tokens)
    honorific = " ".join(titles)
    if len(halves) < 2:
        given, family = split_natural(halves[0] if halves else [])
        return PersonName(given, family, honorific, display=f"{given} {family}".strip())
    first, second = halves[0], [token for half in halves[1:] for token in half]
    spaced = re.search(r",\s", text) is not None
    if not titled_second and order is CommaOrder.GIVEN_FIRST:
        given, family = " ".join(first), " ".join(second)
        return PersonName(given, family, honorific, display=f"{given} {family}")
    given, family = " ".join(second), " ".join(first)
    decided = spaced or titled_second or order is CommaOrder.FAMILY_FIRST
    if not decided:
        doubts.append("name_order_unclear")
        return PersonName(given, family, honorific, display=f"{family} {given}")
    return PersonName(given, family, honorific, display=f"{given} {family}")


def _tokens(text: str, *, alone: bool = False) -> tuple[str, list[str]]:
    """The titles, and the words of a name without titles and honours, well cased."""
    spread = _INITIALS.sub(r"\1. ", text)
    tokens = [token for token in spread.split() if token.strip(".,;'\"")]
    honorific, tokens = take_titles(tokens, alone=alone)
    while len(tokens) > 2 and fold(tokens[-1]).replace(" ", "") in HONOURS:
        tokens = tokens[:-1]
    shouted = "".join(tokens).isupper()
    # A family name is never initials; it stands last, unless the words are only given names.
    last = -1 if alone else len(tokens) - 1
    return honorific, [
        _cased_token(token, family=index == last, shouted=shouted)
        for index, token in enumerate(tokens)
    ]


def _cased(text: str) -> str:
    return " ".join(_cased_token(token, family=True, shouted=True) for token in text.split())


def _cased_token(token: str, *, family: bool, shouted: bool) -> str:
    """
    A word of a name in mixed case; only words that are all capitals are touched.

    family: it may be the family name. shouted: every word of the name is in capitals.
    """
    letters = sum(letter.isalpha() for letter in token)
    if letters < 2 or not token.isupper():
        return token.strip(",;") if letters else token
    # Initials written together ("JS") stay as they are; a family name (NG) is no initials.
    initials = letters <= 3 and (not shouted or not _VOWELS.search(token))
    if initials and (not family or (letters == 2 and not shouted)):
        return token
    if fold(token) in PARTICLES and not family:
        return token.lower()
    return "-".join(_cased_piece(piece) for piece in token.split("-"))


def _cased_piece(piece: str) -> str:
    """One piece of a capitalised word: MCGIBBON is McGibbon, O'NEILL is O'Neill."""
    for mark in "'’‘":
        head, found, tail = piece.partition(mark)
        if found and len(head) == 1:
            return head.upper() + mark + _cased_piece(tail)
    plain = piece.capitalize()
    if plain.startswith("Mc") and len(plain) > 3:
        return "Mc" + plain[2:].capitalize()
    return plain
