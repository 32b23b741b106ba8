"""
What somebody asked for, read from their words and filters. Pure: no database, no Django.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from directory import folding

Value = TypeVar("Value")

#: Longest text taken, in characters; a longer one is refused, never cut.
MAX_CHARACTERS: Final = 200
#: Most words taken of one text.
MAX_WORDS: Final = 12
#: Most hits on one page; a larger size is taken for this.
MAX_SIZE: Final = 100
#: Most values taken within one filter.
MAX_FILTER_VALUES: Final = 50

#: What filters of these names take.
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EMPLOYMENT: Final = ("temporary promotion", "loan", "secondment", "job share")

#: Ids in the database are 64-bit and start at 1; 0 stands for an id that cannot exist.
_LARGEST_ID: Final = 2**63 - 1

#: What PostgreSQL cannot store or UTF-8 cannot carry: controls (NUL among them), surrogates.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
#: What comes along unseen when a number or an address is pasted: soft hyphens, marks of zero width,
#: and those that turn the direction of everything after them. Joiners stay: letters need them.
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]*")
#: Marks people put around an address when they paste it from a message.
_AROUND_EMAIL: Final = "<>()[]\"',;:"
_PHONE = re.compile(r"(?:tel|phone|ext)?[.:\s]*\+?[\d\s()./-]{4,}", re.IGNORECASE)
#: Fewest digits that are looked for as part of a telephone number.
_PHONE_DIGITS: Final = 4
#: A number written for abroad is looked for by its last digits: at home it is written otherwise.
_LAST_DIGITS: Final = 9

#: Words of a question that need not be found: "who deals with floods" is about floods. Where they
#: are all there is they are looked for like others, and a name among them still earns its points.
_PASSING: Final = frozenset(
    "a about an and are at by can deal dealing deals do does expert experts for from handle handles"
    " has have help i in is know knows leads me my of on or our responsible someone somebody the to"
    " team what which who whom with work working works".split()
)
_LONGEST_WORD: Final = 60


class QueryTooLong(Exception):
    """More text, words or filter values than one search takes."""


@dataclass(frozen=True, slots=True)
class Query:
    """
    One search. Words and addresses must all match; values within one filter are
    alternatives, different filters must all hold.

    text: what was typed, fit to be shown again.
    words: folded (`folding.fold`), in order, each once; each may be the beginning of a word.
    organisations: slugs; a body stands for itself and those below it.
    teams: ids; a team stands for itself and those below it.
    grades: codes. professions: slugs. locations: ids.
    expertise: slugs of tags, all of which count; a tag stands for itself, those below it and those
        that became it.
    grade_from, grade_to: codes, the ends of a range on the scale, whichever is the higher.
    working_days: English names of days, all of which count.
    employment: kinds of appointment, other than substantive.
    has_expertise: only who says what they know.
    emails: lower-case addresses or beginnings of addresses that reach past the "@".
    phones: digits of a text that looks like a telephone number, or part of one. Digits in one
        piece stand in `words` as well, and either will do.
    passing: places of words that earn points and need not be found.
    """

    text: str
    words: tuple[str, ...]
    organisations: tuple[str, ...]
    teams: tuple[UUID, ...]
    grades: tuple[str, ...]
    professions: tuple[str, ...]
    locations: tuple[int, ...]
    expertise: tuple[str, ...] = ()
    grade_from: str = ""
    grade_to: str = ""
    working_days: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    has_expertise: bool = False
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    passing: frozenset[int] = frozenset()

    @property
    def has_text(self) -> bool:
        """Something was asked by words, address or number."""
        return bool(self.words or self.emails or self.phones)

    @property
    def has_filters(self) -> bool:
        """Something was asked by filter."""
        return bool(
            self.organisations
            or self.teams
            or self.grades
            or self.professions
            or self.locations
            or self.expertise
            or self.grade_from
            or self.grade_to
            or self.working_days
            or self.employment
            or self.has_expertise
        )


def parse(
    *,
    text: str,
    organisations: Iterable[str] = (),
    teams: Iterable[UUID] = (),
    grades: Iterable[str] = (),
    professions: Iterable[str] = (),
    locations: Iterable[int] = (),
    expertise: Iterable[str] = (),
    grade_from: str = "",
    grade_to: str = "",
    working_days: Iterable[str] = (),
    employment: Iterable[str] = (),
    has_expertise: bool = False,
) -> Query:
    """
    Read a search as it was typed; any text at all is safe.

    :raises QueryTooLong: above `MAX_CHARACTERS`, `MAX_WORDS` or `MAX_FILTER_VALUES`.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong(
            f"A search takes {MAX_CHARACTERS} characters; this one has {len(text):,}."
        )
    shown = " ".join(_UNSEEN.sub("", writable(text=text)).split())
    words, emails = read_text(shown)
    phones = _phones(shown)
    if phones and len(words) > 1:
        words = ()
    return Query(
        text=shown,
        words=words,
        organisations=_values("organisation", (_code(slug) for slug in organisations)),
        teams=_values("team", teams),
        grades=_values("grade", (_code(code) for code in grades)),
        professions=_values("profession", (_code(slug) for slug in professions)),
        locations=_values("location", (_id(location) for location in locations)),
        expertise=_values("expertise", (_code(slug) for slug in expertise)),
        grade_from=_code(grade_from),
        grade_to=_code(grade_to),
        working_days=_values("working_day", (_code(day) for day in working_days)),
        employment=_values("employment", (_code(kind) for kind in employment)),
        has_expertise=has_expertise,
        emails=emails,
        phones=phones,
        passing=_passing(words),
    )


def page_size(*, wanted: int) -> int:
    """A size that a page may have."""
    return max(1, min(wanted, MAX_SIZE))


def read_text(shown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    The folded words and the e-mail addresses of a text.

    :raises QueryTooLong: above `MAX_WORDS` of both together.
    """
    words: dict[str, None] = {}
    emails: dict[str, None] = {}
    for piece in shown.split():
        bare = piece.strip(_AROUND_EMAIL)
        if _EMAIL.fullmatch(bare):
            emails[bare.lower()] = None
        else:
            words |= dict.fromkeys(word[:_LONGEST_WORD] for word in folding.words(piece))
    if len(words) + len(emails) > MAX_WORDS:
        raise QueryTooLong(
            f"A search takes {MAX_WORDS} words; this one has {len(words) + len(emails)}."
        )
    return tuple(words), tuple(emails)


def _phones(shown: str) -> tuple[str, ...]:
    if not _PHONE.fullmatch(shown):
        return ()
    # Digits of any script, as numbers are kept.
    digits = "".join(str(int(digit)) for digit in re.findall(r"\d", shown.replace("(0)", "")))
    from_abroad = "+" in shown or digits.startswith("00")
    if from_abroad:
        digits = digits[-_LAST_DIGITS:]
    elif len(digits.lstrip("0")) >= _PHONE_DIGITS:
        digits = digits.lstrip("0")
    return (digits,) if len(digits) >= _PHONE_DIGITS else ()


def _passing(words: tuple[str, ...]) -> frozenset[int]:
    places = frozenset(place for place, word in enumerate(words) if word in _PASSING)
    return places if len(places) < len(words) else frozenset()


def writable(*, text: str) -> str:
    """The text with a space for what cannot be stored, and for what would break its line."""
    return _UNWRITABLE.sub(" ", text)


def _code(value: str) -> str:
    """A slug or code as the database compares it; one that cannot exist stays one."""
    return writable(text=value).strip().lower()


def _id(value: int) -> int:
    return value if 0 < value <= _LARGEST_ID else 0


def _values(name: str, values: Iterable[Value]) -> tuple[Value, ...]:
    distinct = tuple(dict.fromkeys(values))
    if len(distinct) > MAX_FILTER_VALUES:
        raise QueryTooLong(
            f"The filter {name} takes {MAX_FILTER_VALUES} values; this search has {len(distinct)}."
        )
    return distinct
