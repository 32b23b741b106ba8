"""Every kind of page in each state: axe finds no violation, nothing is wider than the screen."""

from playwright.sync_api import BrowserContext, Page

from tests.browser.looking import whatever_is_wrong
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
    "/search?q=who+has+nwosuu+customs+qqqq&grade=EO&organisation=harbours-agency",
    "/search?q=trade&tab=teams",
    "/search?q=zzzz&tab=organisations",
    "/search?q=rulse+of+origin&tab=expertise",
    "/expertise/rules-of-origin",
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


def addresses(stage: Stage) -> list[str]:
    people = {"amara": stage.amara.pk, "priya": stage.priya.pk, "left": stage.left.pk}
    return [path.format(**people) for path in PATHS]


def test_nothing_is_wrong_with_any_page(page: Page, stage: Stage) -> None:
    """Violations that axe finds, headings left out, pages wider than a small screen."""
    assert whatever_is_wrong(page, addresses(stage)) == []


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
