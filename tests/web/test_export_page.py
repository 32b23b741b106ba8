"""Downloading the people of a search, and the page of who did."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from directory.curating import exports
from directory.grants import grant_role
from directory.models import Grant, Organisation, SearchExport
from directory.search.within_time import SearchTooSlow
from directory.web import export_views
from tests.web.reading import get_text, masked, text_of
from tests.web.stage import Stage

#: Some need nobody there, but a stage that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("stage")

PATH = "/search/export?q=customs"
REASON = "Inviting heads of customs to a briefing"
LINK = "Download these people"


def browser_of(name: str, role: str = "", *, on: Organisation | None = None) -> Client:
    """A browser in which somebody of this role signed in."""
    user = User.objects.known_by(f"{name}@example.gov.uk")
    if role:
        grant_role(user=user, role=role, on=on, until=None, granted_by=None)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def curator(stage: Stage) -> Client:
    """A browser of the department's curator."""
    body = Organisation.objects.get(slug="department-for-ports-and-trade")
    return browser_of("maya.holt", Grant.Role.CURATOR, on=body)


@pytest.fixture
def auditor(stage: Stage) -> Client:
    """A browser of an auditor."""
    return browser_of("una.bell", Grant.Role.AUDITOR)


def file_of(client: Client, path: str = PATH, *, reason: str = REASON) -> str:
    """The file that the form gives."""
    response = client.post(path, {"reason": reason})
    assert response.streaming, text_of(response)
    return bytes(response.getvalue()).decode()


def test_a_page_says_how_many_and_which_columns_before_anything_is_taken(curator: Client) -> None:
    text = get_text(curator, PATH)
    assert "Download 3 people" in text
    assert "Name, Job title, Team, Organisation, Location, Grade, E-mail, Phone, Link" in text
    assert "2,000 people at most" in text
    assert not SearchExport.objects.exists()


def test_the_form_is_answered_with_a_file(curator: Client) -> None:
    response = curator.post(PATH, {"reason": REASON})
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="people-')
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue().startswith(b"\xef\xbb\xbfName,")
    assert SearchExport.objects.get().people == 3


def test_a_file_holds_what_the_viewer_sees_and_nobody_hidden(
    curator: Client, auditor: Client, stage: Stage
) -> None:
    assert "priya.raghunathan" in file_of(curator)  # who curates her organisation
    text = file_of(auditor)
    # Corin is hidden, Walter has left, and Priya's address is for her organisation.
    assert "Siân O’Driscoll,Head of Customs Policy,Trade Policy" in text
    priya = f"http://127.0.0.1:8000/people/{stage.priya.pk}"
    (line,) = [line for line in text.splitlines() if priya in line]
    assert line.endswith(f",,,{priya}")
    for absent in ("Nightingale", "Greaves-Okafor", "priya.raghunathan"):
        assert absent not in text


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("", "Say why you need this list"),
        ("   ", "Say why you need this list"),
        ("too short", "at least 10 characters"),
        ("a        \n        b", "in 10 to 500 characters"),
        ("x" * 501, "in 500 characters at most"),
    ],
)
def test_a_reason_that_is_none_is_asked_for_again(curator: Client, reason: str, says: str) -> None:
    text = text_of(curator.post(PATH, {"reason": reason}))
    assert "There is a problem" in text
    assert says in text
    assert not SearchExport.objects.exists()


def test_the_link_is_there_for_those_who_may_and_for_nobody_else(
    curator: Client, auditor: Client, reader: Client
) -> None:
    for client, is_there in ((curator, True), (auditor, True), (reader, False)):
        for path in ("/search?q=customs", "/search?q=customs&grade=G6&sort=name"):
            assert (LINK in get_text(client, path)) is is_there
    html = curator.get("/search?q=customs&grade=G6&sort=name").content.decode()
    assert 'href="/search/export?q=customs&amp;grade=G6&amp;sort=name"' in html
    for path in ("/search?q=zzzz", "/search?q=trade&tab=teams", "/search"):
        assert LINK not in get_text(curator, path)


def test_whoever_may_not_gets_an_explanation_and_no_word_about_the_search(
    reader: Client, stage: Stage
) -> None:
    for path in (PATH, "/search/export?q=zzzz", "/search/export?colour=red"):
        for response in (reader.get(path), reader.post(path, {"reason": REASON})):
            assert response.status_code == 403
            assert "ask the curator of your organisation" in text_of(response)
            assert masked(response) == masked(reader.get(PATH))
    assert not SearchExport.objects.exists()


def test_a_form_that_was_not_made_for_this_person_takes_nothing(stage: Stage) -> None:
    browser_of("una.bell", Grant.Role.AUDITOR)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(email="una.bell@example.gov.uk"))
    assert strict.post(PATH, {"reason": REASON}).status_code == 403
    assert not SearchExport.objects.exists()


def test_the_page_is_for_those_who_signed_in(client: Client, db: None) -> None:
    response = client.get(PATH)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_more_people_than_a_file_holds_are_told_beforehand_and_refused(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_PEOPLE", 1)
    text = get_text(curator, PATH)
    assert "3 people are found" in text
    assert "Go back and narrow the search" in text
    assert "Why do you need this list?" not in text
    text = text_of(curator.post(PATH, {"reason": REASON}))
    assert "Narrow the search by another word or filter." in text
    assert not SearchExport.objects.exists()


@pytest.mark.parametrize("path", ["/search/export?q=zzzz", "/search/export"])
def test_where_nobody_is_found_there_is_nothing_to_download(curator: Client, path: str) -> None:
    assert "there is nothing to download" in get_text(curator, path)
    assert "nothing to download" in text_of(curator.post(path, {"reason": REASON}))
    assert not SearchExport.objects.exists()


@pytest.mark.parametrize(
    "asked", ["colour=red", "q=trade&tab=teams", "q=trade&cursor=x", "team=7", "q=" + "x" * 201]
)
def test_what_is_no_whole_search_for_people_is_refused_with_a_reason(
    curator: Client, asked: str
) -> None:
    for response in (
        curator.get(f"/search/export?{asked}"),
        curator.post(f"/search/export?{asked}", {"reason": REASON}),
    ):
        assert response.status_code == 400
        assert "This address cannot be read" in text_of(response)


def test_a_search_that_is_too_slow_is_told_as_such(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(**anything: object) -> None:
        raise SearchTooSlow

    monkeypatch.setattr(export_views, "exportable", slow)
    monkeypatch.setattr(export_views, "export_people", slow)
    assert curator.get(PATH).status_code == 503
    assert curator.post(PATH, {"reason": REASON}).status_code == 503


def test_auditors_read_who_took_whom_and_why(curator: Client, auditor: Client) -> None:
    assert "None yet." in get_text(auditor, "/curate/exports")
    file_of(curator)
    file_of(auditor, "/search/export?q=trade&grade=G7", reason="Checking <b>what</b> a file holds")
    text = get_text(auditor, "/curate/exports")
    assert "3 people found by customs Inviting heads of customs to a briefing" in text
    assert "maya.holt@example.gov.uk" in text
    assert "3 people found by trade, Grade 7" in text
    assert text.index("trade, Grade 7") < text.index("customs")
    html = auditor.get("/curate/exports").content.decode()
    assert 'href="/search?q=customs"' in html
    assert "<b>what" not in html


def test_the_list_comes_in_pages(auditor: Client) -> None:
    user = User.objects.get(email="una.bell@example.gov.uk")
    now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    for number in range(51):
        SearchExport.objects.create(
            by=user,
            at=now + timedelta(minutes=number),
            asked="q=x",
            words=f"word{number}.",
            reason=REASON,
            people=1,
        )
    first = auditor.get("/curate/exports").content.decode()
    assert 'href="/curate/exports?page=2"' in first
    assert "word50." in first
    assert "word0." not in first
    second = auditor.get("/curate/exports?page=2").content.decode()
    assert "word0." in second
    assert 'rel="next"' not in second
    assert auditor.get("/curate/exports?page=3").status_code == 404
    assert auditor.get("/curate/exports?page=x").status_code == 400


def test_the_desk_leads_an_administrator_there(stage: Stage, curator: Client) -> None:
    administrator = browser_of("tom.marlow", Grant.Role.ADMINISTRATOR)
    assert 'href="/curate/exports"' in administrator.get("/curate/").content.decode()
    assert 'href="/curate/exports"' not in curator.get("/curate/").content.decode()
    assert curator.get("/curate/exports").status_code == 404
