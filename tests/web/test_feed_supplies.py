"""What a feed is given by hand: words, keys, a mapping, a file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import Feed, FeedRun, Grade, Post, SourceRecord
from tests.curating.harbour import REASON
from tests.web.desk import FEED, Desk
from tests.web.reading import get_text, text_of


def csv_file(text: str, name: str = "keys.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def test_a_word_is_translated(desk: Desk) -> None:
    Post.objects.filter(feed=desk.feed, title="Pilot").update(grade_stated="Pilot 1")
    browser = desk.browser("curator")
    assert "Pilot 1 1 post" in get_text(browser, f"{FEED}/words")
    grade = Grade.objects.all()[0]
    missing = desk.send("/words", kind="grade", value="Pilot 1", meaning="")
    assert "Choose what “Pilot 1” means" in text_of(missing)
    sent = desk.send("/words", kind="grade", value="Pilot 1", meaning=grade.code)
    assert sent.status_code == 302
    assert f"Pilot 1 {grade}" in get_text(browser, f"{FEED}/words")


def test_keys_are_looked_at_before_they_are_replaced(desk: Desk) -> None:
    FeedRun.objects.filter(pk=desk.held.pk).update(state=FeedRun.State.REJECTED)
    shown = desk.send("/keys", file=csv_file("old_key,new_key\nH1,E1\nH2,E2\n"))
    assert "Replace the keys of 2 people?" in text_of(shown)
    assert "Maya Holt H1 E1" in text_of(shown)
    assert SourceRecord.objects.filter(source_key="H1").exists()
    digest = shown.context["digest"]
    assert "Say why" in text_of(desk.send("/keys", digest=digest, reason=""))
    done = desk.send("/keys", digest=digest, reason=REASON)
    assert done.status_code == 302
    assert SourceRecord.objects.get(source_key="E1").statement["source_key"] == "E1"
    gone = desk.send("/keys", digest=digest, reason=REASON)
    assert "not kept any more" in text_of(gone)


def test_wrong_keys_are_named_row_by_row(desk: Desk) -> None:
    response = desk.send("/keys", file=csv_file("old_key,new_key\nH1,E1\nH77,E2\n"))
    assert "3 Nobody in this feed has the old key." in text_of(response)
    assert SourceRecord.objects.filter(source_key="H1").exists()


def test_keys_wait_for_what_is_held(desk: Desk) -> None:
    shown = desk.send("/keys", file=csv_file("old_key,new_key\nH1,E1\n"))
    response = desk.send("/keys", digest=shown.context["digest"], reason=REASON)
    assert "1 run is under way or held" in text_of(response)


def test_a_file_kept_for_one_feed_is_none_of_another(desk: Desk) -> None:
    shown = desk.send("/keys", file=csv_file("old_key,new_key\nH1,E1\n"))
    response = desk.browser("curator elsewhere").post(
        "/curate/feeds/winds-hr/keys", {"digest": shown.context["digest"], "reason": REASON}
    )
    assert "not kept any more" in text_of(response)


@pytest.mark.parametrize("digest", ["", "..", "../" * 8, "0" * 64])
def test_a_digest_of_nothing_leads_nowhere(desk: Desk, digest: str) -> None:
    response = desk.send("/keys", digest=digest, reason=REASON)
    assert response.status_code == 200
    assert "not kept any more" in text_of(response)


def test_a_mapping_is_tried_beside_its_source_and_then_saved(desk: Desk) -> None:
    mapping = '[columns]\nsource_key = "Staff number"\n[values.status]\n"In post" = "active"\n'
    text = (
        "Staff number,given_name,family_name,unit_code,status\n"
        "H1,Maya,Holt,Q1,In post\nH2,Tom,Marlow,Q1,Sabbatical\n"
    )
    tried = desk.send("/mapping", "operator", mapping=mapping, file=csv_file(text), **{"try": ""})
    shown = text_of(tried)
    assert "2 rows read, 1 of them would not be applied" in shown
    assert "Staff number H1" in shown
    assert "Key in the HR system H1" in shown
    assert "Sabbatical" in shown
    sample = tried.context["sample"]["digest"]
    again = desk.send("/mapping", "operator", mapping="", sample=sample, **{"try": ""})
    assert "This file would be refused" in text_of(again)
    saved = desk.send("/mapping", mapping=mapping, save="")
    assert saved.status_code == 302
    assert Feed.objects.get(pk=desk.feed.pk).mapping["columns"] == {"source_key": "Staff number"}


def test_a_mapping_that_cannot_be_followed_says_what_is_wrong(desk: Desk) -> None:
    for mapping, problem in (("columns", "not written as it should be"), ("[colums]", "colums")):
        assert problem in text_of(desk.send("/mapping", mapping=mapping, save=""))
    assert "Choose a file" in text_of(desk.send("/mapping", mapping="", **{"try": ""}))


def test_an_operator_saves_no_mapping(desk: Desk) -> None:
    response = desk.send("/mapping", "operator", mapping='encoding = "cp1252"', save="")
    assert "needs the role curator" in text_of(response)
    assert Feed.objects.get(pk=desk.feed.pk).mapping == {}


def test_a_ready_mapping_is_a_place_to_start(desk: Desk) -> None:
    response = desk.browser("curator").get(f"{FEED}/mapping?start=workday")
    assert "Employee ID" in response.content.decode()


def test_a_file_is_taken_and_its_run_followed(desk: Desk) -> None:
    form = {"as_of": "31/3/2026", "complete": "yes", "dry_run": "apply"}
    text = "source_key,given_name,family_name,unit_code,status\nH1,Maya,Holt,Q1,active\n"
    sent = desk.send("/upload", "operator", file=csv_file(text, "april.csv"), **form)
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
    response = desk.send("/upload", "operator", **form | wrong)
    assert response.status_code == 200
    assert message in text_of(response)
    assert not FeedRun.objects.filter(channel=FeedRun.Channel.PAGE).exists()


def test_a_paused_feed_takes_no_upload(desk: Desk) -> None:
    desk.send("/pause", reason=REASON)
    form = {"as_of": "31/3/2026", "complete": "no", "dry_run": "try", "file": csv_file("a,b\n1,2")}
    desk.send("/upload", "operator", **form)
    assert not FeedRun.objects.filter(channel=FeedRun.Channel.PAGE).exists()
