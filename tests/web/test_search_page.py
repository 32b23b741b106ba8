"""The search page: everything asked stands in its address."""

import re

import pytest
from django.test import Client

from tests.web.reading import get_text
from tests.web.stage import Stage, bring_crowd


def test_a_surname_prefix_finds_the_person(reader: Client, stage: Stage) -> None:
    html = reader.get("/search?q=nwosu").content.decode()
    assert f'href="/people/{stage.amara.pk}"' in html
    assert 'href="mailto:amara.nwosu-bell@dpt.example.gov.uk"' in html
    assert "1 person" in get_text(reader, "/search?q=nwosu")


def test_a_hit_says_what_and_where(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=nwosu")
    assert "Deputy Director, Trade Policy Trade Policy › Department for Ports and Trade" in text
    assert "Deputy Director (SCS1) · 4 Wharf Street, Leeds" in text


def test_filters_have_counts_and_chips(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=trade&grade=G7&grade=G6")
    assert "Remove filter Grade: Grade 7" in text
    assert "Remove filter Grade: Grade 6" in text
    html = reader.get("/search?q=trade&grade=G7&grade=G6").content.decode()
    assert 'href="/search?q=trade&amp;grade=G6"' in html


def test_a_chosen_filter_stays_chosen(reader: Client, stage: Stage) -> None:
    html = reader.get("/search?q=trade&grade=G7").content.decode()
    assert 'value="G7" id="grade-G7" checked' in html


def test_a_team_can_be_searched(reader: Client, stage: Stage) -> None:
    text = get_text(reader, f"/search?team={stage.trade.pk}")
    assert "12 people" in text
    assert "Remove filter Team: Trade Policy" in text


def test_a_filter_nobody_knows_finds_nobody_and_can_be_removed(
    reader: Client, stage: Stage
) -> None:
    text = get_text(reader, "/search?q=trade&organisation=atlantis")
    assert "Nobody found for trade" in text
    assert "Remove filter Organisation: atlantis" in text


def test_nothing_found_says_what_to_try(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=zzzz")
    assert "Nobody found for zzzz" in text
    assert "What to try" in text


def test_nothing_found_says_how_the_words_were_read(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=who+deals+with+nwosuu+customs+qqqq&grade=EO")
    assert "nwosuu finds nobody. Did you mean nwosu ?" in text
    assert "customs was read as a job title or a team." in text
    assert "qqqq finds nobody." in text
    assert "Not looked for: who, deals, with." in text


def test_nothing_found_leads_to_the_corrected_search(reader: Client, stage: Stage) -> None:
    html = reader.get("/search?q=nwosuu+qqqq&grade=EO").content.decode()
    assert 'href="/search?q=nwosu+qqqq&amp;grade=EO"' in html


def test_nothing_found_says_which_filter_is_one_too_many(reader: Client, stage: Stage) -> None:
    path = "/search?q=nwosu&grade=EO&grade=G6&organisation=department-for-ports-and-trade"
    assert "Found with one filter less Any grade : 1 person" in get_text(reader, path)
    html = reader.get(path).content.decode()
    assert 'href="/search?q=nwosu&amp;organisation=department-for-ports-and-trade"' in html
    assert "Any organisation" not in html


def test_nothing_asked_says_how_to_ask(reader: Client, stage: Stage) -> None:
    assert "Type a name" in get_text(reader, "/search")


def test_a_team_of_the_name_stands_above_the_people(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=trade+policy")
    assert "Trade Policy Team in Department for Ports and Trade" in text


@pytest.mark.parametrize(
    ("tab", "found"),
    [("teams", "1 team for customs"), ("organisations", "0 organisations for customs")],
)
def test_teams_and_organisations_have_their_own_lists(
    reader: Client, stage: Stage, tab: str, found: str
) -> None:
    assert found in get_text(reader, f"/search?q=customs&tab={tab}")


@pytest.mark.parametrize("query", ["nightingale", "corin", "customs+investigator"])
def test_somebody_hidden_is_not_found(reader: Client, stage: Stage, query: str) -> None:
    text = get_text(reader, f"/search?q={query}")
    assert f"Nobody found for {query.replace('+', ' ')}" in text
    assert "Corin" not in text
    assert "Nightingale" not in text


@pytest.mark.parametrize(
    "query",
    [
        "q=a&q=b",
        "tab=nobody",
        "foo=1",
        "team=trade-policy",
        "location=leeds",
        "location=99999999999999999999",
        "cursor=made-up&q=nwosu",
        "q=" + "x" * 201,
        "q=" + "+".join("abcdefghijklm"),
        "grade=" + "&grade=".join(map(str, range(60))),
        "organisation=" + "x" * 600,
    ],
)
def test_what_search_does_not_understand_is_refused_in_words(
    reader: Client, stage: Stage, query: str
) -> None:
    assert "This address cannot be read" in get_text(reader, f"/search?{query}", status=400)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%F0%28%8C%28",
        "q=%ED%A0%80",
        "q=';--",
        "q=%25%5F%5C",
        "q=&grade=%00",
        "q=((((|!%26:*",
        "team=0b5f7c1e-8a5e-4b3c-9f60-3f2f5f0a9d11",
        "q=<script>alert(1)</script>",
    ],
)
def test_any_text_at_all_can_be_searched_for(reader: Client, stage: Stage, query: str) -> None:
    response = reader.get(f"/search?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_refusal_repeats_nothing_unescaped(reader: Client, stage: Stage) -> None:
    html = reader.get("/search?<script>alert(1)</script>=1").content.decode()
    assert "<script>alert" not in html


@pytest.mark.django_db
def test_pages_follow_each_other_without_repeating_anybody(reader: Client, stage: Stage) -> None:
    bring_crowd(team=stage.crowd, numbers=range(2, 25))
    first = reader.get("/search?q=quayside").content.decode()
    start = first.index('href="/search?q=quayside&amp;cursor=') + 6
    following = first[start : first.index('"', start)].replace("&amp;", "&")
    second = reader.get(following).content.decode()
    assert first.count("Harbour Officer") == 20
    assert second.count("Harbour Officer") == 5
    assert "Back to the first page" in second


def test_the_ends_of_a_range_are_chips_and_stay_chosen(reader: Client, stage: Stage) -> None:
    address = "/search?q=trade&grade_from=G7&sort=name"
    text, html = get_text(reader, address), reader.get(address).content.decode()
    assert "Remove filter Grade: from Grade 7" in text
    assert '<option value="G7" selected>' in html
    assert '<input type="hidden" name="sort" value="name">' in html
    assert 'href="/search?q=trade&amp;grade_from=G7"' in html  # by best match


def test_grades_say_how_many_they_find_in_or_out_of_the_range(reader: Client, stage: Stage) -> None:
    html = reader.get("/search?q=trade&grade_from=SCS1").content.decode()
    assert re.search(r'<option value="G7">Grade 7 \(\d+\)</option>', html)


def test_people_can_be_put_in_the_order_of_their_grades(reader: Client, stage: Stage) -> None:
    text = get_text(reader, "/search?q=trade&sort=grade")
    assert "Sorted by best match · name · grade" in text
    assert text.index("Amara Nwosu-Bell") < text.index("Rhys Llewelyn-Pugh")
    alone = get_text(reader, "/search?organisation=department-for-ports-and-trade")
    assert "Sorted by name · grade" in alone


@pytest.mark.parametrize(
    "wrong", ["sort=age", "grade_from=G7&grade_from=G6", "working_day=someday", "employment=x"]
)
def test_filters_and_orders_there_are_not_are_refused(
    reader: Client, stage: Stage, wrong: str
) -> None:
    assert reader.get(f"/search?q=trade&{wrong}").status_code == 400
