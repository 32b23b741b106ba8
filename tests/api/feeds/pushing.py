"""How the tests push: requests as a department's HR system sends them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.test import Client

from directory.grants import issue_token
from directory.models import Feed, FeedRun
from directory.sync.delivering import deliver
from tests.connectors.deliveries import senior_return
from tests.sync.tides import rows_of

RUNS = "/api/v1/feeds/tides-senior/runs/"
RETURN = senior_return(*rows_of(4)).encode()


def pusher_of(feed: Feed) -> Client:
    token = issue_token(name="HR", feed=feed, expires_days=30, now=datetime.now(UTC)).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def push(
    client: Client,
    body: bytes = RETURN,
    query: str = "as_of=2026-03-01",
    media_type: str = "text/csv",
    **headers: str,
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic("POST", f"{RUNS}?{query}", body, media_type, headers=named)


def carry_out() -> None:
    """What the worker does."""
    for run in FeedRun.objects.filter(state="received"):
        deliver(run_id=run.pk, now=datetime.now(UTC))


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))
