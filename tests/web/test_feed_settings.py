"""The page of a feed's settings: added, limited, paused, retired, and its tokens."""

import pytest

from directory.models import Credential, Feed, FeedRun, FeedTrailEntry
from tests.curating.harbour import REASON
from tests.web.desk import FEED, Desk
from tests.web.reading import get_text, text_of


def test_a_feed_is_added(desk: Desk) -> None:
    browser = desk.browser("curator")
    form = {
        "organisation": desk.feed.organisation_id,
        "name": "Contractor register",
        "slug": "harbour-contractors",
        "connector": "table",
    }
    response = browser.post("/curate/feeds/new", form, follow=True)
    assert "Contractor register is ready" in text_of(response)
    assert Feed.objects.get(slug="harbour-contractors").organisation == desk.feed.organisation


def test_a_feed_that_cannot_be_added_says_why_beside_the_field(desk: Desk) -> None:
    browser = desk.browser("curator")
    form = {"organisation": "", "name": "", "slug": "harbour-hr", "connector": ""}
    text = text_of(browser.post("/curate/feeds/new", form))
    assert "There is a problem" in text
    assert "Choose the organisation whose people the system holds" in text
    taken = form | {
        "organisation": desk.feed.organisation_id,
        "name": "Again",
        "connector": "table",
    }
    assert "This address is taken" in text_of(browser.post("/curate/feeds/new", taken))
    other = taken | {"organisation": desk.elsewhere.organisation_id, "slug": "new-one"}
    assert browser.post("/curate/feeds/new", other).status_code == 200
    assert not Feed.objects.filter(slug="new-one").exists()


def test_limits_are_saved_and_told(desk: Desk) -> None:
    page = desk.browser("curator").get(f"{FEED}/limits")
    form = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    form["expected_every_days"] = "7"
    response = desk.send("/limits", **form | {"departures_floor": "12"})
    assert response.status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "more than 12 and more than 5 %" in text
    assert "more than 7 days" in text
    assert "departures floor 5 to 12" in text


@pytest.mark.parametrize("wrong", ["101", "-1", "many", "", "NaN"])
def test_a_limit_out_of_range_is_said_beside_the_field(desk: Desk, wrong: str) -> None:
    response = desk.send("/limits", departures_limit_percent=wrong)
    assert response.status_code == 200
    text = text_of(response)
    assert (
        "Beyond that, share that may leave in one run, in per cent: enter a number from 0" in text
    )
    assert b'href="#id_departures_limit_percent"' in response.content


def test_a_feed_is_paused_and_resumed(desk: Desk) -> None:
    assert "Say why" in text_of(desk.send("/pause", reason=" "))
    assert desk.send("/pause", reason=REASON).status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "Deliveries are refused until it is resumed" in text
    assert f"Paused. “{REASON}”" in text
    assert "takes no deliveries until it is resumed" in get_text(
        desk.browser("operator"), f"{FEED}/upload"
    )
    desk.send("/resume")
    assert Feed.objects.get(pk=desk.feed.pk).state == Feed.State.LIVE


def test_retiring_waits_for_what_is_held(desk: Desk) -> None:
    assert "1 run is under way or held" in text_of(desk.send("/retire", reason=REASON))
    FeedRun.objects.filter(pk=desk.held.pk).update(state=FeedRun.State.REJECTED)
    response = desk.send("/retire", reason=REASON)
    assert response.status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "This feed is retired" in text
    assert "Retire it" not in text


def test_a_feed_is_renamed(desk: Desk) -> None:
    desk.send("/name", name="Harbour payroll")
    assert "Harbour payroll" in get_text(desk.browser("operator"), FEED)


def test_a_token_is_shown_once(desk: Desk) -> None:
    response = desk.send("/tokens", name="Export server", expires_days="30")
    text = text_of(response)
    token = next(word for word in text.split() if word.startswith("cdir_") and len(word) > 40)
    browser = desk.browser("curator")
    later = get_text(browser, f"{FEED}/tokens")
    assert token not in later
    assert f"Begins with {Credential.objects.get().token_key}" in later
    assert not FeedTrailEntry.objects.filter(note__contains=token).exists()


def test_a_token_is_withdrawn(desk: Desk) -> None:
    desk.send("/tokens", name="Export server", expires_days="30")
    path = f"/tokens/{Credential.objects.get().pk}"
    for role in ("operator", "curator elsewhere"):
        assert desk.browser(role).get(f"{FEED}{path}").status_code == 404
        assert desk.send(path, role).status_code == 404
    assert "Withdraw the token of Export server?" in get_text(
        desk.browser("curator"), f"{FEED}{path}"
    )
    assert desk.send(path).status_code == 302
    assert not Credential.objects.exists()
    assert desk.send(path).status_code == 404


def test_a_token_is_replaced_and_the_old_one_works_for_a_week_more(desk: Desk) -> None:
    desk.send("/tokens", name="Export server", expires_days="365")
    old = Credential.objects.get()
    answer = desk.send("/tokens", name="Export server", expires_days="90", replaces=str(old.pk))
    assert "Copy this token now" in answer.content.decode()
    assert Credential.objects.filter(name="Export server", feed=desk.feed).count() == 2
    assert desk.feed.trail.filter(note__contains=f"in place of {old.token_key}").exists()
    gone = desk.send("/tokens", name="x", expires_days="90", replaces=str(desk.feed.pk))
    assert "This token is withdrawn already" in gone.content.decode()
