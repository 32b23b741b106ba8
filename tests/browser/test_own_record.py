"""Editing one's own record in a real browser, with JavaScript and without."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from directory.models import ExpertiseTag, RecordOwner
from directory.record_owners import link
from tests.browser.looking import whatever_is_wrong
from tests.web.stage import Stage


@pytest.fixture(autouse=True)
def own(stage: Stage) -> None:
    """The reader is Amara."""
    if not RecordOwner.objects.exists():
        link(user=stage.reader, person=stage.amara, linked_by=None)


def edit(page: Page, about: str) -> None:
    page.goto("/me")
    page.get_by_role("button", name="Edit my record").click()
    page.get_by_label("About").fill(about)


def test_a_record_is_edited_looked_at_first_saved_and_taken_back(
    plain_window: BrowserContext, stage: Stage
) -> None:
    page = plain_window.new_page()
    edit(page, "Knows every weir")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    expect(page.get_by_text("Knows every weir")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.get_by_role("button", name="Take my last change back").click()
    expect(page.get_by_role("status")).to_contain_text("before your last change")
    expect(page.get_by_text("Knows every weir")).to_have_count(0)
    page.get_by_role("button", name="Yes, still right").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")


def test_what_somebody_knows_is_offered_while_they_type(page: Page, stage: Stage) -> None:
    page.goto("/me/expertise")
    box = page.get_by_label("What you know")
    box.press_sequentially("rules of")
    expect(page.locator("datalist option").first).to_have_attribute("value", "Rules of origin")
    box.fill("rules of origin")
    page.get_by_label("How well").select_option("Expert")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Rules of origin” is among what you know")).to_be_visible()


def test_a_new_word_is_proposed_on_purpose_alone(
    plain_window: BrowserContext, stage: Stage
) -> None:
    page = plain_window.new_page()
    page.goto("/me/expertise")
    page.get_by_label("What you know").fill("Weir keeping")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Propose “Weir keeping”").click()
    expect(page.get_by_role("link", name="Weir keeping")).to_be_visible()
    page.get_by_role("button", name="Take away Weir keeping").click()
    expect(page.get_by_role("link", name="Weir keeping")).to_have_count(0)
    assert ExpertiseTag.objects.get(slug="weir-keeping").status == "proposed"


def test_the_pages_of_ones_record_are_for_everybody(page: Page, stage: Stage) -> None:
    correct = f"/people/{stage.priya.pk}/correction"
    page.goto(correct)
    page.get_by_label("How should it be?").fill("Head of Weirs by now")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You are told what becomes of it")).to_be_visible()
    pages = ["/me", "/me/edit", "/me/expertise", "/corrections", correct, "/dictionary"]
    assert whatever_is_wrong(page, pages) == []
