"""A feed may list somebody more narrowly, up to protecting them, and never more widely."""

from pathlib import Path

import pytest

from directory.models import Person, SearchEntry
from tests.sync.staff import TEAMS, Row, make_feed, send, staff

pytestmark = pytest.mark.django_db


def _sent(folder: Path, *says: dict[str, str]) -> Person:
    """The first of three officials after deliveries that say these things of them."""
    feed = make_feed()
    send(feed, folder, TEAMS)
    for hours, said in enumerate(says, start=1):
        rows: list[Row] = [dict.fromkeys(said, "") | row for row in staff(3)]
        run = send(feed, folder, [rows[0] | said, *rows[1:]], hours=hours)
        assert run.state == "applied", run.held_reasons
    return Person.objects.get(email="person.0@winds.example")


@pytest.mark.parametrize(
    ("said", "listing"),
    [
        ({"protected": "true"}, "protected"),
        ({"protected": "false"}, "government"),
        ({"audience": "organisation"}, "organisation"),
        ({"audience": "team"}, "unlisted"),
        ({"audience": "self"}, "unlisted"),
        ({"audience": "self", "protected": "true"}, "protected"),
    ],
)
def test_somebody_is_listed_as_narrowly_as_their_feed_says(
    tmp_path: Path, said: dict[str, str], listing: str
) -> None:
    person = _sent(tmp_path, said)
    assert person.listing == listing
    found_by = [listing] if listing in ("government", "organisation") else []
    entries = SearchEntry.objects.filter(person=person)
    assert list(entries.values_list("audience", flat=True)) == found_by
    assert SearchEntry.objects.count() == 2 + len(found_by)


@pytest.mark.parametrize("later", [{"protected": "false"}, {"protected": ""}, {"phone": "1234"}])
def test_a_feed_never_lowers_the_mark(tmp_path: Path, later: dict[str, str]) -> None:
    person = _sent(tmp_path, {"protected": "true"}, later)
    assert person.listing == Person.Listing.PROTECTED


def test_a_feed_that_would_lower_the_mark_is_told_that_it_stays(tmp_path: Path) -> None:
    feed = make_feed()
    send(feed, tmp_path, TEAMS)
    send(feed, tmp_path, [row | {"protected": ""} for row in staff(2)], hours=1)
    Person.objects.filter(email="person.0@winds.example").update(listing="protected")
    run = send(feed, tmp_path, [row | {"protected": "false"} for row in staff(2)], hours=2)
    (fault,) = run.faults.all()
    assert (fault.code, fault.row, fault.severity) == ("protection_kept", 2, "warning")
    assert Person.objects.get(email="person.0@winds.example").listing == "protected"
