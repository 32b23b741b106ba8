"""What was searched for in vain, for those who give things their names."""

from datetime import timedelta

from django.utils import timezone

from directory.models import VainSearch
from directory.sync.tasks import tidy
from tests.web.desk import Desk
from tests.web.reading import get_text


def test_curators_see_the_words_that_found_nobody_the_most_asked_first(desk: Desk) -> None:
    anybody = desk.browser("official")
    for text in ("Fish passes", "cryptozoology", "fish PASSES", "holt", "x.y@z.example"):
        assert anybody.get("/search", {"q": text}).status_code == 200
    text = get_text(desk.browser("curator"), "/curate/searches")
    assert "fish passes 2" in text
    assert text.index("fish passes") < text.index("cryptozoology")
    assert "holt" not in text
    assert "example" not in text
    html = desk.browser("curator").get("/curate/searches").content.decode()
    assert 'href="/search?q=fish+passes"' in html


def test_where_every_search_found_somebody_the_page_says_so(desk: Desk) -> None:
    text = get_text(desk.browser("administrator"), "/curate/searches")
    assert "Nothing: every search found somebody." in text


def test_words_are_shown_as_text_whatever_they_are(desk: Desk) -> None:
    VainSearch.objects.create(day=timezone.localdate(), words="<b>bold</b>")
    html = desk.browser("curator").get("/curate/searches").content.decode()
    assert "<b>bold</b>" not in html
    assert "&lt;b&gt;bold" in html


def test_the_desk_leads_there_only_whom_it_is_for(desk: Desk) -> None:
    for role, leads in (("administrator", True), ("curator", True), ("operator", False)):
        html = desk.browser(role).get("/curate/").content.decode()
        assert ('href="/curate/searches"' in html) == leads


def test_the_worker_forgets_what_is_old(desk: Desk) -> None:
    VainSearch.objects.create(day=timezone.localdate() - timedelta(days=90), words="marine")
    tidy(timestamp=0)
    assert not VainSearch.objects.exists()
