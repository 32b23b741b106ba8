"""
A stage that stands for all tests of a file, where each of them plays on it.

It is set once, in a transaction around those of the tests, each of which is rolled back to it:
what a test changes, the next one does not see. Where one test of the file asks for an empty
stage, nothing may stand before it, whatever the order; so there each test sets its own.
"""

import contextlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TypeVar

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

Set = TypeVar("Set")

#: Of tests whose writes are committed, and so are not rolled back.
_COMMITTING = {"transactional_db", "live_server"}


@contextlib.contextmanager
def standing(
    request: pytest.FixtureRequest,
    blocker: DjangoDbBlocker,
    set_stage: Callable[[], Set],
    *,
    name: str,
) -> Iterator[Callable[[], Set]]:
    """
    For a fixture of a file: how the fixture `name` of each of its tests gets the stage.

    The objects are copies, so that a test may change them too.
    """
    if not _is_wanted_by_all(request, name):
        yield set_stage
        return
    with _rolled_back(blocker):
        with blocker.unblock():
            stage = set_stage()
        yield lambda: deepcopy(stage)


@contextlib.contextmanager
def _rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around those of the tests, of which nothing stays."""
    around = transaction.atomic()
    # Code that insists on the outermost transaction does not take those of tests for it.
    around._from_testcase = True  # type: ignore[attr-defined]
    with blocker.unblock():
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def _is_wanted_by_all(request: pytest.FixtureRequest, name: str) -> bool:
    """Whether every test of the file, of those that run, plays on the stage and commits nothing."""
    for item in request.session.items:
        if item.path == request.path:
            names = set(getattr(item, "fixturenames", ()))
            marker = item.get_closest_marker("django_db")
            commits = names & _COMMITTING or (marker and marker.kwargs.get("transaction"))
            if name not in names or commits:
                return False
    return True
