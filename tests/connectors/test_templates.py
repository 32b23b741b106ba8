"""Cells are put together and taken apart as a template shows, in one way only."""

import time

import pytest

from directory.connectors.templates import InvalidTemplate, combination, pattern

NAME = "{family_name}, {given_name}[ ({preferred_name})][, {honorific}]"


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Rouse, Deana (Dee), Miss", ("Rouse", "Deana", "Dee", "Miss")),
        ("Rouse, Deana", ("Rouse", "Deana", "", "")),
        ("Rouse,Deana(Dee)", ("Rouse", "Deana", "Dee", "")),
        ("van der Berg, Anna Maria, Dr", ("van der Berg", "Anna Maria", "", "Dr")),
        ("Smith (née Ray), Ann", ("Smith (née Ray)", "Ann", "", "")),
        ("O’Neill, Jean-Luc (JL)", ("O’Neill", "Jean-Luc", "JL", "")),
        ("", ("", "", "", "")),
        ("Rouse", None),
        ("Rouse, ", None),
        ("Rouse, Deana (Dee", None),
        ("Rouse, Deana (Dee) Miss", None),
    ],
)
def test_a_cell_is_taken_apart(cell: str, parts: tuple[str, ...] | None) -> None:
    found = pattern(NAME).taken_apart(cell=cell)
    assert (None if found is None else tuple(found.values())) == parts


def test_words_may_be_parted_by_spaces_alone() -> None:
    found = pattern("{given_name} {family_name}").taken_apart(cell="Ann van der Berg")
    assert found == {"given_name": "Ann", "family_name": "van der Berg"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name",
        "{a}{b}",
        "{a}[{b}]",
        "{a}, {a}",
        "{a}[ {b}]",
        "{a}, {b",
        "{a} [({b}]) ]",
        "{a}, [[{b}]]",
    ],
)
def test_a_pattern_that_can_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(InvalidTemplate):
        pattern(text)


def test_no_cell_takes_long() -> None:
    start = time.perf_counter()
    for cell in ("a, " * 3_000, "a, " + "(" * 9_000, ", " * 5_000, "a" * 10_000):
        pattern(NAME).taken_apart(cell=cell)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (("HQ", "Leeds", "LS1"), "At HQ, Leeds (LS1)"),
        (("HQ", "", "LS1"), "At HQ (LS1)"),
        (("", "Leeds", ""), "At Leeds)"),
        (("", "", ""), ""),
    ],
)
def test_cells_are_put_together_without_what_dangles(cells: tuple[str, ...], text: str) -> None:
    assert combination("At {Building}, {City} ({Post code})").filled(cells=cells) == text


@pytest.mark.parametrize("text", ["", "HQ", "{}", "{ }", "{Building", "{Building}, City}"])
def test_a_combination_without_columns_is_refused(text: str) -> None:
    with pytest.raises(InvalidTemplate):
        combination(text)
