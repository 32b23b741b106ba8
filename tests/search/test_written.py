"""A search that is kept as a line of text is the same when it is read again."""

from uuid import UUID

import pytest
from django.http import QueryDict

from directory.search.find import Query, parse
from directory.search.written import fingerprint, read_query, write_query
from directory.web.search_request import FILTERS, read_search_request

TEAM = UUID("3f2c8a60-0000-4000-8000-000000000001")
QUERIES = [
    parse(text="Zoë O’Brien-Łuk & sons = 100%"),
    parse(text="ada.quill@h.example +44 20 7946 0018"),
    parse(text="020 7946 0018"),
    parse(text="", grades=["SEO", "G7"], teams=[TEAM], locations=[7, 12]),
    parse(
        text="tides",
        organisations=["harbours-agency"],
        professions=["policy"],
        expertise=["rules-of-origin", "tides"],
        grade_from="EO",
        grade_to="G6",
        working_days=["monday", "friday"],
        employment=["job share"],
        has_expertise=True,
    ),
]


NAMES = ["words", "address and number", "number", "filters", "everything"]


def sorted_values(query: Query) -> dict[str, object]:
    """The query without the order of values, which tells nothing."""
    return {
        name: sorted(map(str, value)) if isinstance(value, tuple) and name != "words" else value
        for name in query.__slots__
        for value in [getattr(query, name)]
    }


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_a_search_is_read_as_it_was_written(query: Query) -> None:
    again = read_query(written=write_query(query=query))
    assert sorted_values(again) == sorted_values(query)
    assert fingerprint(query=again) == fingerprint(query=query)


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_what_is_written_is_the_address_of_the_search_page(query: Query) -> None:
    asked = read_search_request(given=QueryDict(write_query(query=query)))
    assert fingerprint(query=asked.query) == fingerprint(query=query)


def test_every_filter_of_the_search_page_is_written() -> None:
    asked = QueryDict(
        f"organisation=a&team={TEAM}&grade=b&profession=c&location=1&expertise=d&grade_from=e"
        "&grade_to=f&employment=loan&working_day=monday&has_expertise=true"
    )
    assert set(asked) == set(FILTERS)
    assert QueryDict(write_query(query=read_search_request(given=asked).query)) == asked


def test_other_words_order_of_words_or_filters_are_another_search() -> None:
    others = ["ada quill", "quill ada", "ada", "ada@h.example", "0207946"]
    marks = {fingerprint(query=parse(text=text)) for text in others}
    marks.add(fingerprint(query=parse(text="ada", grades=["G7"])))
    marks.add(fingerprint(query=parse(text="ada", professions=["G7"])))
    assert len(marks) == len(others) + 2
