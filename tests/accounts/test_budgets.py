"""A budget is never exceeded, however many processes spend it at once."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from accounts.budgets import Budget, Overspent, forget_spent, spend
from accounts.models import Spending, User
from directory.grants import issue_token
from tests.processes import environment

NOW = datetime(2026, 11, 27, 9, 30, 20, tzinfo=UTC)
PAGES = Budget(name="pages", limit=2, seconds=60)

#: What each of twelve processes does: 200 times the same, all on one budget of 1,000.
SPENDER = """
import django, os, sys
django.setup()
from datetime import UTC, datetime
from accounts.budgets import Budget, Overspent, spend
budget, allowed = Budget(name="shared", limit=1000, seconds=3600), 0
sys.stdin.readline()
for _ in range(200):
    try:
        spend(who="one token", budget=budget, now=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
        allowed += 1
    except Overspent:
        pass
print(allowed)
"""


@pytest.mark.django_db
def test_what_is_left_ends_with_the_span() -> None:
    for _ in range(2):
        spend(who="ann", budget=PAGES, now=NOW)
    spend(who="bob", budget=PAGES, now=NOW)
    with pytest.raises(Overspent) as refusal:
        spend(who="ann", budget=PAGES, now=NOW)
    assert refusal.value.wait_seconds == 40
    spend(who="ann", budget=PAGES, now=NOW + timedelta(seconds=40))


@pytest.mark.django_db
def test_what_is_over_is_forgotten_and_tells_nobodys_name() -> None:
    spend(who="ann@example.gov.uk", budget=PAGES, now=NOW - timedelta(days=3))
    spend(who="ann@example.gov.uk", budget=PAGES, now=NOW)
    assert not Spending.objects.filter(key__contains="ann").exists()
    assert forget_spent(now=NOW) == 1
    assert Spending.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twelve_processes_spend_one_budget_to_its_end_and_no_further() -> None:
    spenders = [
        subprocess.Popen(
            [sys.executable, "-c", SPENDER],
            cwd=settings.PROJECT,
            env=environment() | {"DJANGO_SETTINGS_MODULE": "directory.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(12)
    ]
    for spender in spenders:  # all have started before the first is let go
        assert spender.stdin is not None
        spender.stdin.write("go\n")
        spender.stdin.flush()
    allowed = [int(spender.communicate(timeout=60)[0]) for spender in spenders]
    assert sum(allowed) == 1000
    assert Spending.objects.get().spent == 1000


@pytest.mark.django_db
def test_whoever_opens_too_many_pages_is_asked_to_wait(
    client: Client, settings: LazySettings
) -> None:
    settings.PAGES_PER_MINUTE = 2
    client.force_login(User.objects.known_by("ann@example.gov.uk"))
    answers = [client.get("/privacy") for _ in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]
    # A minute may have ended in between, and a new one begun.
    assert 1 <= len(refused) <= 3
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
    assert "Wait a minute" in refused[0].content.decode()
    assert Client().get("/privacy").status_code == 200


@pytest.mark.django_db
def test_a_token_that_asks_too_often_is_told_when_to_come_back(settings: LazySettings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    token = issue_token(name="Busy", expires_days=1, now=datetime.now(UTC)).token
    busy = Client(headers={"Authorization": f"Bearer {token}"})
    answers = [busy.get("/api/v1/organisations/") for _ in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 1 <= len(refused) <= 3
    assert refused[0]["Content-Type"] == "application/problem+json"
    assert refused[0].json()["type"] == "/api/v1/docs/problems/too-many-requests"
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
