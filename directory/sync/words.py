"""
Words of a delivery that mean nothing to the common lists: each once, with how often it stands.

They are counted while the changed rows are read, and looked up in one query at the end.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.db import connection

from directory.changes.words import GRADE_WORDS, PROFESSION_WORDS
from directory.models import FeedRun
from directory.records import Delivery, Fault, Severity, Statement

#: Different words that are counted for one field; a column of free text has more, and is no list.
_COUNTED = 5_000

#: Words that are named for one field; the most frequent ones come first.
_NAMED = 100

_LONGEST_SHOWN = 60

#: Field to what one of its words should have been, the table they are looked up in, and how
#: much of a word the directory keeps.
_LISTS = {
    "grade": ("grade", GRADE_WORDS, 100),
    "profession": ("profession", PROFESSION_WORDS, 150),
}

_UNMAPPED = """
    SELECT said.word
      FROM unnest(%(said)s::text[]) AS said (word)
     WHERE NOT EXISTS (SELECT FROM ({known}) known WHERE known.word = fold_text(said.word))
"""


class StatedWords:
    """How many rows state each word of a field that has a common list."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {field: Counter() for field in _LISTS}

    def add(self, *, values: Statement) -> None:
        """Count the words of one row."""
        for field, counts in self._counts.items():
            word = values.get(field)
            if word and (word in counts or len(counts) < _COUNTED):
                counts[word] += 1

    def unmapped(self, *, run: FeedRun, delivery: Delivery) -> Iterator[Fault]:
        """A notice for each word that is in no list and that nobody has translated."""
        for field, counts in self._counts.items():
            if counts:
                yield from _notices(field, _unknown(field, counts, run), delivery.headers)


def _unknown(field: str, counts: Mapping[str, int], run: FeedRun) -> Counter[str]:
    _, known, longest = _LISTS[field]
    kept: Counter[str] = Counter()
    for word, rows in counts.items():
        kept[word[:longest]] += rows
    with connection.cursor() as cursor:
        cursor.execute(
            _UNMAPPED.replace("{known}", known), {"said": list(kept), "feed": run.feed_id}
        )
        return Counter({word: kept[word] for (word,) in cursor.fetchall()})


def _notices(field: str, unknown: Counter[str], headers: Mapping[str, str]) -> Iterator[Fault]:
    column = headers.get(field, field)
    ordered = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    for word, rows in ordered[:_NAMED]:
        shown = word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
        yield _notice(
            column,
            rows,
            f"“{shown}” is no {_LISTS[field][0]} of the common list. It was kept as written; "
            f"translate it under [values.{field}] in the feed's mapping.",
        )
    if rest := ordered[_NAMED:]:
        yield _notice(
            column,
            sum(rows for _, rows in rest),
            f"{len(rest)} further values are in no common list. A column of so many different "
            "ones may be another column by mistake.",
        )


def _notice(column: str, rows: int, hint: str) -> Fault:
    return Fault(
        row=0,
        line=0,
        column=column,
        code="unmapped_value",
        hint=hint,
        severity=Severity.NOTICE,
        count=rows,
    )
