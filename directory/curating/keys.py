"""
A feed's people get the keys of a new HR system, from a file of old and new ones.

Whoever is renamed stays the same official, with their posts and history: without this a
renumbered system turns everybody into a leaver and a joiner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from accounts.models import User
from directory.changes.keys import (
    KeyCounts,
    count_keys,
    key_examples,
    key_problems,
    load_keys,
    write_keys,
)
from directory.changes.trail import one_act
from directory.changes.turns import wait_for_turn
from directory.connectors.columns import header_key
from directory.connectors.contract import UnreadableDelivery
from directory.connectors.delimited import open_delimited
from directory.connectors.texts import clean_key
from directory.curating.changing import Deed, require_open, require_settled, write_trail
from directory.curating.remit import FeedRefused, require_decider
from directory.models import Feed

#: Longest key, as in every delivery of the table layout.
_LONGEST_KEY: Final = 200
_PROBLEMS_SHOWN: Final = 50
_EXAMPLES_SHOWN: Final = 10

_MESSAGES: Final = {
    "key_blank": "One of the two keys is blank.",
    "key_too_long": "A key is longer than 200 characters.",
    "cells": "The row has not exactly two cells.",
    "unknown_old_key": "Nobody in this feed has the old key.",
    "new_key_in_use": "Somebody in this feed has the new key already, and gets no other one.",
    "old_key_twice": "The old key stands in more than one row.",
    "new_key_twice": "The new key stands in more than one row.",
}


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """What speaks against one row of the file; row counts as a spreadsheet does."""

    row: int
    message: str


class KeysRefused(FeedRefused):
    """The file of keys cannot be followed; no key was changed."""

    def __init__(self, message: str, problems: Sequence[KeyProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class KeysOfPosts(FeedRefused):
    """A return has no keys of people that could be replaced."""


@dataclass(frozen=True, slots=True)
class KeyExample:
    """One person before and after."""

    old_key: str
    new_key: str
    name: str


@dataclass(frozen=True, slots=True)
class KeyPreview:
    """What a file of keys would do."""

    rows: int
    counts: KeyCounts
    examples: tuple[KeyExample, ...]


@transaction.atomic
def preview_keys(*, feed: Feed, path: Path, actor: User, now: datetime) -> KeyPreview:
    """
    What the file would do; nothing is changed.

    path: CSV with the columns `old_key` and `new_key`, one row for each person.

    :raises KeysRefused: with the rows that speak against it.
    :raises FeedRefused: by the name of what else does.
    """
    require_decider(user=actor, feed=feed, now=now)
    require_open(feed=feed)
    return _judged(feed, path)


def replace_keys(*, feed: Feed, path: Path, reason: str, actor: User, now: datetime) -> KeyPreview:
    """
    Give the people named in the file their new keys: all of them, or none.

    Keys may be swapped and handed on within the file. The next delivery has to use the
    new ones, and is read in whole.

    :raises KeysRefused: with the rows that speak against it.
    :raises RunsUnsettled: while a run is under way or waits for a decision; its plan names
        people by their old keys.
    :raises FeedRefused: by the name of what else speaks against it.
    """
    require_decider(user=actor, feed=feed, now=now)
    with transaction.atomic(), one_act(keys=feed.slug, by=str(actor.pk)):
        # The whole lock: a run that arrives meanwhile refers to the feed, and waits for it.
        held = Feed.objects.select_for_update().get(pk=feed.pk)
        require_open(feed=held)
        require_settled(feed=held)
        wait_for_turn(organisation_id=held.organisation_id)
        done = _judged(held, path)
        write_keys(feed_id=held.pk)
        counts = done.counts
        note = f"{counts.people} people and {counts.leavers} leavers have new keys."
        write_trail(feed=held, deed=Deed.KEYS, note=note, reason=reason.strip(), by=actor, at=now)
    return done


def _judged(feed: Feed, path: Path) -> KeyPreview:
    """The file in `key_change`, if nothing speaks against it."""
    if feed.connector == "organogram":
        raise KeysOfPosts(
            "A return knows its people by post and name; there are no keys to replace."
        )
    pairs = list(_pairs(path))
    if not pairs:
        raise KeysRefused("The file names nobody; add a row for each person.")
    load_keys(pairs=pairs)
    problems = [
        KeyProblem(row, _MESSAGES[code])
        for row, code in key_problems(feed_id=feed.pk, limit=_PROBLEMS_SHOWN)
    ]
    if problems:
        raise _refusal(problems)
    return KeyPreview(
        rows=len(pairs),
        counts=count_keys(feed_id=feed.pk),
        examples=tuple(
            KeyExample(*example) for example in key_examples(feed_id=feed.pk, limit=_EXAMPLES_SHOWN)
        ),
    )


def _pairs(path: Path) -> Iterator[tuple[int, str, str]]:
    """Row number, old key and new key of every row that is not blank."""
    try:
        file = open_delimited(path=path, encoding="", delimiter="")
    except UnreadableDelivery as refusal:
        raise KeysRefused(refusal.message) from None
    header = [header_key(cell) for cell in file.header]
    if sorted(header) != ["newkey", "oldkey"]:
        raise KeysRefused("The first row has to say old_key and new_key, and nothing else.")
    old, new = header.index("oldkey"), header.index("newkey")
    problems: list[KeyProblem] = []
    for row, _, cells in file.records():
        if not any(cell.strip() for cell in cells):
            continue
        code = "cells" if len(cells) != 2 else _wrong(clean_key(cells[old]), clean_key(cells[new]))
        if code:
            problems.append(KeyProblem(row, _MESSAGES[code]))
        else:
            yield row, clean_key(cells[old]), clean_key(cells[new])
    if problems:
        raise _refusal(problems)


def _wrong(old_key: str, new_key: str) -> str:
    if not old_key or not new_key:
        return "key_blank"
    return "key_too_long" if max(len(old_key), len(new_key)) > _LONGEST_KEY else ""


def _refusal(problems: Sequence[KeyProblem]) -> KeysRefused:
    return KeysRefused("Correct these rows; no key was changed.", problems[:_PROBLEMS_SHOWN])
