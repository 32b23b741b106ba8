"""
Every page about feeds, for every role it is not for: as if it were not there at all.

Whom each address answers is in tests/test_access_matrix.py.
"""

from uuid import uuid4

import pytest

from directory.models import Feed, FeedRun
from tests.web.desk import Desk
from tests.web.reading import masked

#: One needs nobody there, but a desk that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("desk")

DECIDERS = {"administrator", "curator"}
DELIVERERS = DECIDERS | {"operator"}
ROLES = [*sorted(DELIVERERS), "curator elsewhere", "operator elsewhere", "auditor", "official"]

#: Name of a page, its path, and who may open it for the Harbour Office's feed.
PAGES = [
    ("feed", "/curate/feeds/{feed}", DELIVERERS),
    ("upload", "/curate/feeds/{feed}/upload", DELIVERERS),
    ("mapping", "/curate/feeds/{feed}/mapping", DELIVERERS),
    ("run", "/curate/runs/{run}", DELIVERERS),
    ("progress", "/curate/runs/{run}/progress", DELIVERERS),
    ("plan", "/curate/runs/{run}/plan", DELIVERERS),
    ("plan-file", "/curate/runs/{run}/plan.csv", DELIVERERS),
    ("faults-file", "/curate/runs/{run}/faults.csv", DELIVERERS),
    ("words", "/curate/feeds/{feed}/words", DECIDERS),
    ("limits", "/curate/feeds/{feed}/limits", DECIDERS),
    ("name", "/curate/feeds/{feed}/name", DECIDERS),
    ("pause", "/curate/feeds/{feed}/pause", DECIDERS),
    ("resume", "/curate/feeds/{feed}/resume", DECIDERS),
    ("retire", "/curate/feeds/{feed}/retire", DECIDERS),
    ("keys", "/curate/feeds/{feed}/keys", DECIDERS),
    ("tokens", "/curate/feeds/{feed}/tokens", DECIDERS),
    ("release", "/curate/runs/{run}/release", DECIDERS),
    ("reject", "/curate/runs/{run}/reject", DECIDERS),
    ("undo", "/curate/runs/{run}/undo", DECIDERS),
]


def address(path: str, desk: Desk) -> str:
    return path.format(feed=desk.feed.slug, run=desk.held.pk)


def nowhere(path: str) -> str:
    return path.format(feed="no-such-feed", run=uuid4())


@pytest.mark.parametrize("role", [role for role in ROLES if role not in DECIDERS])
def test_what_may_not_be_seen_looks_like_what_is_not_there(desk: Desk, role: str) -> None:
    browser = desk.browser(role)
    for name, path, allowed in PAGES:
        if role not in allowed:
            refused, absent = browser.get(address(path, desk)), browser.get(nowhere(path))
            assert masked(refused) == masked(absent), (role, name)
            assert refused.headers == absent.headers, (role, name)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in DECIDERS])
def test_nobody_else_decides_by_sending_the_form(desk: Desk, role: str) -> None:
    browser = desk.browser(role)
    form = {"reason": "Because", "digest": desk.held.plan_digest, "departures": "16", "name": "x"}
    for name, path, allowed in PAGES:
        if role not in allowed:
            assert browser.post(address(path, desk), form).status_code in (404, 405), (role, name)
    desk.held.refresh_from_db()
    assert desk.held.state == FeedRun.State.HELD
    assert Feed.objects.get(pk=desk.feed.pk).state == Feed.State.LIVE


@pytest.mark.parametrize(
    ("role", "is_there"), [("curator", True), ("operator", True), ("auditor", False)]
)
def test_the_header_leads_to_curating_for_those_who_curate(
    desk: Desk, role: str, is_there: bool
) -> None:
    html = desk.browser(role).get("/organisations/").content.decode()
    assert ('href="/curate/"' in html) is is_there


@pytest.mark.parametrize(
    ("role", "is_there"), [("administrator", False), ("auditor", True), ("official", False)]
)
def test_the_header_leads_an_auditor_who_curates_nothing_to_the_downloads(
    desk: Desk, role: str, is_there: bool
) -> None:
    html = desk.browser(role).get("/organisations/").content.decode()
    assert ('href="/curate/exports"' in html) is is_there


def test_lists_hold_what_one_looks_after_and_nothing_else(desk: Desk) -> None:
    for role, seen, unseen in (
        ("curator", "harbour-hr", "winds-hr"),
        ("curator elsewhere", "winds-hr", "harbour-hr"),
        ("operator elsewhere", "winds-hr", "harbour-hr"),
    ):
        for path in ("/curate/feeds/", "/curate/"):
            html = desk.browser(role).get(path).content.decode()
            assert unseen not in html
        assert seen in desk.browser(role).get("/curate/feeds/").content.decode()
