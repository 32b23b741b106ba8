"""Every kind of page in each state: axe finds no violation, nothing is wider than the screen."""

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.web.stage import Stage

DIRECTORATE = (
    "/teams/department-for-ports-and-trade/strategy-and-trade-group/international-directorate"
)
PATHS = [
    "/",
    "/search",
    "/search?q=trade",
    "/search?q=trade&grade=G7&grade=G6",
    "/search?q=zzzz&grade=G7",
    "/search?q=trade&tab=teams",
    "/search?q=zzzz&tab=organisations",
    "/people/{amara}",
    "/people/{priya}",
    "/people/{left}",
    DIRECTORATE,
    f"{DIRECTORATE}/trade-policy",
    "/teams/department-for-ports-and-trade/strategy-and-trade-group",
    "/organisations/",
    "/organisations/?letter=Q",
    "/organisations/department-for-ports-and-trade",
    "/organisations/board-of-quays",
    "/accessibility",
    "/privacy",
    "/nowhere",
    "/search?tab=nobody",
]
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(stage: Stage) -> list[str]:
    people = {"amara": stage.amara.pk, "priya": stage.priya.pk, "left": stage.left.pk}
    return [path.format(**people) for path in PATHS]


def test_axe_finds_nothing_on_any_page(page: Page, stage: Stage) -> None:
    found = []
    for path in addresses(stage):
        page.goto(path)
        results = Axe().run(page, options={"runOnly": STANDARD})
        found += [
            f"{path}: {violation['id']} at {violation['nodes'][0]['target']}"
            for violation in results.response["violations"]
        ]
    assert found == []


def test_no_page_is_wider_than_a_small_screen(window: BrowserContext, stage: Stage) -> None:
    page = window.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in addresses(stage):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{path}: {width}")
    assert wide == []


def test_a_page_has_one_heading_and_no_level_left_out(page: Page, stage: Stage) -> None:
    for path in addresses(stage):
        page.goto(path)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1, path
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps), (path, levels)


def test_links_are_large_enough_to_hit(window: BrowserContext, stage: Stage) -> None:
    """WCAG 2.2 asks for 24 pixels, for targets that do not stand in a sentence."""
    page = window.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/people/{stage.amara.pk}")
    small = page.evaluate(
        """[...document.querySelectorAll('.cd-reach a, .cd-header a, .cd-header button')]
            .map(at => [at.textContent.trim(), at.getBoundingClientRect().height])
            .filter(([, height]) => height < 24)"""
    )
    assert small == []
