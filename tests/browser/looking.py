"""What is looked for on every page, whoever opens it."""

from collections.abc import Sequence
from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, paths: Sequence[str]) -> list[str]:
    """What axe finds, page by page."""
    found = []
    for path in paths:
        page.goto(path)
        found += [f"{path}: {violation}" for violation in violations_here(page)]
    return found


def violations_here(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    results = Axe().run(page, options={"runOnly": STANDARD})
    return [
        f"{violation['id']} at {violation['nodes'][0]['target']}"
        for violation in results.response["violations"]
    ]


def wider_than(page: Page, paths: Sequence[str], *, pixels: int = 320) -> list[str]:
    """Pages that scroll sideways on a screen of this width."""
    page.set_viewport_size({"width": pixels, "height": 640})
    wide = []
    for path in paths:
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > pixels:
            wide.append(f"{path}: {width}")
    return wide


def skipped_headings(page: Page, paths: Sequence[str]) -> list[str]:
    """Pages without exactly one first heading, or with a level left out."""
    wrong = []
    for path in paths:
        page.goto(path)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
        )
        steps = pairwise(levels)
        if levels.count(1) != 1 or any(after > before + 1 for before, after in steps):
            wrong.append(f"{path}: {levels}")
    return wrong
