"""
Whether a return writes "A, B" as family and given name or the other way round.

Nothing in one cell says so; the same return often does: by names it writes
without a comma, and by e-mail addresses that spell the name out.
"""

from collections import Counter
from collections.abc import Sequence

from directory.connectors.organogram_holder import read_holder
from directory.connectors.organogram_names import CommaOrder
from directory.connectors.organogram_titles import take_titles
from directory.connectors.texts import clean_cell
from directory.folding import words
from directory.records import Holder

#: So many times more signs one way than the other decide.
_DECISIVE = 4


class OrderEvidence:
    """Collects signs row by row, then gives a verdict."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._name = fields.index("name")
        self._email = fields.index("contact_email") if "contact_email" in fields else -1
        self._given: Counter[str] = Counter()
        self._family: Counter[str] = Counter()
        self._pairs: list[tuple[str, str, str]] = []

    def add(self, *, cells: Sequence[str], in_question: bool) -> None:
        """Look at one senior row; only those `in_question` are what the verdict is about."""
        name = clean_cell(text=cells[self._name])[0]
        if not name or read_holder(name=name).holder is not Holder.NAMED:
            return
        if "," not in name:
            parts = words(" ".join(take_titles(name.split())[1]))
            if len(parts) >= 2:
                self._given[parts[0]] += 1
                self._family[parts[-1]] += 1
            return
        if not in_question:
            return
        left, _, right = name.partition(",")
        first, second = words(left), words(" ".join(take_titles(right.split(), alone=True)[1]))
        if len(first) == 1 and len(second) >= 1:
            email = cells[self._email].strip() if self._email >= 0 else ""
            self._pairs.append((first[0], second[0], email.partition("@")[0]))

    def verdict(self) -> CommaOrder:
        """The order the signs agree on; unknown if there are none, or they disagree."""
        family_first = given_first = 0
        for first, second, local in self._pairs:
            if first == second:
                continue
            spelt = words(local)
            family_first += self._natural(second, first) + (spelt == [second, first])
            given_first += self._natural(first, second) + (spelt == [first, second])
        if family_first > given_first * _DECISIVE:
            return CommaOrder.FAMILY_FIRST
        if given_first > family_first * _DECISIVE:
            return CommaOrder.GIVEN_FIRST
        return CommaOrder.UNKNOWN

    def _natural(self, given: str, family: str) -> bool:
        """Whether the return elsewhere uses the one as a given or the other as a family name."""
        as_given = self._given[given] > self._family[given]
        as_family = self._family[family] > self._given[family]
        return as_given or as_family
