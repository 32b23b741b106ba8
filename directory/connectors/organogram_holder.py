"""Who holds a post, as the Name cell of a senior row says it, read against the rest of the row."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from directory.connectors.organogram_names import CommaOrder, PersonName, read_name
from directory.connectors.organogram_titles import looks_like_title
from directory.connectors.organogram_words import NameWord, name_word
from directory.folding import fold
from directory.records import Holder

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_TWO_PEOPLE = re.compile(r"\s*/\s*|\s+&\s+|\s*;\s*|\s+and\s+", re.IGNORECASE)
_A_WORD = re.compile(r"[^\W\d_]{2}")
_NO_NAME = re.compile(r"[\d@<>=]|https?:")
_STATUS_WORDS = frozenset(["vacant", "vacancy", "eliminated", "undisclosed", "disclosed"])

#: Words that may be a name or a slip for nothing; alone in the cell they decide nothing.
_PERHAPS_NOTHING = frozenset(["null", "none", "nil", "xx", "xxx", "gap"])

#: A longer text is no name.
_LONGEST_NAME = 200

#: How like a status word a single word must be to be no name: "Vacamt" is, "Vance" is not.
_TYPO_RATIO = 0.75


@dataclass(frozen=True, slots=True)
class HolderReading:
    """
    What a name cell says.

    holder: None if the post is eliminated. name: only for a named holder.
    doubts: fault codes.
    """

    holder: Holder | None
    name: PersonName | None = None
    doubts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The second half of the subject's key, after the post's reference."""
        if self.name is not None:
            return self.name.key
        return self.holder.value if self.holder is not None else "eliminated"


_BY_WORD = {
    NameWord.VACANT: HolderReading(Holder.VACANT),
    NameWord.UNDISCLOSED: HolderReading(Holder.UNDISCLOSED),
    NameWord.ELIMINATED: HolderReading(None),
}


def read_holder(
    *, name: str, also: tuple[str, ...] = (), order: CommaOrder = CommaOrder.UNKNOWN
) -> HolderReading:
    """
    Read a name cell that is already clean.

    also: other cells of the row (title, unit, organisation), which a name cannot equal.
    order: how the return writes names with a comma.
    """
    if not name:
        return _unnamed("name_missing")
    if word := name_word(name):
        return _BY_WORD[word]
    bare = _BRACKETS.sub(" ", name).strip()
    if bare != name and (word := name_word(bare)) and bare:
        reading = _BY_WORD[word]
        return HolderReading(reading.holder, None, ("name_note_dropped",))
    folded = fold(bare)
    if len(folded) < 2 or len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return _unnamed("name_unclear")
    if folded in _PERHAPS_NOTHING or _is_status_typo(folded):
        return _unnamed("name_unclear")
    if looks_like_title(folded) or folded in {fold(text) for text in also if text}:
        return _unnamed("name_looks_like_a_title")
    halves = _TWO_PEOPLE.split(bare)
    if len(halves) > 1 and all(_A_WORD.search(half) for half in halves):
        return _unnamed("two_names_in_cell")
    person = read_name(text=name, order=order)
    if not person.key:
        return _unnamed("name_unclear")
    return HolderReading(Holder.NAMED, person, person.doubts)


def _unnamed(code: str) -> HolderReading:
    """The post is filled or not; the cell does not say by whom, so nobody is named."""
    return HolderReading(Holder.UNDISCLOSED, None, (code,))


def _is_status_typo(folded: str) -> bool:
    """Whether a status word stands among others, or a single word is nearly one."""
    tokens = folded.split()
    if _STATUS_WORDS.intersection(tokens):
        return True
    return len(tokens) == 1 and any(
        SequenceMatcher(None, folded, word).ratio() >= _TYPO_RATIO for word in _STATUS_WORDS
    )
