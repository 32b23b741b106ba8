"""Expected orders: what is typed, and who comes before whom."""

import pytest

from directory.search import ranking
from directory.search.find import find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team


@pytest.fixture
def stage(db: None) -> None:
    """A small directory in which every word below stands in several places."""
    harbours = make_organisation("Harbours Agency", acronym="HA")
    mills = make_organisation("Grant Office", acronym="GO")
    pilots = make_team("Pilots", organisation=harbours)
    grants = make_team("Policy", organisation=mills)
    for given, family, title in [
        ("Grant", "Okonkwo", "Clerk"),
        ("Ada", "Grant", "Clerk"),
        ("Bram", "Grantham", "Clerk"),
        ("Chidi", "Visser", "Grant Manager"),
        ("Ada", "Okonkwo", "Pilot"),
        ("Ada", "Okonkwo-Bell", "Policy Adviser"),
        ("Okonkwo", "Ada", "Clerk"),
        ("Policy", "Jones", "Clerk"),
    ]:
        make_person(
            given,
            family,
            title=title,
            team=pilots,
            email=f"{given}.{family}@ha.example" if title == "Pilot" else "",
        )
    make_person("Dewi", "Abel", title="Clerk", team=grants)


#: Typed, then everybody found, in order.
ORDERS = [
    (
        "grant",
        # Family name, given name, beginning of a name, title, organisation.
        ["Ada Grant", "Grant Okonkwo", "Bram Grantham", "Chidi Visser", "Dewi Abel"],
    ),
    ("grantham", ["Bram Grantham"]),
    (
        "ada okonkwo",
        # Both orders of the whole name before the longer name; the fuller record first.
        ["Ada Okonkwo", "Okonkwo Ada", "Ada Okonkwo-Bell"],
    ),
    ("okonkwo ada", ["Ada Okonkwo", "Okonkwo Ada", "Ada Okonkwo-Bell"]),
    ("ada okonkwo b", ["Ada Okonkwo-Bell"]),
    # Family names before given names, then by name.
    ("okon", ["Ada Okonkwo", "Ada Okonkwo-Bell", "Grant Okonkwo", "Okonkwo Ada"]),
    (
        "policy",
        # Name, title, team.
        ["Policy Jones", "Ada Okonkwo-Bell", "Dewi Abel"],
    ),
    ("clerk grant", ["Ada Grant", "Grant Okonkwo", "Bram Grantham", "Dewi Abel"]),
    ("ada.okonkwo@ha.example", ["Ada Okonkwo"]),
    # Misspelt: whose name as a whole comes closest.
    ("okonkwa ada", ["Okonkwo Ada", "Ada Okonkwo", "Ada Okonkwo-Bell"]),
]


@pytest.mark.parametrize(("text", "expected"), ORDERS, ids=[text for text, _ in ORDERS])
@pytest.mark.usefixtures("stage")
def test_better_matches_come_first(text: str, expected: list[str]) -> None:
    found = find_people(viewer=ANYBODY, query=parse(text=text))
    assert [hit.display_name for hit in found.hits] == expected


def test_a_whole_name_is_recognised_in_either_order() -> None:
    assert "de souza maria jose" in ranking.whole_names(words=["maria", "jose", "de", "souza"])
    assert ranking.whole_names(words=[]) == []
