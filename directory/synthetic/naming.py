"""Invented people's names: drawn at the frequencies of the many cultures of the civil service."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from directory.synthetic import names_africa as africa
from directory.synthetic import names_asia as asia
from directory.synthetic import names_europe as europe
from directory.synthetic import names_isles as isles
from directory.synthetic.chance import Chance, Weighted, ranked
from directory.synthetic.names_short import SHORT_NAMES

#: Prefix of the three lists in a module of names, people in 10,000, and the percent of its
#: people whose given name is an English one.
_CULTURES = (
    (isles, "ENGLISH", 5200, 100),
    (isles, "SCOTTISH", 720, 55),
    (isles, "IRISH", 520, 45),
    (isles, "WELSH", 460, 50),
    (asia, "PAKISTANI", 480, 4),
    (asia, "PUNJABI", 260, 8),
    (asia, "GUJARATI", 230, 8),
    (asia, "BENGALI", 220, 4),
    (asia, "HINDI", 180, 6),
    (asia, "TAMIL", 150, 10),
    (asia, "CHINESE", 80, 20),
    (asia, "CANTONESE", 110, 35),
    (asia, "VIETNAMESE", 35, 10),
    (asia, "FILIPINO", 45, 10),
    (asia, "EAST", 45, 12),
    (asia, "ARABIC", 130, 5),
    (asia, "IRANIAN", 70, 6),
    (africa, "YORUBA", 170, 20),
    (africa, "IGBO", 130, 25),
    (africa, "GHANAIAN", 150, 35),
    (africa, "SOMALI", 80, 2),
    (africa, "EASTERN", 90, 30),
    (africa, "CARIBBEAN", 230, 55),
    (europe, "POLISH", 150, 3),
    (europe, "ROMANIAN", 80, 3),
    (europe, "IBERIAN", 110, 6),
    (europe, "ITALIAN", 60, 10),
    (europe, "FRENCH", 45, 10),
    (europe, "GERMAN", 45, 10),
    (europe, "DUTCH", 25, 8),
    (europe, "NORDIC", 30, 10),
    (europe, "GREEK", 60, 20),
    (europe, "TURKISH", 65, 6),
    (europe, "UKRAINIAN", 30, 2),
    (europe, "BALTIC", 35, 2),
    (europe, "CENTRAL", 50, 8),
    (europe, "JEWISH", 60, 30),
)

_WOMEN_PERCENT = 54
_DOUBLE_FAMILY_PERCENT = 2.2
_TWO_CULTURES_PERCENT = 4
_SHORT_NAME_PERCENT = 30
_PRONOUNS_PERCENT = 14

#: Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "ß": "ss",
        "ı": "i",
        "œ": "oe",
    }
)


@dataclass(frozen=True, slots=True)
class Identity:
    """
    What a person brings along to any employer.

    given_name, family_name: as two fields of a personnel system, whichever is said first.
    preferred_name: used instead of the given name; mostly empty.
    pronouns: mostly empty, as people need not say.
    """

    given_name: str
    family_name: str
    preferred_name: str
    pronouns: str


@dataclass(frozen=True, slots=True)
class _Culture:
    women: Weighted[str]
    men: Weighted[str]
    families: Weighted[str]
    english_percent: int


def _names(table: str) -> Weighted[str]:
    names = dict.fromkeys(name.replace("_", " ") for name in table.split())
    return ranked(tuple(names))


@cache
def _cultures() -> Weighted[_Culture]:
    return Weighted(
        pairs=[
            (
                _Culture(
                    women=_names(getattr(module, f"{prefix}_WOMEN")),
                    men=_names(getattr(module, f"{prefix}_MEN")),
                    families=_names(getattr(module, f"{prefix}_FAMILIES")),
                    english_percent=english_percent,
                ),
                weight,
            )
            for module, prefix, weight, english_percent in _CULTURES
        ]
    )


@cache
def _english() -> _Culture:
    return _cultures().items[0]


def invent_identity(*, chance: Chance) -> Identity:
    """A person who does not exist; any likeness to one who does is an accident of common names."""
    cultures = _cultures()
    culture = cultures.draw(chance)
    is_woman = chance.percent(_WOMEN_PERCENT)
    given_from = _english() if chance.percent(culture.english_percent) else culture
    given = (given_from.women if is_woman else given_from.men).draw(chance)
    family_from = cultures.draw(chance) if chance.percent(_TWO_CULTURES_PERCENT) else culture
    family = family_from.families.draw(chance)
    if chance.percent(_DOUBLE_FAMILY_PERCENT):
        family = _joined(family=family, other=culture.families.draw(chance))
    preferred = ""
    short = SHORT_NAMES.get(given)
    if short and chance.percent(_SHORT_NAME_PERCENT):
        preferred = chance.pick(short)
    pronouns = ""
    if chance.percent(_PRONOUNS_PERCENT):
        pronouns = "they/them" if chance.percent(6) else ("she/her" if is_woman else "he/him")
    return Identity(
        given_name=given,
        family_name=family,
        preferred_name=preferred,
        pronouns=pronouns,
    )


def invent_new_family_name(*, chance: Chance, family_name: str) -> str:
    """Another family name, as after a marriage; sometimes both, joined by a hyphen."""
    other = family_name
    while other == family_name:
        other = _cultures().draw(chance).families.draw(chance)
    if chance.percent(25):
        return _joined(family=family_name, other=other)
    return other


def _joined(*, family: str, other: str) -> str:
    """Both names with a hyphen, unless one has a hyphen or space already, or they are the same."""
    if family == other or any(mark in family + other for mark in "- "):
        return other
    return f"{family}-{other}"


@cache
def email_part(name: str, /) -> str:
    """A name as it stands in an address: Latin small letters and hyphens, `x` if none are left."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    kept = "".join(letter for letter in plain if "a" <= letter <= "z" or letter == "-")
    return kept.strip("-") or "x"
