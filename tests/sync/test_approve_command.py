"""What `manage.py approve` does and says."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from directory.models import FeedRun
from tests.sync.tides import REASON, people_in_post


def _command(run: FeedRun, **other: str) -> str:
    said = {"digest": run.plan_digest, "reason": REASON, "as": "maya.holt@example.gov.uk"} | other
    out = StringIO()
    options = [part for name, value in said.items() for part in (f"--{name}", value)]
    call_command("approve", str(run.pk), *options, stdout=out)
    return out.getvalue()


def test_the_command_releases_once_and_says_so_the_second_time(
    held: FeedRun, curator: User
) -> None:
    assert "applied" in _command(held)
    assert people_in_post() == 2
    assert "already" in _command(held)


@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"digest": "f" * 64}, "digest"),
        ({"reason": " "}, "why"),
        ({"as": "nobody.here@example.gov.uk"}, "nobody.here@example.gov.uk"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    held: FeedRun, other: dict[str, str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        _command(held, **other)
    assert people_in_post() == 10
