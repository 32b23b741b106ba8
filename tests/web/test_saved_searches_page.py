"""Saving a search, and the page on which one finds it again."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from directory.models import Person, SavedSearch
from directory.saved_searches import keeping, news
from directory.search.within_time import SearchTooSlow
from directory.web import saved_search_views
from tests.people import make_person, project
from tests.web.reading import get_text, masked, text_of
from tests.web.stage import Stage

#: Some need nobody there, but a stage that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("stage")

LIST = "/me/searches"
#: What can be done with one, and what is sent for it.
ACTS = [
    ("name", {"name": "Mine"}),
    ("digest", {"digest": "off"}),
    ("seen", {}),
    ("delete", {}),
]


def save(reader: Client, search: str = "q=trade") -> SavedSearch:
    """Send the form of the search page."""
    response = reader.post(LIST, {"search": search})
    assert response.status_code == 302, text_of(response)
    return SavedSearch.objects.order_by("-saved_at").first() or SavedSearch()


def newcomer(stage: Stage) -> Person:
    """Somebody new in the trade team."""
    return make_person("Una", "Bell", title="Trade Envoy", team=stage.trade)


def test_a_search_is_saved_from_its_page_and_the_page_then_says_so(
    reader: Client, stage: Stage
) -> None:
    html = reader.get("/search?q=trade&grade=G7&sort=name").content.decode()
    assert '<input type="hidden" name="search" value="q=trade&amp;grade=G7&amp;sort=name">' in html
    response = reader.post(LIST, {"search": "q=trade&grade=G7&sort=name"}, follow=True)
    assert response.redirect_chain == [("/search?q=trade&grade=G7&sort=name", 302)]
    text = text_of(response)
    assert "“trade, Grade 7” is saved. When new people match, an e-mail tells you" in text
    assert "Saved as trade, Grade 7" in text
    assert "Save this search" not in text
    assert "Saved as trade, Grade 7" in get_text(reader, "/search?q=TRADE&grade=g7")
    assert "Save this search" in get_text(reader, "/search?q=trade&grade=G6")


def test_the_page_one_stands_on_is_no_part_of_a_search(reader: Client, stage: Stage) -> None:
    for number in range(25):
        make_person("Robin", f"Wharf{number:02}", title="Trade Officer", team=stage.trade)
    first = reader.get("/search?q=trade").content.decode()
    second = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    html = reader.get(second.replace("&amp;", "&")).content.decode()
    assert "cursor=" in second
    assert '<input type="hidden" name="search" value="q=trade">' in html


def test_the_list_names_each_search_leads_to_it_and_counts_who_is_new(
    reader: Client, stage: Stage
) -> None:
    save(reader)
    assert "Nobody new since" in get_text(reader, LIST)
    newcomer(stage)
    text = get_text(reader, LIST)
    assert "1 new person since" in text
    assert "Una Bell , Trade Envoy, Department for Ports and Trade" in text
    assert "You get e-mails about new people." in text
    html = reader.get(LIST).content.decode()
    assert 'href="/search?q=trade"' in html


@pytest.mark.parametrize("listing", ["protected", "unlisted"])
def test_somebody_hidden_changes_no_byte_of_the_list(
    reader: Client, stage: Stage, listing: str
) -> None:
    save(reader)
    assert "is saved" in get_text(reader, LIST)
    without = masked(reader.get(LIST))
    una = newcomer(stage)
    assert masked(reader.get(LIST)) != without
    una.listing = listing
    una.save()
    project(una)
    assert masked(reader.get(LIST)) == without


def test_somebody_without_searches_is_told_how_to_save_one(reader: Client) -> None:
    assert "choose “Save this search” above the results" in get_text(reader, LIST)


def test_the_same_search_again_says_what_it_is_called(reader: Client) -> None:
    save(reader)
    response = reader.post(LIST, {"search": "q=Trade"}, follow=True)
    assert "You saved this search before, as “trade”." in text_of(response)
    assert SavedSearch.objects.count() == 1


def test_a_search_is_renamed_switched_off_and_on_and_deleted(reader: Client) -> None:
    search = save(reader)
    assert "It searches for trade ." in get_text(reader, f"{LIST}/{search.pk}/name")
    response = reader.post(f"{LIST}/{search.pk}/name", {"name": "My <b>trade</b>"}, follow=True)
    assert "The search is called “My <b>trade</b>” now." in text_of(response)
    assert "&lt;b&gt;trade" in response.content.decode()
    assert "Searches for trade" in text_of(response)
    response = reader.post(f"{LIST}/{search.pk}/digest", {"digest": "off"}, follow=True)
    assert "You get no more e-mails about" in text_of(response)
    assert "You get no e-mails about it." in text_of(response)
    response = reader.post(f"{LIST}/{search.pk}/digest", {"digest": "on"}, follow=True)
    assert "You get e-mails about “" in text_of(response)
    response = reader.post(f"{LIST}/{search.pk}/delete", follow=True)
    assert "is deleted." in text_of(response)
    assert not SavedSearch.objects.exists()


def test_new_people_are_marked_as_seen(reader: Client, stage: Stage) -> None:
    search = save(reader)
    newcomer(stage)
    response = reader.post(f"{LIST}/{search.pk}/seen", follow=True)
    assert "Nobody in “trade” counts as new now." in text_of(response)
    assert "Nobody new since" in text_of(response)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_is_none_is_asked_for_again(reader: Client, name: str) -> None:
    search = save(reader)
    text = text_of(reader.post(f"{LIST}/{search.pk}/name", {"name": name}))
    assert "There is a problem" in text
    assert "Enter a name" in text
    search.refresh_from_db()
    assert search.name == "trade"


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_the_search_of_somebody_else_is_not_there(
    reader: Client, act: str, sent: dict[str, str]
) -> None:
    tom = Client()
    tom.force_login(User.objects.known_by("tom.marlow@example.gov.uk"))
    search = save(tom)
    for search_id in (search.pk, uuid4()):
        assert reader.post(f"{LIST}/{search_id}/{act}", sent).status_code == 404
    assert reader.get(f"{LIST}/{search.pk}/name").status_code == 404
    assert "trade" not in get_text(reader, LIST)
    search.refresh_from_db()
    assert (search.name, search.digest) == ("trade", True)


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_every_act_is_a_form_that_was_made_for_this_person(
    reader: Client, stage: Stage, act: str, sent: dict[str, str]
) -> None:
    search = save(reader)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(stage.reader)
    assert strict.post(f"{LIST}/{search.pk}/{act}", sent).status_code == 403
    assert strict.post(LIST, {"search": "q=tides"}).status_code == 403
    if act != "name":
        assert reader.get(f"{LIST}/{search.pk}/{act}").status_code == 405
    search.refresh_from_db()
    assert (search.name, search.digest) == ("trade", True)
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("path", [LIST, f"{LIST}/00000000-0000-4000-8000-000000000001/name"])
def test_the_pages_are_for_those_who_signed_in(client: Client, db: None, path: str) -> None:
    for response in (client.get(path), client.post(path, {"search": "q=x"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ("q=trade&colour=red", "no part called “colour”"),
        ("q=trade&team=7", "is the id of a team"),
        ("q=trade&tab=teams", "Only searches for people"),
        ("q=" + "x" * 201, "A search takes 200 characters"),
    ],
)
def test_what_is_no_search_for_people_is_refused_with_a_reason(
    reader: Client, search: str, says: str
) -> None:
    response = reader.post(LIST, {"search": search})
    assert response.status_code == 400
    assert says in text_of(response)
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"search": ""}, {"search": "q=…"}])
def test_a_search_for_nothing_is_not_saved(reader: Client, sent: dict[str, str]) -> None:
    text = text_of(reader.post(LIST, sent, follow=True))
    assert "Type something to search for, or choose a filter" in text
    assert not SavedSearch.objects.exists()


def test_a_digest_is_on_or_off(reader: Client) -> None:
    search = save(reader)
    response = reader.post(f"{LIST}/{search.pk}/digest", {"digest": "perhaps"})
    assert response.status_code == 400


def test_one_too_many_leads_to_the_list_that_says_so(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_SAVED", 1)
    save(reader)
    text = text_of(reader.post(LIST, {"search": "q=tides"}, follow=True))
    assert "Delete one you no longer need, and save this one then." in text


def test_a_search_with_too_many_people_says_why_there_are_no_e_mails(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_PEOPLE", 2)
    response = reader.post(LIST, {"search": "q=trade"}, follow=True)
    assert "is saved, without e-mails: too many people match" in text_of(response)
    search = SavedSearch.objects.get()
    assert "people match: too many to tell you who is new" in get_text(reader, LIST)
    response = reader.post(f"{LIST}/{search.pk}/digest", {"digest": "on"}, follow=True)
    assert "Narrow the search" in text_of(response)
    monkeypatch.undo()
    assert "Now they are fewer" in get_text(reader, LIST)
    reader.post(f"{LIST}/{search.pk}/digest", {"digest": "on"})
    assert "Nobody new since" in get_text(reader, LIST)


def test_a_search_that_is_too_slow_breaks_no_page(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = save(reader)

    def slow(**anything: object) -> None:
        raise SearchTooSlow

    monkeypatch.setattr(keeping, "news_of", slow)
    monkeypatch.setattr(keeping, "people_matching", slow)
    assert "could not be found out just now" in get_text(reader, LIST)
    for path, sent in ((f"{LIST}/{search.pk}/seen", {}), (LIST, {"search": "q=tides"})):
        assert saved_search_views._TOO_SLOW in text_of(reader.post(path, sent, follow=True))


def test_the_header_leads_to_the_list(reader: Client) -> None:
    html = reader.get("/organisations/").content.decode()
    assert f'href="{LIST}"' in html
    assert f'href="{LIST}" aria-current="page"' in reader.get(LIST).content.decode()
