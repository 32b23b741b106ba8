"""
Names in every order, title and capitalisation that returns use.

All names are invented; their shapes are those of real returns.
"""

import pytest

from directory.connectors.organogram_names import CommaOrder, read_name

GIVEN_FIRST, FAMILY_FIRST = CommaOrder.GIVEN_FIRST, CommaOrder.FAMILY_FIRST

#: Text to given name, family name, honorific, known as.
NAMES = {
    "Maya Holt": ("Maya", "Holt", "", ""),
    "Maya Rose Holt": ("Maya Rose", "Holt", "", ""),
    "Holt": ("", "Holt", "", ""),
    "MAYA HOLT": ("Maya", "Holt", "", ""),
    "Maya HOLT": ("Maya", "Holt", "", ""),
    "MR OWEN TARRANT": ("Owen", "Tarrant", "Mr", ""),
    "SIR OWEN TARRANT": ("Owen", "Tarrant", "Sir", ""),
    "Prof Sir Owen Tarrant": ("Owen", "Tarrant", "Prof Sir", ""),
    "Professor OWEN TARRANT": ("Owen", "Tarrant", "Prof", ""),
    "Dr. Maya Holt": ("Maya", "Holt", "Dr", ""),
    "Dame Maya Holt": ("Maya", "Holt", "Dame", ""),
    "Dr Maya V Holt CB": ("Maya V", "Holt", "Dr", ""),
    "Sir Owen Tarrant KCB CBE": ("Owen", "Tarrant", "Sir", ""),
    "Maya Holt OBE": ("Maya", "Holt", "", ""),
    "Bishnu KC": ("Bishnu", "KC", "", ""),
    "R.Adm T J Marlow OBE": ("T J", "Marlow", "Rear Admiral", ""),
    "Lt Gen Tom Marlow": ("Tom", "Marlow", "Lieutenant General", ""),
    "Air Vice-Marshal Tom Marlow": ("Tom", "Marlow", "Air Vice-Marshal", ""),
    "Tom Marlow Gen": ("Tom Marlow", "Gen", "", ""),
    "Gen Marlow": ("Gen", "Marlow", "", ""),
    "Tom Lord": ("Tom", "Lord", "", ""),
    "Lord Marlow": ("Lord", "Marlow", "", ""),
    "Lord Tom Marlow": ("Tom", "Marlow", "Lord", ""),
    "T.Marlow": ("T.", "Marlow", "", ""),
    "Tom van der Linden": ("Tom", "van der Linden", "", ""),
    "Tom De Linden": ("Tom", "De Linden", "", ""),
    "TOM VAN DER LINDEN": ("Tom", "van der Linden", "", ""),
    "Tom Marlow Jr": ("Tom", "Marlow Jr", "", ""),
    "AOIFE O'SHEA": ("Aoife", "O'Shea", "", ""),
    "AOIFE O’SHEA": ("Aoife", "O’Shea", "", ""),
    "AOIFE MCTAVISH": ("Aoife", "McTavish", "", ""),
    "AOIFE MACTAVISH": ("Aoife", "Mactavish", "", ""),
    "AOIFE SHEA-ROSS": ("Aoife", "Shea-Ross", "", ""),
    "MEI NG": ("Mei", "Ng", "", ""),
    "ÉLODIE ÅKESSON": ("Élodie", "Åkesson", "", ""),
    "Holt, Maya": ("Maya", "Holt", "", ""),
    "Holt, Maya ": ("Maya", "Holt", "", ""),
    "Holt-Ross, Maya": ("Maya", "Holt-Ross", "", ""),
    "Van Der Linden, Tom": ("Tom", "Van Der Linden", "", ""),
    "Holt, Ms. Maya R P": ("Maya R P", "Holt", "Ms", ""),
    "Holt, Mr. Owen JS": ("Owen JS", "Holt", "Mr", ""),
    "Holt,Ms Maya": ("Maya", "Holt", "Ms", ""),
    "Holt, Doctor Maya E": ("Maya E", "Holt", "Dr", ""),
    "Holt, Maya (May), Miss": ("Maya", "Holt", "Miss", "May"),
    "Holt, Maya (Maya), Miss": ("Maya", "Holt", "Miss", ""),
    "Holt, Mr Owen James (Owen)": ("Owen James", "Holt", "Mr", ""),
    "Marlow, Thomas Gen": ("Thomas", "Marlow", "General", ""),
    "Lord, Tom": ("Tom", "Lord", "", ""),
    "MARLOW, TOM": ("Tom", "Marlow", "", ""),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.items())
def test_a_name_has_its_parts(text: str, expected: tuple[str, str, str, str]) -> None:
    name = read_name(text=" ".join(text.split()))
    assert (name.given, name.family, name.honorific, name.preferred) == expected
    assert name.doubts == ()
    assert name.display == f"{name.given} {name.family}".strip()


def test_titles_do_not_change_whom_a_name_means() -> None:
    keys = {read_name(text=text).key for text in ("Sir Owen Tarrant KCB", "Tarrant, Mr Owen")}
    assert keys == {"owen tarrant"}


@pytest.mark.parametrize(
    ("text", "order", "parts", "display", "doubts"),
    [
        ("Maya,Holt", GIVEN_FIRST, ("Maya", "Holt"), "Maya Holt", ()),
        ("Maya, Holt", GIVEN_FIRST, ("Maya", "Holt"), "Maya Holt", ()),
        ("Holt,Maya", FAMILY_FIRST, ("Maya", "Holt"), "Maya Holt", ()),
        ("Holt,Mr Owen", GIVEN_FIRST, ("Owen", "Holt"), "Owen Holt", ()),
        ("Maya,Holt", CommaOrder.UNKNOWN, ("Holt", "Maya"), "Maya Holt", ("name_order_unclear",)),
    ],
)
def test_the_order_around_a_comma_is_what_the_return_shows(
    text: str, order: CommaOrder, parts: tuple[str, str], display: str, doubts: tuple[str, ...]
) -> None:
    name = read_name(text=text, order=order)
    assert ((name.given, name.family), name.display, name.doubts) == (parts, display, doubts)


def test_what_is_repaired_or_left_out_is_said() -> None:
    assert read_name(text="Maya Holt - Ross").doubts == ("name_repaired",)
    assert read_name(text="Maya Holt - Ross").family == "Holt-Ross"
    assert read_name(text="MAYA HOLT (TRA)").doubts == ("name_note_dropped",)
    assert read_name(text="Maya Holt (Acting)").preferred == ""
