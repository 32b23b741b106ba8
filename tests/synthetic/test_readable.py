"""The connectors find nothing to object to in any file."""

import tomllib

import pytest

from directory.connectors.registry import CONNECTORS
from directory.records import Vocabulary
from directory.synthetic import Delivery

from .conftest import Feeds


@pytest.mark.parametrize("kind", ["people", "teams", "senior", "junior"])
def test_every_row_is_read_without_a_fault(feeds: Feeds, kind: str) -> None:
    for delivery in feeds.of_kind(kind):
        if not (delivery.mapping and kind == "teams"):
            assert _faults(feeds, delivery) == []


def test_teams_are_told_from_people_where_the_mapping_renames_the_key(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("teams"):
        if delivery.mapping:
            assert _faults(feeds, delivery) == []


def _faults(feeds: Feeds, delivery: Delivery) -> list[str]:
    """Codes of all faults and notices; the file must be one delivery of the kind it says."""
    domains = {one.slug: one.email_domain for one in feeds.manifest.organisations}
    mapping = {}
    if delivery.mapping:
        mapping = tomllib.loads((feeds.directory / delivery.mapping).read_text(encoding="utf-8"))
    (opened,) = CONNECTORS[delivery.connector].open(
        path=feeds.directory / delivery.path,
        mapping=mapping,
        vocabulary=Vocabulary(email_domains=frozenset({domains[delivery.organisation]})),
    )
    assert opened.kind == delivery.kind
    readings = [opened.read(row) for row in opened.rows()]
    assert len(readings) == delivery.rows
    # The row of an eliminated post ends it, and so says nothing about it.
    assert sum(reading.record is None for reading in readings) <= (delivery.kind == "senior")
    faults = [fault for reading in readings for fault in reading.faults]
    return [fault.code for fault in (*opened.notices, *faults)]
