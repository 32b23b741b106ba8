"""A delivery is taken once, however often it is sent."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from directory.models import Feed, FeedRun
from directory.sync.worker import work
from tests.api.feeds.pushing import RETURN, carry_out, push, pusher_of
from tests.api.test_problems import parameters, problem


def test_the_same_request_is_answered_with_the_same_run(pusher: Client) -> None:
    first = push(pusher, idempotency_key="march").json()
    again = push(pusher, idempotency_key="march")
    assert (again.status_code, again.json()["id"]) == (202, first["id"])
    assert again.json()["replayed"] is True
    carry_out()
    assert push(pusher, idempotency_key="march").json()["state"] == "applied"
    assert FeedRun.objects.count() == 1


def test_a_key_that_named_another_request_is_refused(pusher: Client) -> None:
    push(pusher, idempotency_key="march")
    problem(push(pusher, RETURN + b"\n", idempotency_key="march"), "idempotency-key-reused")
    problem(push(pusher, query="dry_run=true", idempotency_key="march"), "idempotency-key-reused")


@pytest.mark.parametrize("key", ["", "two words", "caf\xe9", "x" * 256])
def test_a_key_that_is_none_is_refused(key: str, pusher: Client) -> None:
    assert parameters(push(pusher, idempotency_key=key)) == ["Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_twelve_threads_with_one_key_make_one_run(feed: Feed, migrated_rows: None) -> None:
    client = pusher_of(feed)

    def send(key: str) -> Mapping[str, Any]:
        try:
            body: Mapping[str, Any] = push(client, idempotency_key=key).json()
        finally:
            connection.close()
        return body

    with ThreadPoolExecutor(12) as senders:
        for round_number in range(3):
            answers = list(senders.map(send, [f"round {round_number}".replace(" ", "-")] * 12))
            assert len({answer["id"] for answer in answers}) == 1
            assert [answer["replayed"] for answer in answers].count(False) == 1
    work(concurrency=2, until_idle=True)
    assert set(FeedRun.objects.values_list("state", flat=True)) == {"applied"}
    assert FeedRun.objects.count() == 3
