"""Two workers send the digests at the same moment; in a file of its own, as it empties tables."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from accounts.models import User
from directory.models import Feed, FeedRun
from directory.sync import report
from directory.sync.digests import send_digests
from tests.sync.tides import NOW


@pytest.mark.usefixtures("migrated_rows")
def test_of_two_senders_at_once_one_sends(feed: Feed, curator: User) -> None:
    run = FeedRun.objects.create(feed=feed, as_of=NOW.date())
    report.failed(run=run, code="empty_file", message="", now=NOW)
    start = Barrier(4)

    def send(number: int) -> int:
        try:
            start.wait(timeout=20)
            return send_digests(now=NOW).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as at_once:
        assert sum(at_once.map(send, range(4))) == 1
    assert [message.to for message in mail.outbox] == [[curator.email]]
