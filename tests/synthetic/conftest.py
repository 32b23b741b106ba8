"""Feeds made once, and what the tests of them share."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from directory.synthetic import Delivery, Manifest, generate

SEED = 11
PEOPLE = 2600

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Feeds:
    """Feeds on disk, read by nothing but the csv module and the mapping."""

    directory: Path
    manifest: Manifest

    def of_kind(self, *kinds: str) -> Iterator[Delivery]:
        """The deliveries of these kinds, in their order."""
        return (one for one in self.manifest.deliveries if one.kind in kinds)

    def rows(self, delivery: Delivery) -> list[Row]:
        """A file's rows by the table's own column names and status words."""
        text = (self.directory / delivery.path).read_text(encoding="utf-8")
        header = text.splitlines()[0]
        delimiter = max(",;\t", key=header.count)
        mapping = self._mapping(delivery)
        renamed = {theirs: ours for ours, theirs in mapping.get("columns", {}).items()}
        words = mapping.get("values", {})
        return [
            {
                renamed.get(name, name): words.get(renamed.get(name, name), {}).get(value, value)
                for name, value in row.items()
            }
            for row in csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
        ]

    def before(self, delivery: Delivery) -> Delivery:
        """The same feed's file of the period before."""
        return next(
            one
            for one in self.of_kind(delivery.kind)
            if one.feed == delivery.feed and one.period == delivery.period - 1
        )

    def _mapping(self, delivery: Delivery) -> dict[str, Any]:
        if not delivery.mapping:
            return {}
        return tomllib.loads((self.directory / delivery.mapping).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Feeds:
    """Twelve organisations over three periods."""
    directory = tmp_path_factory.mktemp("feeds")
    return Feeds(directory, generate(directory, people=PEOPLE, seed=SEED))


def in_post(rows: list[Row]) -> dict[str, Row]:
    """The rows of people who have not left, by key."""
    return {row["source_key"]: row for row in rows if row["status"] != "left"}
