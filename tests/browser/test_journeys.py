"""The journeys people make, with a mouse, with a keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.stage import Stage


def test_a_surname_prefix_leads_to_the_persons_page(page: Page, stage: Stage) -> None:
    page.goto("/")
    page.get_by_label("Name, job title, team or e-mail").fill("nwos")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("1 person for"))
    page.get_by_role("link", name="Amara Nwosu-Bell", exact=True).click()
    expect(page).to_have_url(re.compile(f"/people/{stage.amara.pk}$"))
    expect(page).to_have_title("Amara Nwosu-Bell – Civil Directory")
    expect(
        page.get_by_role("link", name="amara.nwosu-bell@dpt.example.gov.uk", exact=True)
    ).to_be_visible()


def test_filters_narrow_chips_widen_and_back_undoes(page: Page, stage: Stage) -> None:
    page.goto("/search?q=trade")
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.get_by_label("Grade 7").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(heading).to_have_text(re.compile("3 people for"))
    page.get_by_role("link", name="Remove filter Grade: Grade 7").click()
    expect(heading).to_have_text(before)
    page.go_back()
    expect(heading).to_have_text(re.compile("3 people for"))
    expect(page.get_by_label("Grade 7")).to_be_checked()


def test_more_results_are_a_page_away_and_back_again(page: Page, stage: Stage) -> None:
    page.goto("/search?q=quayside")
    expect(page.get_by_role("article")).to_have_count(20)
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("article")).to_have_count(5)
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(20)


def test_the_tree_is_walked_up_and_down(page: Page, stage: Stage) -> None:
    page.goto(f"/people/{stage.priya.pk}")
    trail = page.get_by_role("navigation", name="Breadcrumb")
    trail.get_by_role("link", name="Trade Policy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trade Policy")
    tree = page.get_by_role("navigation", name="Place in the organisation")
    tree.get_by_role("link", name="Customs and Borders").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customs and Borders")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role(
        "link", name="Department for Ports and Trade"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Department for Ports and Trade DPT")


def test_a_keyboard_is_enough(page: Page, stage: Stage) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    press_until_focused(page, "input[type=search]")
    page.keyboard.type("wisniewski")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("1 person for"))
    press_until_focused(page, "a[href^='/people/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomasz Wiśniewski")
    press_until_focused(page, "a[href^='tel:']")


def test_focus_can_be_seen_on_everything_that_takes_it(page: Page, stage: Stage) -> None:
    page.goto("/search?q=trade&grade=G7")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        look = page.evaluate(
            """() => {
                const at = document.activeElement, style = getComputedStyle(at);
                return [at.tagName, at.className,
                        style.backgroundColor + style.boxShadow + style.outlineColor];
            }"""
        )
        if look[0] == "BODY":
            break
        assert "255, 221, 0" in look[2], f"focus is not seen on {look[:2]}"
        seen.add(look[0])
    assert {"A", "INPUT", "BUTTON"} <= seen


def test_everything_works_without_javascript(plain_window: BrowserContext, stage: Stage) -> None:
    page = plain_window.new_page()
    page.goto("/")
    page.get_by_label("Name, job title, team or e-mail").fill("trade")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Grade 7").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("3 people for"))
    page.get_by_role("link", name="Mei-Ling Zhao", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mei-Ling Zhao")
    page.get_by_role("link", name="Organisations", exact=True).click()
    page.get_by_label("Status").select_option("closed")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Board of Quays").click()
    expect(page.get_by_text("It became")).to_be_visible()


def test_filters_open_on_a_small_screen(plain_window: BrowserContext, stage: Stage) -> None:
    page = plain_window.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/search?q=trade")
    expect(page.get_by_label("Grade 7")).to_be_hidden()
    page.get_by_role("link", name="Filter these results").click()
    page.get_by_label("Grade 7").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("3 people for"))


def test_an_address_is_copied(window: BrowserContext, stage: Stage) -> None:
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = window.new_page()
    page.goto(f"/people/{stage.amara.pk}")
    page.get_by_role("button", name="Copy amara.nwosu-bell@dpt.example.gov.uk").click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "amara.nwosu-bell@dpt.example.gov.uk"


def test_signing_out_ends_it(page: Page, stage: Stage) -> None:
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"/people/{stage.amara.pk}")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def press_until_focused(page: Page, selector: str) -> None:
    """Press Tab until something of this kind has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reached {selector}")
