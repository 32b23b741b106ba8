"""What `manage.py reject` does and says."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from directory.models import Feed, FeedRun
from tests.sync.tides import people_in_post, states, sync_file, user_with, write_stack


def _command(run: FeedRun, **other: str) -> str:
    said = {"reason": "Half the file is missing", "as": "maya.holt@example.gov.uk"} | other
    out = StringIO()
    options = [part for name, value in said.items() for part in (f"--{name}", value)]
    call_command("reject", str(run.pk), *options, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("curator")
def test_the_command_rejects_once_and_says_so_the_second_time(held: FeedRun) -> None:
    assert "rejected" in _command(held)
    assert states() == ["applied", "rejected"]
    assert people_in_post() == 10
    assert "already" in _command(held)


def test_the_command_shows_the_digest_of_a_part_that_is_held_next(
    feed: Feed, tmp_path: Path, curator: User
) -> None:
    runs = sync_file(feed, write_stack(tmp_path))
    said = _command(runs[1], **{"as": curator.email.upper()})
    runs[2].refresh_from_db()
    assert runs[2].state == FeedRun.State.HELD
    assert runs[2].plan_digest in said


@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"reason": " "}, "why"),
        ({"as": "nobody.here@example.gov.uk"}, "nobody.here@example.gov.uk"),
        ({"as": "tom.marlow@example.gov.uk"}, "needs the role curator"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    held: FeedRun, other: dict[str, str], said: str
) -> None:
    user_with("tom.marlow")
    with pytest.raises(CommandError, match=said):
        _command(held, **other)
    assert states() == ["applied", "held"]
