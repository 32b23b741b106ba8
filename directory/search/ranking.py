"""
How hits are ordered: a sum of points that can be explained. Pure: no database, no Django.

Every word typed earns the points of the best way in which it fits the person, and the words
together may earn a bonus for the name. What is no fit, how full and how fresh the record is and
how near the person is to whoever asks, earns tenths of a point, all of it together less than one:
it orders those who fit equally well, and never beats a better fit. Equal sums are ordered by name.
`scoring` has the database add the points up, so that pages deep in a long list cost no memory here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Sums are kept as whole numbers: in tenths.
TENTHS: Final = 10

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

#: Tenths for how near a person is to whoever asks: who is in one team is in one organisation too.
NEARNESS_TENTHS: Final[dict[str, int]] = {"team": 1, "organisation": 2, "location": 1, "tag": 1}
#: A tenth for so many of the things that `SearchEntry.fullness` counts, of which there are 7.
THINGS_A_TENTH: Final = 2
MOST_THINGS: Final = 7
#: Points for the level that somebody states of the expertise asked for; experts have more by
#: `POINTS`, which do not depend on how many there are.
LEVELS: Final[dict[str, int]] = {"practitioner": 2, "working": 1}
#: Tenths for whoever stated it lately, or was endorsed in it.
RECENCY_TENTHS: Final = 1
RECENT_YEARS: Final = 2
#: Level and recency are looked up where a tag has no more people than this: their claims and
#: endorsements are read.
RECENT_AMONG: Final = 500

#: What a part of the sum is for, as people read it; `label` has those of the ways a word fits.
LABELS: Final[dict[str, str]] = {
    "nickname": "short for their name",
    "tag expert": "expert in it",
    "tag named": "their expertise",
    "tag narrower": "narrower than it, or merged with it",
    "team below": "in a team below it",
    "whole name": "whole name",
    "family name": "family name begins so",
    "closeness": "whole name, spelt about so",
    "email": "whole e-mail address",
    "email begun": "beginning of an e-mail address",
    "phone": "telephone number",
    "near team": "your team",
    "near organisation": "your organisation",
    "near location": "your building",
    "near tag": "expertise like yours",
    "practitioner": "practitioner of it",
    "working": "works with it",
    "recency": "stated or endorsed lately",
    "fullness": "how full the record is",
}
_THINGS: Final[dict[str, str]] = {
    "title": "job title",
    "tag word": "word of their expertise",
    "team word": "word of their team",
}
_HOW: Final[tuple[tuple[str, str], ...]] = (
    (" begun", "begins so"),
    (" misspelt 1", "spelt about so"),
    (" misspelt 2", "spelt a little like it"),
)


@dataclass(frozen=True, slots=True)
class Earned:
    """
    One part of a hit's sum.

    word: the word of the question that earned it; empty for what is about all of them, or none.
    part: what for, as people read it. points: whole for a fit, a few tenths for anything else.
    """

    word: str
    part: str
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody stands where they stand: the parts that are not nothing, in order."""

    parts: tuple[Earned, ...]

    @property
    def total(self) -> float:
        """The sum by which they were ordered, in points."""
        # Of tenths, which floating-point numbers have no exact sum of.
        return sum(round(part.points * TENTHS) for part in self.parts) / TENTHS


def label(*, kind: str) -> str:
    """What people read for a part: a key of `POINTS`, or of `LABELS`."""
    if kind in LABELS:
        return LABELS[kind]
    for ending, how in _HOW:
        if kind.endswith(ending):
            thing = kind.removesuffix(ending)
            return f"{_THINGS.get(thing, thing)} {how}"
    return _THINGS.get(kind, kind)


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
