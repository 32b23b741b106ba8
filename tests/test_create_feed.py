"""`manage.py create_feed`: a feed with a mapping of its own, or one that is ready."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.connectors.ready_mappings import ready_mappings
from directory.models import Feed, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tides() -> Organisation:
    """The body whose feed is made."""
    return Organisation.objects.create(slug="tides", name="Department of Tides")


def _create(mapping: str) -> Feed:
    call_command(
        "create_feed",
        "tides-hr",
        organisation="tides",
        connector="table",
        mapping=mapping,
        stdout=StringIO(),
    )
    return Feed.objects.get(slug="tides-hr")


def test_a_feed_takes_a_mapping_that_is_ready() -> None:
    assert _create("ready:workday").mapping == ready_mappings()["workday"].mapping


def test_a_feed_takes_a_mapping_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "tides.toml"
    path.write_text('date_format = "%d/%m/%Y"\n', encoding="utf-8")
    assert _create(str(path)).mapping == {"date_format": "%d/%m/%Y"}


@pytest.mark.parametrize("mapping", ["ready:payroll", "no-such-file.toml"])
def test_a_mapping_that_is_not_there_is_refused(mapping: str) -> None:
    with pytest.raises(CommandError):
        _create(mapping)
    assert not Feed.objects.filter(slug="tides-hr").exists()
