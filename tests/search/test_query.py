"""What a search reads out of the text that was typed."""

from uuid import UUID

import pytest

from directory.search.query import MAX_CHARACTERS, QueryTooLong, parse

TEAM = UUID(int=7)


@pytest.mark.parametrize(
    ("text", "words", "emails", "phones"),
    [
        ("Ada  OKONKWO", ("ada", "okonkwo"), (), ()),
        ("ada ada", ("ada",), (), ()),
        ("O’Brien-Łuk", ("obrien", "luk"), (), ()),
        ("", (), (), ()),
        ("% _ … 👩‍🚀", (), (), ()),
        ("a\x00b\ud800c", ("a", "b", "c"), (), ()),
        ("Ada.Okonkwo@Harbours.example", (), ("ada.okonkwo@harbours.example",), ()),
        ("<ada@h.example>, bram@", (), ("ada@h.example", "bram@"), ()),
        ("pilot o'brien@h.example", ("pilot",), ("o'brien@h.example",), ()),
        ("@harbours", ("harbours",), (), ()),
        ("a@b@c", ("a", "b", "c"), (), ()),
        ("020 7946 0000", (), (), ("2079460000",)),
        ("+44 (0)20-7946", (), (), ("44207946",)),
        ("+44 (0)20-7946 0000", (), (), ("079460000",)),
        ("2024", ("2024",), (), ("2024",)),
        ("1 2 3", ("1", "2", "3"), (), ()),
        ("\u202d020 7946 0000\u202c", (), (), ("2079460000",)),
        ("٠٢٠ ٧٩٤٦ ٠٠٠٠", (), (), ("2079460000",)),
        ("\ufeffada@\u200bh.example", (), ("ada@h.example",), ()),
        ("\u200b\u2066\u00ad", (), (), ()),
    ],
)
def test_words_addresses_and_numbers_are_told_apart(
    text: str, words: tuple[str, ...], emails: tuple[str, ...], phones: tuple[str, ...]
) -> None:
    query = parse(text=text)
    assert (query.words, query.emails, query.phones) == (words, emails, phones)


def test_the_text_is_kept_fit_to_be_shown_again() -> None:
    assert parse(text=" Ada\x00\ud800  <b>\tOkonkwo ").text == "Ada <b> Okonkwo"
    assert parse(text="\u202eAda\u202c \u2067Oko\u00adnkwo").text == "Ada Okonkwo"
    assert parse(text="👩‍🚀").text == "👩‍🚀"


def test_filters_are_read_as_the_database_compares_them() -> None:
    query = parse(
        text="",
        organisations=["Harbours-Agency", "harbours-agency", "a\x00b"],
        teams=[TEAM, TEAM],
        grades=[" g7 "],
        professions=["Policy"],
        locations=[3, -3, 2**80],
    )
    assert query.organisations == ("harbours-agency", "a b")
    assert (query.teams, query.grades, query.professions) == ((TEAM,), ("g7",), ("policy",))
    assert query.locations == (3, 0), "an id that cannot exist must not switch the filter off"
    assert query.has_filters
    assert not query.has_text


def test_limits_are_refusals_that_name_the_limit() -> None:
    parse(text="a" * MAX_CHARACTERS)
    for text in ("a" * (MAX_CHARACTERS + 1), "\x00" * 100_000):
        with pytest.raises(QueryTooLong, match=f"takes {MAX_CHARACTERS} characters"):
            parse(text=text)
    with pytest.raises(QueryTooLong, match="takes 12 words; this one has 13"):
        parse(text=" ".join(f"w{n}" for n in range(12)) + " a@b.example")
    with pytest.raises(QueryTooLong, match="filter organisation takes 50 values"):
        parse(text="", organisations=(f"o{n}" for n in range(51)))
