"""A real browser, somebody signed in, and an ear for everything that goes wrong."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests import migrated
from tests.web.stage import Stage, set_stage

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Debian's Chromium; without it a newcomer's run skips, and CI fails: a skip proves nothing.

    Not for longer than a file: Playwright's event loop runs in this thread until it is stopped,
    and what starts one of its own, as the worker does, would be refused in every test after.
    """
    if not CHROMIUM.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(
            f"{CHROMIUM} is missing: apt-get install --no-install-recommends chromium "
            "fonts-liberation, or set CHROMIUM to where it is."
        )
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django would refuse the ORM beside that loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def stage(
    browser: Browser, django_db_setup: dict[str, bytes], django_db_blocker: DjangoDbBlocker
) -> Iterator[Stage]:
    """
    Everybody, with a crowd that needs a second page; set once a file, which only reads.

    Set and taken down while the browser is there: its connections are those beside its loop.
    """
    with django_db_blocker.unblock():
        migrated.fill(rows_by_table=django_db_setup)
        yield set_stage(crowd=25)
        call_command("flush", interactive=False, verbosity=0)
        # No mark of a test says that this module emptied the tables, so they are filled here.
        migrated.fill(rows_by_table=django_db_setup)
        # Beside Playwright's event loop Django keeps connections of its own, which nobody
        # else closes, and which would bar the dropping of the database.
        connections.close_all()


@pytest.fixture(scope="module")
def server(stage: Stage) -> Iterator[str]:
    """The address of the service, answering from the stage."""
    live_server = LiveServer("localhost")
    yield live_server.url
    live_server.stop()


@pytest.fixture
def session_key(stage: Stage) -> str:
    """The session of the stage's reader."""
    return session_of(stage.reader)


def session_of(user: User) -> str:
    """The key of a session in which somebody signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; every test ends with none."""
    return []


@pytest.fixture
def window(
    browser: Browser, server: str, session_key: str, complaints: list[str]
) -> Iterator[BrowserContext]:
    """A signed-in browser window; at its end nothing may have been complained about."""
    yield from open_window(browser, server, session_key, complaints, javascript=True)


@pytest.fixture
def plain_window(
    browser: Browser, server: str, session_key: str, complaints: list[str]
) -> Iterator[BrowserContext]:
    """The same without JavaScript."""
    yield from open_window(browser, server, session_key, complaints, javascript=False)


@pytest.fixture
def page(window: BrowserContext) -> Page:
    """A signed-in page, 1280 pixels wide."""
    return window.new_page()


def open_window(
    browser: Browser,
    server: str,
    session_key: str,
    complaints: list[str],
    *,
    javascript: bool,
) -> Iterator[BrowserContext]:
    """A browser window in which somebody signed in; at its end nothing was complained about."""
    context = browser.new_context(
        base_url=server,
        java_script_enabled=javascript,
        viewport={"width": 1280, "height": 900},
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_key, "url": server}]
    )
    context.set_default_timeout(5000)
    context.on("console", lambda message: _hear(complaints, message.type, message.text))
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(server)
            else complaints.append(f"request to {request.url}")
        ),
    )
    yield context
    context.close()
    assert complaints == []


def _hear(complaints: list[str], kind: str, text: str) -> None:
    # A page that is meant to be an error page is reported by the browser as well.
    if kind in ("error", "warning") and "the server responded with a status of 4" not in text:
        complaints.append(f"{kind}: {text}")
