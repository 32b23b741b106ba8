"""Connectors decide nothing about the database and know nothing of Django."""

import subprocess
import sys
from pathlib import Path


def test_no_connector_imports_django() -> None:
    code = (
        "import sys, directory.connectors.registry\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
