"""Names are drawn as names are: a few very common, very many rare, from many cultures."""

from collections import Counter

import pytest

from directory.synthetic.chance import Chance
from directory.synthetic.naming import email_part, invent_identity, invent_new_family_name


@pytest.fixture(scope="module")
def names() -> Counter[tuple[str, str]]:
    chance = Chance(seed=1, purpose="names")
    people = (invent_identity(chance=chance) for _ in range(40_000))
    return Counter((one.given_name, one.family_name) for one in people)


def test_common_names_repeat(names: Counter[tuple[str, str]]) -> None:
    assert names["John", "Smith"] > 5
    assert names["Mohammed", "Khan"] > 5


def test_no_name_is_everybody_s(names: Counter[tuple[str, str]]) -> None:
    assert len(names) > 20_000
    assert names.most_common(1)[0][1] < 60


@pytest.mark.parametrize(
    "family_name",
    ["O'Neill", "O’Brien", "D'Arcy", "Nguyễn", "van der Berg", "Patel", "Wang", "Ng", "Adeyemi"],
)
def test_names_of_every_kind_occur(names: Counter[tuple[str, str]], family_name: str) -> None:
    assert any(family == family_name for _, family in names)


@pytest.mark.parametrize("given_name", ["Zoë", "Siân", "Łukasz", "X", "Æ", "Siu Ming"])
def test_given_names_of_every_kind_occur(names: Counter[tuple[str, str]], given_name: str) -> None:
    assert any(given == given_name for given, _ in names)


def test_some_families_are_double_barrelled(names: Counter[tuple[str, str]]) -> None:
    share = sum(count for (_, family), count in names.items() if "-" in family) / names.total()
    assert 0.01 < share < 0.05


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("O’Brien", "obrien"),
        ("van der Berg", "vanderberg"),
        ("Łukasz", "lukasz"),
        ("Nguyễn", "nguyen"),
        ("Æ", "ae"),
        ("Anne-Marie", "anne-marie"),
        ("'t Hart", "thart"),
        ("İbrahim", "ibrahim"),
        ("李", "x"),
    ],
)
def test_addresses_are_spelt_in_plain_letters(name: str, part: str) -> None:
    assert email_part(name) == part


def test_a_new_family_name_is_another_one() -> None:
    chance = Chance(seed=1, purpose="weddings")
    for _ in range(500):
        assert invent_new_family_name(chance=chance, family_name="Smith") != "Smith"


def test_chance_falls_the_same_way_on_every_python() -> None:
    chance = Chance(seed=1, purpose="fixed")
    items = list(range(10))
    chance.shuffle(items)
    drawn = [chance.below(100) for _ in range(5)]
    assert (items, drawn) == ([3, 5, 9, 1, 8, 2, 4, 7, 0, 6], [54, 69, 41, 81, 81])
