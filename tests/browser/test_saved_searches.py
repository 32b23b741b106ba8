"""Saving a search and downloading its people, in a real browser and without JavaScript."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from directory.grants import grant_role
from directory.models import Grant, SavedSearch
from tests.browser.conftest import open_window, session_of
from tests.browser.looking import violations, whatever_is_wrong
from tests.people import make_person
from tests.web.stage import Stage


@pytest.fixture
def administrator(
    browser: Browser, server: str, stage: Stage, complaints: list[str]
) -> Iterator[BrowserContext]:
    """A window in which an administrator signed in."""
    user = User.objects.known_by("tom.marlow@example.gov.uk")
    grant_role(user=user, role=Grant.Role.ADMINISTRATOR, on=None, until=None, granted_by=None)
    yield from open_window(browser, server, session_of(user), complaints, javascript=True)


def test_a_search_is_saved_found_again_silenced_and_deleted(
    plain_window: BrowserContext, stage: Stage
) -> None:
    page = plain_window.new_page()
    page.goto("/search?q=quayside&grade=EO")
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_role("status")).to_contain_text("is saved")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("25 people for"))
    page.get_by_role("link", name=re.compile("^quayside, ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved searches")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("The crowd")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("button", name="Stop e-mails about The crowd").click()
    expect(page.get_by_text("You get no e-mails about it.")).to_be_visible()
    page.get_by_role("link", name="The crowd", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("25 people for"))
    page.get_by_role("link", name="Saved searches").click()
    page.get_by_role("button", name="Delete The crowd").click()
    expect(page.get_by_text("You have none yet")).to_be_visible()


def test_people_are_downloaded_with_a_reason_that_is_then_on_record(
    administrator: BrowserContext, stage: Stage, tmp_path: Path
) -> None:
    page = administrator.new_page()
    page.goto("/search?q=quayside")
    page.get_by_role("link", name="Download these people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Download 25 people")
    page.get_by_role("button", name="Download the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you need this list")
    page.get_by_label("Why do you need this list?").fill("Planning the harbour festival")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    assert rows[0]["Organisation"] == "Harbours Agency"
    page.goto("/curate/")
    page.get_by_role("link", name="Who downloaded people").click()
    expect(page.get_by_text("Planning the harbour festival")).to_be_visible()


def test_every_page_is_for_everybody(administrator: BrowserContext, stage: Stage) -> None:
    page = administrator.new_page()
    _save(page, "/search?q=quayside")
    _save(page, "/search?grade=EO&grade=G7&q=harbour")
    make_person("Una", "Quayside", title="Harbour Envoy", team=stage.crowd)
    search = SavedSearch.objects.get(asked="q=quayside")
    addresses = [
        "/search?q=quayside",
        "/me/searches",
        f"/me/searches/{search.pk}/name",
        "/search/export?q=quayside",
        "/search/export?q=zzzz",
        "/curate/exports",
    ]
    page.goto("/me/searches")
    page.get_by_text("1 new person since").click()
    expect(page.get_by_role("link", name="Una Quayside")).to_be_visible()
    assert whatever_is_wrong(page, addresses) == []


def test_whoever_may_not_download_reads_why(page: Page, stage: Stage) -> None:
    page.goto("/search/export?q=quayside")
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot download people")
    assert violations(page, ["/search/export?q=quayside", "/me/searches"]) == []


def _save(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_text("Saved as")).to_be_visible()
