"""`manage.py load_organisations`: what it prints, and when it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def body(slug: str, *, title: str = "", under: str) -> dict[str, Any]:
    """A live body below another."""
    return {
        "id": f"id-of-{slug}",
        "title": title or slug,
        "details": {"slug": slug, "govuk_status": "live"},
        "parent_organisations": [{"id": f"id-of-{under}"}],
    }


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], Path]:
    def write(content: object) -> Path:
        path = tmp_path / "organisations.json"
        path.write_bytes(
            content if isinstance(content, bytes) else json.dumps(content).encode("utf-8-sig")
        )
        return path

    return write


def test_the_command_prints_what_it_did(
    written: Callable[[object], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = written([body("climbi", title="ClimbiÃ©", under="x"), body("b", under="b")])
    call_command("load_organisations", str(path))
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "2 created, 0 updated, 0 unchanged; 0 links added, 0 removed.",
        "Repaired title of climbi, encoded twice: Climbié",
        "Left out of the parents of climbi, not known here: id-of-x",
        "Left out, as they lead in a circle: b > b",
    ]
    call_command("load_organisations", str(path))
    assert "0 created, 0 updated, 2 unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"results"'])
def test_the_command_refuses_what_is_not_json(
    content: bytes, written: Callable[[object], Path], tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("load_organisations", str(written(content)))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_organisations", str(tmp_path / "absent.json"))
