"""The pages of feeds: what needs somebody, and how their deliveries go."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import FeedRun, Notice
from tests.curating.harbour import NOW, make_feed
from tests.web.desk import FEED, Desk
from tests.web.reading import get_text


def test_the_first_page_says_what_needs_somebody_most_urgent_first(desk: Desk) -> None:
    text = get_text(desk.browser("curator"), "/curate/")
    held = text.index("People, 2 March 2026 is held and needs a decision")
    refused = text.index("Delivery, 3 March 2026 was refused: The header lacks")
    assert held < refused


def test_the_first_page_says_when_nothing_does(desk: Desk) -> None:
    text = get_text(desk.browser("curator elsewhere"), "/curate/")
    assert "Nothing. Every delivery was applied, and none is late." in text


def test_a_delivery_put_right_is_not_told_of_again(desk: Desk) -> None:
    FeedRun.objects.create(feed=desk.feed, kind="", as_of=NOW, state=FeedRun.State.APPLIED)
    assert "was refused" not in get_text(desk.browser("curator"), "/curate/")


def test_a_late_feed_is_told_of_until_something_comes(desk: Desk) -> None:
    notice = Notice.objects.create(
        kind=Notice.Kind.LATE, feed=desk.elsewhere, day=NOW, text="No delivery since March"
    )
    browser = desk.browser("curator elsewhere")
    waiting = browser.get("/curate/").context["waiting"]
    assert [need.text for line in waiting for need in line.needs] == ["No delivery since March"]
    run = FeedRun.objects.create(feed=desk.elsewhere, kind="people", as_of=NOW)
    FeedRun.objects.filter(pk=run.pk).update(received_at=notice.made_at + timedelta(hours=1))
    assert browser.get("/curate/").context["waiting"] == []


def test_notices_stand_on_the_page_of_those_they_concern(desk: Desk) -> None:
    Notice.objects.create(
        kind=Notice.Kind.HELD, feed=desk.feed, run=desk.applied, day=NOW, text="Held by row_faults"
    )
    for role, is_told in (("curator", True), ("operator", True), ("curator elsewhere", False)):
        text = get_text(desk.browser(role), "/curate/")
        assert ("Held by row_faults" in text) is is_told, role


def test_feeds_that_need_somebody_come_first(desk: Desk) -> None:
    text = get_text(desk.browser("administrator"), "/curate/feeds/")
    assert text.index("harbour-hr") < text.index("winds-hr")
    assert "Nothing was delivered yet" in text


def test_a_feed_shows_its_deliveries_in_numbers(desk: Desk) -> None:
    text = get_text(desk.browser("operator"), FEED)
    assert "half.csv" in text
    assert "25 rows: 24 new, 0 changed, 0 leaving, 1 in error" in text
    assert "In post 24 people" in text


def test_more_feeds_take_no_more_queries(desk: Desk) -> None:
    browser = desk.browser("curator")
    taken = []
    for newcomers in (0, 10):
        for number in range(newcomers):
            make_feed(slug=f"harbour-{number}", organisation=desk.feed.organisation)
        for path in ("/curate/", "/curate/feeds/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(path).status_code == 200
            taken.append(len(queries))
    assert taken[:2] == taken[2:]


def test_an_operator_is_not_led_to_what_they_may_not_do(desk: Desk) -> None:
    html = desk.browser("operator").get(FEED).content.decode()
    assert f"{FEED}/upload" in html
    for page in ("limits", "tokens", "pause", "retire", "keys", "words", "name"):
        assert f"{FEED}/{page}" not in html


def test_many_deliveries_come_in_pages(desk: Desk) -> None:
    FeedRun.objects.bulk_create(
        FeedRun(feed=desk.feed, kind="people", as_of=NOW, state="applied", file_name=f"f{n}.csv")
        for n in range(20)
    )
    browser = desk.browser("curator")
    assert "half.csv" not in get_text(browser, FEED)
    assert "half.csv" in get_text(browser, f"{FEED}?page=2")
    assert browser.get(f"{FEED}?page=9").status_code == 404
    assert browser.get(f"{FEED}?page=x").status_code == 400
