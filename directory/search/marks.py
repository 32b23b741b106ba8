"""
Which parts of a label the words of a question begin, by folded letters. Pure: no Django.

A word marks what it begins: `zoe` marks “Zoë”, `oneill` marks “O’Neill”, `smithjones` marks
“Smith-Jones”, `mueller` marks “Müller”. A nickname or a misspelt word marks nothing.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from directory import folding

#: Letters that many write as two, as search has it (`name_words` in `sql/search_words.1.sql`).
_AS_TWO: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a label; the pieces of a label in order are the label."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a label: its folded letters, and the place in the label each comes from."""

    letters: str
    places: tuple[int, ...]


def mark(*, label: str, words: Sequence[str]) -> tuple[Part, ...]:
    """
    The label in pieces, those marked that one of the words begins or is.

    words: folded, as `Query.words` has them.
    """
    is_marked = [False] * len(label)
    for spelt in dict.fromkeys([tuple(_words(label, {})), tuple(_words(label, _AS_TWO))]):
        for at in range(len(spelt)):
            for word in words:
                for place in _begun(word, spelt[at:]):
                    is_marked[place] = True
    _join(label, is_marked)
    return tuple(_pieces(label, is_marked))


def _begun(word: str, label: Sequence[_Word]) -> list[int]:
    """The places that a word covers from the first of these words on, several if written as one."""
    covered: list[int] = []
    left = word
    for said in label:
        same = min(len(left), len(said.letters))
        if left[:same] != said.letters[:same]:
            return []
        covered += said.places[:same]
        left = left[same:]
        if not left:
            return covered
    return []


def _words(label: str, as_two: dict[str, str]) -> Iterator[_Word]:
    letters, places = "", []
    for place, character in enumerate(label):
        folded = as_two.get(character.lower()) or _folded(character)
        for letter in folded:
            if letter != " ":
                letters += letter
                places.append(place)
            elif letters:
                yield _Word(letters, tuple(places))
                letters, places = "", []
    if letters:
        yield _Word(letters, tuple(places))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """What one character is folded to; a space if it stands between words."""
    # Between two letters, because at an end the space would be cut off.
    return folding.fold(f"a{character}b")[1:-1]


def _join(label: str, is_marked: list[bool]) -> None:
    """
    Mark what stands between two marked letters of one written word: apostrophe and hyphen,
    and accents of their own after a marked letter.
    """
    for place in range(1, len(label)):
        if is_marked[place] or not is_marked[place - 1]:
            continue
        end = place
        while end < len(label) and not is_marked[end] and _joins(label[end]):
            end += 1
        if end < len(label) and is_marked[end]:
            is_marked[place:end] = [True] * (end - place)
        elif unicodedata.category(label[place])[0] == "M":
            is_marked[place] = True


def _joins(character: str) -> bool:
    return not character.isspace() and _folded(character) in ("", " ")


def _pieces(label: str, is_marked: Sequence[bool]) -> Iterator[Part]:
    start = 0
    for place in range(1, len(label) + 1):
        if place == len(label) or is_marked[place] != is_marked[start]:
            yield Part(label[start:place], is_marked[start])
            start = place
