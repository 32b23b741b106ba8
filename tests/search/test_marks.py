"""Which parts of a label are marked."""

import pytest

from directory import folding
from directory.search.marks import mark


def marked(label: str, text: str) -> str:
    parts = mark(label=label, words=folding.words(text))
    assert "".join(part.text for part in parts) == label
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "label", "shown"),
    [
        ("ad", "Ada Okonkwo", "[Ad]a Okonkwo"),
        ("ADA okon", "Ada Okonkwo", "[Ada] [Okon]kwo"),
        ("okonkwo, ada", "Ada Okonkwo", "[Ada] [Okonkwo]"),
        ("zoe", "Zoë Lindqvist", "[Zoë] Lindqvist"),
        ("zoe", "Zoe\u0308 Lindqvist", "[Zoe\u0308] Lindqvist"),
        ("lindqvíst", "Zoë Lindqvist", "Zoë [Lindqvist]"),
        ("oneill", "Niamh O’Neill", "Niamh [O’Neill]"),
        ("o'n", "Niamh O’Neill", "Niamh [O’N]eill"),
        ("o", "Niamh O’Neill", "Niamh [O]’Neill"),
        ("oneill", "Niamh O Neill", "Niamh [O] [Neill]"),
        ("smith-jones", "Ada Smith-Jones", "Ada [Smith-Jones]"),
        ("smith jo", "Ada Smith-Jones", "Ada [Smith-Jo]nes"),
        ("smithjones", "Ada Smith-Jones", "Ada [Smith-Jones]"),
        ("jones", "Ada Smith-Jones", "Ada Smith-[Jones]"),
        ("delacruz", "Juan de la Cruz", "Juan [de] [la] [Cruz]"),
        ("muller", "Jörg Müller", "Jörg [Müller]"),
        ("mueller joerg", "Jörg Müller", "[Jörg] [Müller]"),
        ("weis", "Anna Weiß", "Anna [Weiß]"),
        ("strasse", "Straße", "[Straße]"),
        ("σοφια", "Σοφία Παππά", "[Σοφία] Παππά"),
        ("سا", "سارة الخطيب", "[سا]رة الخطيب"),
        ("dpt", "Ports and Trade (DPT)", "Ports and Trade ([DPT])"),
        ("policy", "Policy, Trade & Policy Delivery", "[Policy], Trade & [Policy] Delivery"),
        ("bob", "Robert Marsh", "Robert Marsh"),
        ("okonkow", "Ada Okonkwo", "Ada Okonkwo"),
        ("da", "Ada Okonkwo", "Ada Okonkwo"),
        ("adaokonkwo b", "Ada Okonkwo", "[Ada] [Okonkwo]"),
        ("", "Ada", "Ada"),
        ("ada", "", ""),
    ],
)
def test_what_the_words_begin_is_marked(text: str, label: str, shown: str) -> None:
    assert marked(label, text) == shown
