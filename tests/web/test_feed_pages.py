"""The pages of a feed: what needs somebody, what is set, and what is decided."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Credential,
    Feed,
    FeedRun,
    FeedTrailEntry,
    Grade,
    Notice,
    Post,
    SourceRecord,
)
from tests.curating.harbour import NOW, REASON, make_feed
from tests.web.desk import Desk
from tests.web.reading import get_text, text_of

FEED = "/curate/feeds/harbour-hr"


def send(desk: Desk, page: str, role: str = "curator", **form: object) -> Any:
    """The answer to a form of the feed."""
    return desk.browser(role).post(f"{FEED}{page}", form)


def csv_file(text: str, name: str = "keys.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


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
    response = send(desk, "/limits", **form | {"departures_floor": "12"})
    assert response.status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "more than 12 and more than 5 %" in text
    assert "more than 7 days" in text
    assert "departures floor 5 to 12" in text


@pytest.mark.parametrize("wrong", ["101", "-1", "many", "", "NaN"])
def test_a_limit_out_of_range_is_said_beside_the_field(desk: Desk, wrong: str) -> None:
    response = send(desk, "/limits", departures_limit_percent=wrong)
    assert response.status_code == 200
    text = text_of(response)
    assert (
        "Beyond that, share that may leave in one run, in per cent: enter a number from 0" in text
    )
    assert b'href="#id_departures_limit_percent"' in response.content


def test_a_feed_is_paused_and_resumed(desk: Desk) -> None:
    assert "Say why" in text_of(send(desk, "/pause", reason=" "))
    assert send(desk, "/pause", reason=REASON).status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "Deliveries are refused until it is resumed" in text
    assert f"Paused. “{REASON}”" in text
    assert "takes no deliveries until it is resumed" in get_text(
        desk.browser("operator"), f"{FEED}/upload"
    )
    send(desk, "/resume")
    assert Feed.objects.get(pk=desk.feed.pk).state == Feed.State.LIVE


def test_retiring_waits_for_what_is_held(desk: Desk) -> None:
    assert "1 run is under way or held" in text_of(send(desk, "/retire", reason=REASON))
    FeedRun.objects.filter(pk=desk.held.pk).update(state=FeedRun.State.REJECTED)
    response = send(desk, "/retire", reason=REASON)
    assert response.status_code == 302
    text = get_text(desk.browser("curator"), FEED)
    assert "This feed is retired" in text
    assert "Retire it" not in text


def test_a_feed_is_renamed(desk: Desk) -> None:
    send(desk, "/name", name="Harbour payroll")
    assert "Harbour payroll" in get_text(desk.browser("operator"), FEED)


def test_a_token_is_shown_once(desk: Desk) -> None:
    response = send(desk, "/tokens", name="Export server", expires_days="30")
    text = text_of(response)
    token = next(word for word in text.split() if word.startswith("cdir_") and len(word) > 40)
    browser = desk.browser("curator")
    later = get_text(browser, f"{FEED}/tokens")
    assert token not in later
    assert f"Begins with {Credential.objects.get().token_key}" in later
    assert not FeedTrailEntry.objects.filter(note__contains=token).exists()


def test_a_token_is_withdrawn(desk: Desk) -> None:
    send(desk, "/tokens", name="Export server", expires_days="30")
    path = f"/tokens/{Credential.objects.get().pk}"
    for role in ("operator", "curator elsewhere"):
        assert desk.browser(role).get(f"{FEED}{path}").status_code == 404
        assert send(desk, path, role).status_code == 404
    assert "Withdraw the token of Export server?" in get_text(
        desk.browser("curator"), f"{FEED}{path}"
    )
    assert send(desk, path).status_code == 302
    assert not Credential.objects.exists()
    assert send(desk, path).status_code == 404


def test_a_word_is_translated(desk: Desk) -> None:
    Post.objects.filter(feed=desk.feed, title="Pilot").update(grade_stated="Pilot 1")
    browser = desk.browser("curator")
    assert "Pilot 1 1 post" in get_text(browser, f"{FEED}/words")
    grade = Grade.objects.all()[0]
    missing = send(desk, "/words", kind="grade", value="Pilot 1", meaning="")
    assert "Choose what “Pilot 1” means" in text_of(missing)
    sent = send(desk, "/words", kind="grade", value="Pilot 1", meaning=grade.code)
    assert sent.status_code == 302
    assert f"Pilot 1 {grade}" in get_text(browser, f"{FEED}/words")


def test_keys_are_looked_at_before_they_are_replaced(desk: Desk) -> None:
    FeedRun.objects.filter(pk=desk.held.pk).update(state=FeedRun.State.REJECTED)
    shown = send(desk, "/keys", file=csv_file("old_key,new_key\nH1,E1\nH2,E2\n"))
    assert "Replace the keys of 2 people?" in text_of(shown)
    assert "Maya Holt H1 E1" in text_of(shown)
    assert SourceRecord.objects.filter(source_key="H1").exists()
    digest = shown.context["digest"]
    assert "Say why" in text_of(send(desk, "/keys", digest=digest, reason=""))
    done = send(desk, "/keys", digest=digest, reason=REASON)
    assert done.status_code == 302
    assert SourceRecord.objects.get(source_key="E1").statement["source_key"] == "E1"
    gone = send(desk, "/keys", digest=digest, reason=REASON)
    assert "not kept any more" in text_of(gone)


def test_wrong_keys_are_named_row_by_row(desk: Desk) -> None:
    response = send(desk, "/keys", file=csv_file("old_key,new_key\nH1,E1\nH77,E2\n"))
    assert "3 Nobody in this feed has the old key." in text_of(response)
    assert SourceRecord.objects.filter(source_key="H1").exists()


def test_keys_wait_for_what_is_held(desk: Desk) -> None:
    shown = send(desk, "/keys", file=csv_file("old_key,new_key\nH1,E1\n"))
    response = send(desk, "/keys", digest=shown.context["digest"], reason=REASON)
    assert "1 run is under way or held" in text_of(response)


def test_a_file_kept_for_one_feed_is_none_of_another(desk: Desk) -> None:
    shown = send(desk, "/keys", file=csv_file("old_key,new_key\nH1,E1\n"))
    response = desk.browser("curator elsewhere").post(
        "/curate/feeds/winds-hr/keys", {"digest": shown.context["digest"], "reason": REASON}
    )
    assert "not kept any more" in text_of(response)


@pytest.mark.parametrize("digest", ["", "..", "../" * 8, "0" * 64])
def test_a_digest_of_nothing_leads_nowhere(desk: Desk, digest: str) -> None:
    response = send(desk, "/keys", digest=digest, reason=REASON)
    assert response.status_code == 200
    assert "not kept any more" in text_of(response)


def test_a_mapping_is_tried_beside_its_source_and_then_saved(desk: Desk) -> None:
    mapping = '[columns]\nsource_key = "Staff number"\n[values.status]\n"In post" = "active"\n'
    text = (
        "Staff number,given_name,family_name,unit_code,status\n"
        "H1,Maya,Holt,Q1,In post\nH2,Tom,Marlow,Q1,Sabbatical\n"
    )
    tried = send(desk, "/mapping", "operator", mapping=mapping, file=csv_file(text), **{"try": ""})
    shown = text_of(tried)
    assert "2 rows read, 1 of them would not be applied" in shown
    assert "Staff number H1" in shown
    assert "Key in the HR system H1" in shown
    assert "Sabbatical" in shown
    sample = tried.context["sample"]["digest"]
    again = send(desk, "/mapping", "operator", mapping="", sample=sample, **{"try": ""})
    assert "This file would be refused" in text_of(again)
    saved = send(desk, "/mapping", mapping=mapping, save="")
    assert saved.status_code == 302
    assert Feed.objects.get(pk=desk.feed.pk).mapping["columns"] == {"source_key": "Staff number"}


def test_a_mapping_that_cannot_be_followed_says_what_is_wrong(desk: Desk) -> None:
    for mapping, problem in (("columns", "not written as it should be"), ("[colums]", "colums")):
        assert problem in text_of(send(desk, "/mapping", mapping=mapping, save=""))
    assert "Choose a file" in text_of(send(desk, "/mapping", mapping="", **{"try": ""}))


def test_an_operator_saves_no_mapping(desk: Desk) -> None:
    response = send(desk, "/mapping", "operator", mapping='encoding = "cp1252"', save="")
    assert "needs the role curator" in text_of(response)
    assert Feed.objects.get(pk=desk.feed.pk).mapping == {}


def test_a_ready_mapping_is_a_place_to_start(desk: Desk) -> None:
    response = desk.browser("curator").get(f"{FEED}/mapping?start=workday")
    assert "Employee ID" in response.content.decode()


def test_a_file_is_taken_and_its_run_followed(desk: Desk) -> None:
    form = {"as_of": "31/3/2026", "complete": "yes", "dry_run": "apply"}
    text = "source_key,given_name,family_name,unit_code,status\nH1,Maya,Holt,Q1,active\n"
    sent = send(desk, "/upload", "operator", file=csv_file(text, "april.csv"), **form)
    run = FeedRun.objects.get(channel=FeedRun.Channel.PAGE)
    assert sent["Location"] == f"/curate/runs/{run.pk}"
    assert (run.state, run.file_name, run.as_of.isoformat()) == (
        "received",
        "april.csv",
        "2026-03-31",
    )
    assert (run.complete, run.dry_run, run.submitted_by) == (True, False, desk.users["operator"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"as_of": "31/2/2026"}, "Enter a real date"),
        ({"as_of": "1/1/2199"}, "cannot be in the future"),
        ({"complete": ""}, "Choose who is in the file"),
        ({"file": ""}, "Choose the file"),
        ({"file": csv_file("")}, "The file is empty"),
    ],
    ids=["no day", "future", "who", "no file", "empty"],
)
def test_what_is_missing_of_an_upload_is_said(
    desk: Desk, wrong: dict[str, Any], message: str
) -> None:
    form = {"as_of": "31/3/2026", "complete": "no", "dry_run": "try", "file": csv_file("a,b\n1,2")}
    response = send(desk, "/upload", "operator", **form | wrong)
    assert response.status_code == 200
    assert message in text_of(response)
    assert not FeedRun.objects.filter(channel=FeedRun.Channel.PAGE).exists()


def test_a_paused_feed_takes_no_upload(desk: Desk) -> None:
    send(desk, "/pause", reason=REASON)
    form = {"as_of": "31/3/2026", "complete": "no", "dry_run": "try", "file": csv_file("a,b\n1,2")}
    send(desk, "/upload", "operator", **form)
    assert not FeedRun.objects.filter(channel=FeedRun.Channel.PAGE).exists()
