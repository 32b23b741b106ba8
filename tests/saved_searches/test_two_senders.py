"""Two workers send digests, two tabs save, at once; in a file of its own, as it empties tables."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from directory.models import SavedSearch
from directory.saved_searches import keeping
from directory.saved_searches.digests import send_search_digests
from directory.saved_searches.keeping import TooManySaved
from tests.saved_searches.stage import NOW, keep, keeper, make_pilot, make_pilots

AT_ONCE = 4


def at_once(act: Callable[[int], int]) -> list[int]:
    """What each of four threads gets who do it at the same moment."""
    start = Barrier(AT_ONCE)

    def begin(number: int) -> int:
        try:
            start.wait(timeout=20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(begin, range(AT_ONCE)))


@pytest.mark.usefixtures("migrated_rows")
def test_of_two_senders_at_once_one_sends() -> None:
    team = make_pilots()
    keep(keeper())
    # A day before, so that there is a record already, whose making would order them by itself.
    assert send_search_digests(now=NOW - timedelta(days=1)).nothing == 1
    make_pilot(team, "Bo", "Lind")
    assert sum(at_once(lambda _: send_search_digests(now=NOW).sent)) == 1
    assert [message.to for message in mail.outbox] == [["maya.holt@example.gov.uk"]]


@pytest.mark.usefixtures("migrated_rows")
def test_two_tabs_at_once_keep_no_more_than_one_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_SAVED", 2)
    user = keeper()

    def save(number: int) -> int:
        try:
            keep(user, f"word{number // 2}x{number}")
        except TooManySaved:
            return 0
        return 1

    assert sum(at_once(save)) == 2
    assert SavedSearch.objects.count() == 2


@pytest.mark.usefixtures("migrated_rows")
def test_two_tabs_at_once_keep_the_same_search_once() -> None:
    user = keeper()
    ids = at_once(lambda _: keep(user).pk.int)
    assert len(set(ids)) == SavedSearch.objects.count() == 1
