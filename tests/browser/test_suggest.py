"""The search box while somebody types: by keyboard, by mouse, and when things go wrong."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.looking import violations_here
from tests.web.stage import Stage

ANSWER = re.compile(r"/suggest\?")
LATE = "Somebody else"


@pytest.fixture
def home(page: Page, stage: Stage) -> Page:
    """The first page, its box ready to be typed into."""
    page.goto("/")
    page.locator("#search").focus()
    return page


def type_text(page: Page, text: str) -> None:
    """Type, and wait for what is suggested."""
    with page.expect_response(ANSWER):
        page.keyboard.type(text)


def active(page: Page) -> str:
    """What the box says is chosen; empty when nothing is."""
    said: str = page.evaluate(
        """() => {
            const box = document.activeElement;
            const id = box.getAttribute('aria-activedescendant');
            const option = id ? document.getElementById(id) : null;
            const marked = document.querySelectorAll('[role=option][aria-selected=true]');
            if (marked.length !== (option ? 1 : 0) || (option && marked[0] !== option)) {
                return 'the box and the list disagree';
            }
            return option ? option.querySelector('span').textContent : '';
        }"""
    )
    return said


@contextmanager
def held_back(page: Page, text: str) -> Iterator[Callable[[], None]]:
    """Hold the answer to this text back; what is yielded lets it go, with somebody of its own."""
    held: list[Route] = []
    asked = re.compile(rf"/suggest\?q={text}$")
    page.route(asked, lambda route: held.append(route))
    late = {"title": "People", "items": [{"url": "/", "parts": [[LATE, True]], "detail": ""}]}
    with page.expect_request(asked):
        yield lambda: held[0].fulfill(json={"groups": [late]})


def note_what_is_shown(page: Page) -> None:
    """From now on remember everything that the list ever shows."""
    page.evaluate(
        """() => {
            const list = document.querySelector('[role=listbox]');
            window.shown = '';
            new MutationObserver(() => { window.shown += list.textContent; })
                .observe(list, { childList: true });
        }"""
    )


def shown(page: Page) -> str:
    """Everything the list has shown since."""
    everything: str = page.evaluate("window.shown")
    return everything


def test_what_is_typed_is_suggested_by_kind_and_marked(home: Page) -> None:
    type_text(home, "tra")
    box = home.get_by_role("combobox", name="Name, job title, team or e-mail")
    expect(box).to_have_attribute("aria-expanded", "true")
    team = home.get_by_role("group", name="Teams").get_by_role("option", name="Trade Policy")
    expect(team).to_contain_text("Department for Ports and Trade")
    expect(team.locator("mark")).to_have_text("Tra")
    expect(home.get_by_role("group", name="Organisations").get_by_role("option")).to_have_count(1)
    expect(home.get_by_role("status")).to_have_text(re.compile(r"^\d suggestions$"))


def test_a_keyboard_walks_through_and_opens_one(home: Page, stage: Stage) -> None:
    type_text(home, "tra")
    expect(home.get_by_role("listbox")).to_be_visible()
    count = home.get_by_role("option").count()
    assert count > 2
    assert active(home) == ""
    home.keyboard.press("ArrowDown")
    first = active(home)
    home.keyboard.press("ArrowUp")
    last = active(home)
    home.keyboard.press("ArrowDown")
    assert (active(home), first != last) == (first, True)
    home.keyboard.press("End")
    assert active(home) == ""
    expect(home.locator("#search")).to_be_focused()
    home.keyboard.press("Home")
    home.keyboard.type("x")
    expect(home.locator("#search")).to_have_value("xtra")
    home.keyboard.press("Backspace")
    with home.expect_response(ANSWER):
        home.keyboard.press("End")
        home.keyboard.type("de pol")
    expect(home.get_by_role("option")).to_have_count(1)
    home.keyboard.press("ArrowDown")
    assert active(home) == "Trade Policy"
    home.keyboard.press("Enter")
    expect(home.get_by_role("heading", level=1)).to_have_text("Trade Policy")


def test_enter_without_a_choice_searches_as_before(home: Page) -> None:
    type_text(home, "nwosu")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search\?q=nwosu$"))


def test_escape_closes_the_list_and_then_clears_the_box(home: Page) -> None:
    type_text(home, "nwosu")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Escape")
    expect(home.get_by_role("listbox")).to_be_hidden()
    expect(home.locator("#search")).to_have_value("nwosu")
    expect(home.locator("#search")).to_have_attribute("aria-expanded", "false")
    assert active(home) == ""
    with home.expect_response(ANSWER):
        home.keyboard.press("ArrowDown")
    expect(home.get_by_role("option", selected=True)).to_contain_text("Amara Nwosu-Bell")
    home.keyboard.press("Escape")
    home.keyboard.press("Escape")
    expect(home.locator("#search")).to_have_value("")


def test_leaving_the_box_closes_the_list(home: Page) -> None:
    type_text(home, "nwosu")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("Tab")
    expect(home.get_by_role("listbox")).to_be_hidden()
    expect(home.get_by_role("button", name="Search")).to_be_focused()


def test_a_click_opens_a_suggestion(home: Page, stage: Stage) -> None:
    type_text(home, "nwosu")
    home.get_by_role("option", name="Amara Nwosu-Bell").click()
    expect(home).to_have_url(re.compile(f"/people/{stage.amara.pk}$"))


def test_nothing_is_asked_for_no_text_and_once_for_a_word_typed_at_once(home: Page) -> None:
    asked: list[str] = []
    home.on(
        "request", lambda request: asked.append(request.url) if "suggest?" in request.url else None
    )
    type_text(home, "nwosu")
    expect(home.get_by_role("listbox")).to_be_visible()
    assert [url.rpartition("=")[2] for url in asked] == ["nwosu"]
    home.locator("#search").fill("  ")
    expect(home.get_by_role("listbox")).to_be_hidden()
    assert len(asked) == 1


def test_a_late_answer_never_covers_a_newer_one(home: Page) -> None:
    note_what_is_shown(home)
    with held_back(home, "nwo") as answer_late:
        home.keyboard.type("nwo")
    home.locator("#search").fill("wisn")
    expect(home.get_by_role("option")).to_contain_text("Tomasz Wiśniewski")
    answer_late()
    type_text(home, "i")
    expect(home.get_by_role("option")).to_contain_text("Tomasz Wiśniewski")
    assert LATE not in shown(home)


def test_an_answer_after_escape_opens_nothing(home: Page) -> None:
    note_what_is_shown(home)
    type_text(home, "nw")
    expect(home.get_by_role("listbox")).to_be_visible()
    with held_back(home, "nwo") as answer_late:
        home.keyboard.type("o")
    home.keyboard.press("Escape")
    answer_late()
    expect(home.get_by_role("listbox")).to_be_hidden()
    type_text(home, "s")
    expect(home.get_by_role("option")).to_contain_text("Amara Nwosu-Bell")
    assert LATE not in shown(home)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda route: route.fulfill(status=429, body="slow down"),
        lambda route: route.fulfill(status=503, json={"problems": ["too slow"]}),
        lambda route: route.fulfill(status=200, body="<html>"),
    ],
    ids=["429", "503", "no JSON"],
)
def test_an_error_is_quiet_and_the_box_goes_on_working(
    home: Page, complaints: list[str], break_it: Callable[[Route], None]
) -> None:
    type_text(home, "nwo")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.route(ANSWER, break_it)
    type_text(home, "s")
    expect(home.get_by_role("listbox")).to_be_hidden()
    expect(home.get_by_role("status")).to_have_text("")
    home.unroute(ANSWER)
    type_text(home, "u")
    expect(home.get_by_role("listbox")).to_be_visible()
    # The browser itself says that the server answered with an error.
    complaints[:] = [one for one in complaints if "status of 503" not in one]


def test_somebody_signed_out_meanwhile_searches_and_is_led_to_sign_in(home: Page) -> None:
    type_text(home, "nwo")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.context.clear_cookies()
    home.keyboard.type("s")
    expect(home.get_by_role("listbox")).to_be_hidden()
    home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile("/accounts/login/"))


def test_text_is_never_markup(home: Page) -> None:
    evil = "<img src=x onerror=alert(1)>"
    home.route(ANSWER, lambda route: route.fulfill(json={"groups": [{"title": evil, "items": [
        {"url": "/", "parts": [[evil, True], [evil, False]], "detail": evil}]}]}))  # fmt: skip
    type_text(home, "x")
    expect(home.get_by_role("option")).to_contain_text(evil * 2)
    expect(home.get_by_role("listbox").locator("img")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "box"),
    [("/", "#search"), ("/search?q=trade", "#search"), ("/organisations/", "#header-search")],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_open_list_is_for_everybody_on_every_page(
    page: Page, stage: Stage, path: str, box: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(path)
    page.locator(box).fill("")
    page.locator(box).focus()
    type_text(page, "a")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("listbox", name="Suggestions").get_by_role("option", selected=True)
    expect(chosen).to_be_visible()
    assert violations_here(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll('[role=option]')]
            .map(option => option.getBoundingClientRect().height).filter(height => height < 24)"""
    )
    assert small == []


def test_without_javascript_the_box_is_a_plain_one(
    plain_window: BrowserContext, stage: Stage
) -> None:
    page = plain_window.new_page()
    page.goto("/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_be_visible()
