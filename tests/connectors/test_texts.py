"""Text is kept NFC, stripped and single-spaced, and what it hides is said."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.connectors.texts import clean_cell, clean_key


@pytest.mark.parametrize(
    ("text", "kept", "codes"),
    [
        ("  Ann \t Lee ", "Ann Lee", ()),
        ("Analyst\nand\r\nLead", "Analyst and Lead", ()),
        ("Ann\u00a0Lee", "Ann Lee", ()),
        ("Zoe\u0308", "Zoë", ()),
        ("A\u200bnn\ufeff", "Ann", ("zero_width_removed",)),
        ("co\u00adoperate", "cooperate", ("zero_width_removed",)),
        ("Lee\u202egpj.exe", None, ("bidi_control_not_allowed",)),
        ("Lee\u2066x\u2069", None, ("bidi_control_not_allowed",)),
        ("L\x1ae", None, ("control_character",)),
        ("L\x07e", None, ("control_character",)),
        ("Caf\ufffd", "Caf\ufffd", ("damaged_text",)),
        ("it\x92s", "it\ufffds", ("damaged_text",)),
        ("A" * 10_001, None, ("field_too_long",)),
        ("A" * 10_000, "A" * 10_000, ()),
    ],
)
def test_a_cell_is_cleaned(text: str, kept: str | None, codes: tuple[str, ...]) -> None:
    cleaned, found = clean_cell(text=text)
    assert found == codes
    if kept is not None:
        assert cleaned == kept


@pytest.mark.parametrize(
    "name",
    ["O’Neill", "D'Arcy", "Łukasz", "ʻOkina", "李", "محمد", "يوسف", "כהן", "நந்தினி", "Æthel"],
)
def test_names_of_every_script_pass_untouched(name: str) -> None:
    assert clean_cell(text=name) == (name, ())


def test_joiners_stay_where_the_script_needs_them() -> None:
    assert clean_cell(text="علی\u200cرضا") == ("علی\u200cرضا", ())
    assert clean_cell(text="ක්\u200dෂ") == ("ක්\u200dෂ", ())
    assert clean_cell(text="An\u200dn") == ("Ann", ("zero_width_removed",))


def test_a_line_break_is_a_fault_where_a_cell_is_one_line() -> None:
    found = clean_cell(text="ann@dept.gov.uk\nBcc: x@evil.example", single_line=True)[1]
    assert found == ("control_character",)
    assert clean_cell(text="ann@dept.gov.uk\n", single_line=True)[1] == ()


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_cell(text=text)[0]
    assert clean_cell(text=once)[0] == once
    assert unicodedata.is_normalized("NFC", once)
    assert clean_key(text) == once
