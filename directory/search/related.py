"""
Expertise that goes with what was asked: tags that those found hold more often than others do.

Pure: no database, no Django. Compared are people who state any expertise: whoever states one
thing states others too, so beside everybody each tag would seem to go with each.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import log
from typing import Final

from directory import folding
from directory.search.query import MAX_WORDS

#: Most tags given.
MOST: Final = 6
#: Fewer people than this hold a tag together with another by chance.
FEWEST_PEOPLE: Final = 3
#: So many times as often as others do.
LEAST_LIFT: Final = 1.5


@dataclass(frozen=True, slots=True)
class HeldTag:
    """A tag, how many of those looked at hold it, and how many of all people do."""

    slug: str
    people: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class HeldTags:
    """
    The tags of those found, or of a sample of them.

    stating: how many of them state any expertise; stating_everywhere: how many of all people.
    """

    tags: tuple[HeldTag, ...] = ()
    stating: int = 0
    stating_everywhere: int = 0


def related(*, held: HeldTags, left_out: Collection[str]) -> tuple[str, ...]:
    """
    The slugs of the tags that tell most of those found, most telling first.

    Neither the rarest nor the commonest: how often a tag is held counts as much as how much
    oftener than elsewhere. left_out: slugs of the tags asked for, and of those above and below.
    """
    weighed = [
        (tag.people * log(lift), tag.slug)
        for tag in held.tags
        if tag.slug not in left_out and tag.people >= FEWEST_PEOPLE
        for lift in [_lift(tag, held)]
        if lift >= LEAST_LIFT
    ]
    return tuple(slug for _, slug in sorted(weighed, key=lambda one: (-one[0], one[1]))[:MOST])


def asking_for(*, slug: str, label: str) -> tuple[str, str]:
    """The parameter of a search that finds a tag's people: by its label experts come first."""
    return ("q", label) if len(folding.words(label)) <= MAX_WORDS else ("expertise", slug)


def _lift(tag: HeldTag, held: HeldTags) -> float:
    """How many times as often those found hold the tag; numbers of all may lag behind."""
    everywhere = max(tag.everywhere, tag.people)
    return (tag.people / held.stating) / (everywhere / max(held.stating_everywhere, held.stating))
