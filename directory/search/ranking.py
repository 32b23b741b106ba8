"""
How hits are ordered: a sum of points that can be explained. Pure: no database, no Django.

Every word typed earns the points of the best place it stands in, and the whole
text may earn a bonus. Equal sums are ordered by name. `candidates` has the
database add the points up, so that pages deep in a long list cost no memory here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Points for a word, by the weight its place has in the document (`SearchEntry.document`):
#: first for the whole word, then for its beginning.
PLACES: Final[dict[str, tuple[int, int]]] = {
    "A": (40, 30),  # names
    "B": (20, 14),  # job titles
    "C": (10, 7),  # teams, organisations, acronyms
    "D": (6, 4),  # expertise
}
#: Points for an e-mail address, whole and begun.
WHOLE_EMAIL: Final = 100
BEGUN_EMAIL: Final = 50
#: The words are the whole name, given name first or family name first.
WHOLE_NAME: Final = 50
#: Otherwise, the family name begins with what was typed, or with its last words.
FAMILY_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for entries whose document matches a text-search expression, cast to `tsquery`."""

    tsquery: str
    points: int


def word_rules(*, word: str) -> list[Rule]:
    """
    What a folded word may earn, best first; the first rule that matches counts.

    Folding left nothing in the word that an expression would have to quote.
    """
    return sorted(
        (
            Rule(f"{word}:{begun}{weight}", points)
            for weight, both in PLACES.items()
            for begun, points in zip(("", "*"), both, strict=True)
        ),
        key=lambda rule: rule.points,
        reverse=True,
    )


def email_rules(*, email: str) -> list[Rule]:
    """The same for an address."""
    return [
        Rule(email_tsquery(email=email, begun=False), WHOLE_EMAIL),
        Rule(email_tsquery(email=email, begun=True), BEGUN_EMAIL),
    ]


def email_tsquery(*, email: str, begun: bool) -> str:
    """An address as one quoted lexeme, or the beginning of one."""
    quoted = email.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if begun else f"'{quoted}'"


def whole_names(*, words: Sequence[str]) -> list[str]:
    """
    The words as `SearchEntry.sort_name` (family name first) may have them.

    Whichever name was typed first, the other order is a rotation of it, however
    many words either name has.
    """
    return [" ".join([*words[turn:], *words[:turn]]) for turn in range(len(words))]


def family_names(*, words: Sequence[str]) -> list[str]:
    """The beginnings of `SearchEntry.sort_name` that earn `FAMILY_NAME`."""
    return [" ".join(words[start:]) for start in range(len(words))]
