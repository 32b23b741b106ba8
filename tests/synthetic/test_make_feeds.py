"""`manage.py make_feeds` as an operator meets it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.synthetic import read_manifest


def _make(*arguments: str) -> str:
    out = StringIO()
    call_command("make_feeds", *arguments, stdout=out)
    return out.getvalue()


def test_it_writes_the_feeds_and_says_what_there_is(tmp_path: Path) -> None:
    said = _make(str(tmp_path), "--people", "300", "--seed", "4", "--periods", "2")
    assert said.startswith("300 invented people in 12 organisations, seed 4:\n")
    assert "2026-04-01: 300 in post" in said
    assert "2026-07-01: " in said
    assert read_manifest(directory=tmp_path).periods == 2


def test_it_refuses_a_directory_of_other_things_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match="name an empty directory") as refused:
        _make(str(tmp_path), "--people", "300", "--seed", "4")
    assert "\n" not in str(refused.value)


def test_it_refuses_too_few_people_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="need at least 120 people, not 7"):
        _make(str(tmp_path), "--people", "7", "--seed", "4")


def test_it_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CommandError, match="file"):
        _make(str(tmp_path / "file" / "below"), "--people", "300", "--seed", "4")


def test_its_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("make_feeds", "--help")
    assert "examples:\n  manage.py make_feeds feeds" in capsys.readouterr().out
