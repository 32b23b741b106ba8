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
    """What axe finds on the page as it stands, and on a dark screen in its colours."""
    found = _found_by_axe(page, STANDARD)
    page.emulate_media(color_scheme="dark")
    found += [f"{violation}, dark" for violation in _found_by_axe(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def _found_by_axe(page: Page, rules: Sequence[str]) -> list[str]:
    # What it finds in order is not asked for: describing all of that takes longer than looking.
    results = Axe().run(page, options={"runOnly": list(rules), "resultTypes": ["violations"]})
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
        wrong += [f"{path}: {levels}" for levels in skipped_headings_here(page)]
    return wrong


def skipped_headings_here(page: Page) -> list[list[int]]:
    """The levels of the page's headings if there is something wrong with them."""
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
    )
    steps = pairwise(levels)
    is_wrong = levels.count(1) != 1 or any(after > before + 1 for before, after in steps)
    return [levels] if is_wrong else []


def whatever_is_wrong(page: Page, paths: Sequence[str]) -> list[str]:
    """All of this, in two visits of each page: on a large screen and on a small one."""
    wrong = []
    for path in paths:
        page.goto(path)
        wrong += [f"{path}: {violation}" for violation in violations_here(page)]
        wrong += [f"{path}: {levels}" for levels in skipped_headings_here(page)]
    return wrong + wider_than(page, paths)
