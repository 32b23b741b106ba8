"""Fixtures of the connectors' tests: files on disk, opened deliveries, and the real data."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from directory.connectors.organogram import OrganogramConnector
from directory.connectors.table import TableConnector
from directory.records import Delivery, Vocabulary
from tests.connectors.deliveries import SHARED, VOCABULARY, OpenReturn, OpenTable


@pytest.fixture
def open_table(tmp_path: Path) -> OpenTable:
    """Opens a table delivery from text or bytes."""

    def opened(
        content: str | bytes,
        *,
        mapping: dict[str, Any] | None = None,
        vocabulary: Vocabulary = VOCABULARY,
    ) -> Delivery:
        path = tmp_path / "delivery.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        deliveries = TableConnector().open(path=path, mapping=mapping or {}, vocabulary=vocabulary)
        assert len(deliveries) == 1
        return deliveries[0]

    return opened


@pytest.fixture
def open_return(tmp_path: Path) -> OpenReturn:
    """Opens an organogram return from text or bytes."""

    def opened(content: str | bytes, *, name: str = "return.csv") -> Sequence[Delivery]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return OrganogramConnector().open(path=path, mapping={}, vocabulary=VOCABULARY)

    return opened


@pytest.fixture
def shared() -> Path:
    """The real data and cases beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the public data and cases are not beside the repository (../shared)")
    return SHARED
