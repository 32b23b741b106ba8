"""The place of the tests' own server: a run has one to itself, and leaves nothing in memory."""

from pathlib import Path

import pytest

from tests import memory


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not where the server of this very run is."""
    monkeypatch.setattr(memory, "MEMORY", tmp_path)


def test_two_runs_at_once_have_a_place_each(tmp_path: Path) -> None:
    with memory.place() as first, memory.place() as second:
        assert first != second
        assert {first, second} == set(tmp_path.iterdir())


def test_nothing_is_left_when_a_run_has_ended(tmp_path: Path) -> None:
    with memory.place() as place:
        (place / "data").touch()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / "civil-directory-tests-left"
    left.mkdir()
    (left / "data").touch()
    with memory.place() as place:
        assert list(tmp_path.iterdir()) == [place]


def test_there_is_no_room_where_nothing_is_kept_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "MEMORY", tmp_path / "absent")
    assert not memory.has_room()
