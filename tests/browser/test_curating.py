"""The pages about feeds in a real browser: for everybody, and all the way through."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.models import FeedRun, Person
from directory.sync.delivering import deliver
from tests.browser.conftest import open_window, session_of
from tests.browser.looking import whatever_is_wrong
from tests.curating.harbour import deliver as sync_file
from tests.curating.harbour import people_file
from tests.web.desk import Desk, set_desk, staff_of
from tests.web.stage import Stage

FEED = "/curate/feeds/harbour-hr"
PATHS = [
    "/curate/",
    "/curate/feeds/",
    "/curate/searches",
    "/curate/audiences/",
    "/curate/audiences/harbour-office",
    "/curate/feeds/new",
    FEED,
    *(
        f"{FEED}/{page}"
        for page in "upload mapping words limits name pause resume retire keys tokens".split()
    ),
    "/curate/runs/{applied}",
    "/curate/runs/{held}",
    "/curate/runs/{failed}",
    "/curate/runs/{waiting}",
    "/curate/runs/{applied}/plan",
    "/curate/runs/{held}/plan?action=depart",
    *(f"/curate/runs/{{held}}/{page}" for page in ("release", "reject", "undo")),
]


@pytest.fixture(scope="module")
def desk(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The Harbour Office's desk beside the stage, which goes with it."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DELIVERIES_DIR", folder / "kept")
        patch.setattr(settings, "SAMPLES_DIR", folder / "samples")
        yield set_desk(folder)


@pytest.fixture
def addresses(desk: Desk) -> list[str]:
    """Every kind of page in its states, one of a run under way among them."""
    waiting = FeedRun.objects.create(
        feed=desk.elsewhere,
        kind="people",
        as_of=timezone.localdate(),
        step="deciding",
        rows_done=40,
        rows_total=100,
    )
    runs = {"applied": desk.applied, "held": desk.held, "failed": desk.failed, "waiting": waiting}
    return [path.format(**{name: run.pk for name, run in runs.items()}) for path in PATHS]


@contextmanager
def signed_in(
    browser: Browser,
    server: str,
    desk: Desk,
    role: str,
    complaints: list[str],
    *,
    javascript: bool = True,
) -> Iterator[Page]:
    """A page in a browser of its own, in which somebody of this role signed in."""
    windows = open_window(
        browser, server, session_of(desk.users[role]), complaints, javascript=javascript
    )
    window: BrowserContext = next(windows)
    yield window.new_page()
    for _ in windows:
        pass


def test_every_page_is_for_everybody(
    browser: Browser, server: str, desk: Desk, addresses: list[str], complaints: list[str]
) -> None:
    with signed_in(browser, server, desk, "administrator", complaints) as page:
        assert whatever_is_wrong(page, addresses) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_operator_uploads_a_file_and_sees_its_faults(
    browser: Browser,
    server: str,
    desk: Desk,
    complaints: list[str],
    tmp_path: Path,
    javascript: bool,
) -> None:
    # A title of its own each time: the same file again would be the run there is already.
    wrong = ("H8", "Ida", "Marsh", f"Clerk\x07 {javascript}", "H1")
    path = people_file(tmp_path, *staff_of(20), wrong, name="april.csv")
    with signed_in(browser, server, desk, "operator", complaints, javascript=javascript) as page:
        page.goto("/curate/")
        page.get_by_role("link", name="The feed you look after").click()
        page.get_by_role("link", name="harbour-hr").click()
        page.get_by_role("button", name="Upload a file").click()
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_role("alert")).to_contain_text("Choose the file")
        page.get_by_label("File", exact=True).set_input_files(path)
        page.get_by_label("Everybody. Whoever is missing has left").check()
        page.get_by_label("Only show me what it would do").check()
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_text("Refresh this page")).to_be_visible(visible=not javascript)
        run = FeedRun.objects.get(feed=desk.feed, state=FeedRun.State.RECEIVED)
        deliver(run_id=run.pk, now=timezone.now())
        if not javascript:
            page.get_by_role("link", name="Refresh this page").click()
        expect(page.get_by_text("This is what the file would do")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("control_character"))).to_be_visible()


@pytest.mark.parametrize(
    ("javascript", "day"), [(True, 2), (False, 4)], ids=["script", "no script"]
)
def test_a_curator_releases_a_held_run_and_takes_it_back(
    browser: Browser,
    server: str,
    desk: Desk,
    complaints: list[str],
    tmp_path: Path,
    javascript: bool,
    day: int,
) -> None:
    if not javascript:
        sync_file(desk.feed, people_file(tmp_path, *staff_of(4), name="again.csv"), days=day - 1)
    with signed_in(browser, server, desk, "curator", complaints, javascript=javascript) as page:
        page.goto("/")
        page.get_by_role("link", name="Curate").click()
        page.get_by_role("link", name=f"People, {day} March 2026 is held").click()
        page.get_by_role("button", name="See each change").click()
        page.get_by_role("link", name="Leaving 16").click()
        expect(page.get_by_text("Not in the file").first).to_be_visible()
        page.go_back()
        page.go_back()
        page.get_by_role("button", name="Release it").click()
        page.get_by_label("How many people and posts").fill("3")
        page.get_by_label("Why is it right?").fill("The harbour closed")
        page.get_by_role("button", name="Release and apply it").click()
        expect(page.get_by_role("alert")).to_contain_text("This is not the number")
        page.get_by_label("How many people and posts").fill("16")
        page.get_by_role("button", name="Release and apply it").click()
        expect(page.get_by_text("The run is released and applied.")).to_be_visible()
        page.get_by_role("link", name="Take this run back").click()
        page.get_by_label("Why?").fill("It had not closed")
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_text("The run is taken back")).to_be_visible()
    assert Person.objects.filter(given_name="Robint", status="active").exists()
