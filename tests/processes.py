"""Processes of our own beside the tests: they see the test database, and are waited for."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection, connections


def command(*arguments: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, str(settings.PROJECT / "manage.py"), *arguments]


def environment(*, state_dir: Path | None = None) -> dict[str, str]:
    """The test database in place of the real one; roles and server are the same."""
    owner = connections["owner"].settings_dict | {"NAME": connection.settings_dict["NAME"]}
    return {
        **os.environ,
        "DATABASE_URL": _url(connections["default"].settings_dict),
        "DATABASE_OWNER_URL": _url(owner),
        "STATE_DIR": str(state_dir or settings.ENV.state_dir),
    }


def wait_for(condition: Callable[[], object], *, seconds: float = 30) -> float:
    """
    Look again and again until something another process does has come true.

    Returns after how many seconds; fails if it takes longer than it may.
    """
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - start


def _url(values: Mapping[str, Any]) -> str:
    where = urlencode({"host": values["HOST"], "port": values["PORT"]})
    password = f":{quote(values['PASSWORD'])}" if values.get("PASSWORD") else ""
    return f"postgresql://{values['USER']}{password}@/{values['NAME']}?{where}"
