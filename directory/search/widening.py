"""
How a question may be read: as it stands; then every word also misspelt; then loosely.

Each reading finds more than the one before, and is only tried when that found too few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from directory.search.expansion import Expansion, expand
from directory.search.matching import Matching, match, match_loosely
from directory.search.query import Query
from directory.search.values import filter_tokens
from directory.visibility import Viewer

#: Several words that find fewer people than this are also taken for misspelt ones.
ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to read a question. enough: when it finds fewer people, the next is tried.

    is_closest: it asks for some of the words, not all of them.
    """

    expansion: Expansion
    matching: Matching
    enough: int = 0
    is_closest: bool = False


def readings(*, viewer: Viewer, query: Query, closest: bool) -> Iterator[Reading]:
    """
    The readings of a question, from the strictest on; the last is always enough.

    closest: the last may ask for some of the words only.
    """
    filters = filter_tokens(query=query)
    expansion = expand(viewer=viewer, words=query.words)
    matching = match(viewer=viewer, query=query, expansion=expansion, filters=filters)
    if not query.words:
        yield Reading(expansion, matching)
        return
    yield Reading(expansion, matching, enough=ENOUGH if len(query.words) > 1 else 1)
    expansion = expand(viewer=viewer, words=query.words, widely=True)
    matching = match(viewer=viewer, query=query, expansion=expansion, filters=filters)
    if len(query.words) == 1 or not closest:
        yield Reading(expansion, matching)
        return
    yield Reading(expansion, matching, enough=1)
    loosely = match_loosely(matching=matching, expansion=expansion)
    yield Reading(expansion, loosely, is_closest=True)
