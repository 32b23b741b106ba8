"""
How hits are ordered: a sum of points that can be explained. Pure: no database, no Django.

Every word typed earns the points of the best way in which it fits the person, and the words
together may earn a bonus for the name. Equal sums are ordered by name. `candidates` has the
database add the points up, so that pages deep in a long list cost no memory here.
"""

from collections.abc import Sequence
from typing import Final

#: Points for a word by how it fits (`sql/expand_words.2.sql`).
POINTS: Final[dict[str, int]] = {
    "name": 40,
    "nickname": 35,
    "name begun": 33,
    "name misspelt 1": 25,
    "title": 24,
    "name misspelt 2": 18,
    "title begun": 17,
    "tag expert": 22,
    "tag named": 19,
    "tag word": 16,
    "team word": 12,
    "organisation": 12,
    "grade": 12,
    "profession": 12,
    "location": 12,
    "title misspelt 1": 10,
    "tag narrower": 10,
    "tag word begun": 9,
    "team word begun": 9,
    "title misspelt 2": 8,
    "organisation begun": 8,
    "profession begun": 8,
    "location begun": 8,
    "grade begun": 8,
    "team below": 7,
    "tag word misspelt 1": 6,
    "team word misspelt 1": 6,
    "tag word misspelt 2": 5,
    "team word misspelt 2": 5,
}
#: An e-mail address, whole and begun; a telephone number, or part of one.
WHOLE_EMAIL: Final = 100
BEGUN_EMAIL: Final = 50
PHONE: Final = 50
#: The words have the whole name among them, in whatever order.
WHOLE_NAME: Final = 50
#: Otherwise, the family name begins with what was typed, or with its last words.
FAMILY_NAME: Final = 4
#: A misspelt name as a whole: so many points, and fewer for each edit it takes.
CLOSE_NAME: Final = 8
POINTS_AN_EDIT: Final = 2


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
