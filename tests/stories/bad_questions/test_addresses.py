"""Addresses that nobody types: what is not understood in one is refused, and named."""

import pytest

from tests.stories.bad_questions.catalogue import answers
from tests.stories.bad_questions.conftest import DOORS, PAGE, PEOPLE, SEARCH, Asker, Case

API = (SEARCH, PEOPLE)


UNKNOWN = [
    ("ordering=manager__user__password", "ordering"),
    ("email__startswith=a", "email__startswith"),
    ("fields=*", "fields"),
    ("q__icontains=a", "q__icontains"),
    ("id__in=1,2", "id__in"),
    ("search=abara", "search"),
    ("limit=100000&offset=7", "limit"),
    ("Q=abara", "Q"),
    ("q[]=abara", "q[]"),
    ("q[$ne]=x", "q[$ne]"),
    ("grade__rank__gt=1", "grade__rank__gt"),
    ("format=admin", "format"),
    ("__proto__=1", "__proto__"),
]
CURSORS = [
    "x", "A" * 3_000, "W10:1abc:sig", ".eJw:1:x", "%00", "::", "☃:☃:☃", "-1", "null",
    "%F0%9F%98%80", "WyJwZW9wbGUiLDAsIiIsIiJd:1vNw3a:gJ8yq0",
]  # fmt: skip
NO_TEXT = [
    "%ED%A0%80", "%ED%BF%BF", "%FF", "%C0%AF", "%F8%88%80%80%80", "%E2%82", "%80", "%", "%zz",
    "%u0041", "%F4%90%80%80",
]  # fmt: skip
ENDLESS = [
    "&".join(f"a{n}=1" for n in range(300)),
    "a&" * 1_500,
    "q=a&" + "&".join(f"organisation=o{n}" for n in range(60)),
    "q=a&organisation=" + "x" * 3_000,
    "q=a&location=" + "9" * 3_000,
    "q=a&location=-1",
    "q=a&location=1e3",
    "q=a&team=" + "/".join("ab" for _ in range(900)),
    "q=a&team=00000000-0000-0000-0000-00000000000g",
    "q=a&size=99999999999999999999",
    "q=a&tab=",
    "=&==&;;&?&#",
]


@answers("Q-003")
@pytest.mark.parametrize("door", DOORS)
def test_a_parameter_nobody_knows_is_refused_by_name(case: Case, door: str, asker: Asker) -> None:
    for query, named in UNKNOWN:
        answer = asker.get(f"{door}?q=abara&{query}")
        assert answer.status_code in case.statuses, query
        assert named in answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ["q", "cursor"])
def test_what_can_be_said_once_is_refused_when_it_is_said_twice(
    door: str, name: str, asker: Asker
) -> None:
    answer = asker.get(f"{door}?{name}=a&{name}=b")
    assert answer.status_code == 400
    assert "once" in answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
def test_a_cursor_that_no_page_gave_is_refused(door: str, asker: Asker) -> None:
    for cursor in CURSORS:
        assert asker.get(f"{door}?q=dredger&cursor={cursor}").status_code == 400, cursor


def test_a_cursor_of_another_list_is_refused(asker: Asker) -> None:
    everybody = asker.get(f"{PEOPLE}?size=2").json()["next"].partition("cursor=")[2]
    found = asker.get(f"{SEARCH}?q=dredger&size=2").json()["next"].partition("cursor=")[2]
    for door in DOORS:
        assert asker.get(f"{door}?q=dredger&cursor={everybody}").status_code == 400
        assert asker.get(f"{door}?q=dredger&cursor={found}").status_code == 200
        assert asker.get(f"{door}?q=dredger&cursor={found[:-1]}").status_code == 400
    assert asker.get(f"{PEOPLE}?cursor={found}").status_code == 400


@pytest.mark.parametrize("where", ["q={}", "{}=1", "q=a&organisation={}", "q=a&location={}"])
def test_bytes_that_are_no_text_are_answered_or_refused(where: str, asker: Asker) -> None:
    for raw in NO_TEXT:
        for door in API:
            assert asker.get(f"{door}?{where.format(raw)}").status_code == 400, raw
        assert asker.get(f"{PAGE}?{where.format(raw)}").status_code in {200, 400}, raw


@pytest.mark.parametrize("door", DOORS)
def test_an_address_of_any_length_is_answered_or_refused(door: str, asker: Asker) -> None:
    for query in ENDLESS:
        assert asker.get(f"{door}?{query}").status_code in {200, 400, 414}, query[:80]
