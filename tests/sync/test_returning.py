"""Somebody who left and comes back is the same person, with what their feed says now."""

from pathlib import Path

import pytest

from directory.models import Person, SourceRecord
from tests.sync.staff import TEAMS, make_feed, send, staff

pytestmark = pytest.mark.django_db


def test_what_a_feed_left_blank_on_return_is_not_filled_from_before(tmp_path: Path) -> None:
    feed = make_feed()
    send(feed, tmp_path, TEAMS)
    first, *others = staff(4)
    send(feed, tmp_path, [first, *others], hours=1)
    before = Person.objects.get(email=first["email"])
    send(feed, tmp_path, others, hours=2)
    assert Person.objects.get(pk=before.pk).status == "left"
    send(feed, tmp_path, [first | {"phone": ""}, *others], hours=3)
    after = Person.objects.get(pk=before.pk)
    assert (after.status, after.phone) == ("active", "")
    assert SourceRecord.objects.filter(subject_id=before.pk).count() == 1
