"""Teams as their deliveries place them, and what a delivery cannot ask for."""

from pathlib import Path

import pghistory
import pytest

from directory.models import Team
from tests.sync.staff import make_feed, send

pytestmark = pytest.mark.django_db

HEADER = "unit_code,parent_code,name\n"


def test_a_team_is_not_placed_below_one_that_the_delivery_no_longer_names(tmp_path: Path) -> None:
    feed = make_feed()
    send(feed, tmp_path, f"{HEADER}A,,Air\nB,A,Breeze\nC,B,Cloud\n")
    run = send(feed, tmp_path, f"{HEADER}A,C,Air\nB,A,Breeze\n", hours=1)
    assert run.state == "applied", run.failure_message
    assert {fault.code for fault in run.faults.all()} == {"teams_parent_unknown"}
    assert Team.objects.get(code="A").parent is None


def test_a_delivery_is_synced_where_a_request_says_who_acts(tmp_path: Path) -> None:
    feed = make_feed()
    with pghistory.context(user=1):
        run = send(feed, tmp_path, f"{HEADER}A,,Air\n")
    assert run.state == "applied"
    assert Team.objects.filter(feed=feed).count() == 1
