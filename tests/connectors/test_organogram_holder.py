"""Who holds a post: words for nobody are whole cells, and what is undecidable names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.connectors.organogram_holder import read_holder
from directory.connectors.organogram_words import is_no_reference, stated
from directory.records import Holder

VACANT = [
    "Vacant", "'Vacant'", '"Vacant"', "Vacant'", "VACANT", "vacant", "Vacant ", "VACANT POST",
    "Vacancy", "Med3 Vacant", "GAPPED", "Awaiting recruitment", "Awaiting_Recruitment_Action",
]  # fmt: skip
UNDISCLOSED = [
    "N/D", "'N/D'", "N/D'", "ND", "n/d", "N/D ", "Not disclosed", "NO NAME", "NA", "N/A", "n.d.",
    "nan",
]  # fmt: skip
ELIMINATED = [
    "Eliminated", "'Eliminated'", "Eliminated'", '"Eliminated"', "ELIMINATED", "Deleted",
    "Abolished", "Post removed",
]  # fmt: skip
PEOPLE = [
    "Una Brennand", "Nandini", "Andrea", "Ndidi Okafor", "Vance", "Ann Vacani", "Bob Head",
    "Ada Deputy", "Nada Nadal", "N/A Patel", "Rosa Gapper", "Eli Minated", "Dean Bishop", "Unitt",
]  # fmt: skip
DOUBTS = {
    "": "name_missing",
    "Vacamt": "name_unclear",
    "Vacnat": "name_unclear",
    "Vancay": "name_unclear",
    "Elimnated": "name_unclear",
    "Vacant from May": "name_unclear",
    "ann@dept.gov.uk": "name_unclear",
    "Ann Lee 2": "name_unclear",
    "?": "name_unclear",
    "A": "name_unclear",
    "Null": "name_unclear",
    "xx": "name_unclear",
    "Ann " * 60: "name_unclear",
    "Deputy Director, Policy": "name_looks_like_a_title",
    "Flexible Working and Development": "name_looks_like_a_title",
    "Head of Corporate Services": "name_looks_like_a_title",
    "Head of Adaptation": "name_looks_like_a_title",
    "Chief Economist": "name_looks_like_a_title",
    "Finance": "name_looks_like_a_title",
    "Lee, Ann/Ray, Bob": "two_names_in_cell",
    "Ann Lee & Bob Ray": "two_names_in_cell",
    "Ann Lee and Bob Ray": "two_names_in_cell",
    "Ann Lee; Bob Ray": "two_names_in_cell",
}


@pytest.mark.parametrize(
    ("text", "holder"),
    [(text, Holder.VACANT) for text in VACANT]
    + [(text, Holder.UNDISCLOSED) for text in UNDISCLOSED]
    + [(text, None) for text in ELIMINATED],
)
def test_a_status_word_is_the_whole_cell(text: str, holder: Holder | None) -> None:
    reading = read_holder(name=text.strip())
    assert (reading.holder, reading.name, reading.doubts) == (holder, None, ())


@pytest.mark.parametrize("text", PEOPLE)
def test_people_are_people(text: str) -> None:
    reading = read_holder(name=text)
    assert reading.holder is Holder.NAMED
    assert reading.doubts == ()


@pytest.mark.parametrize(("text", "code"), DOUBTS.items())
def test_what_is_undecidable_names_nobody(text: str, code: str) -> None:
    reading = read_holder(name=text)
    assert (reading.holder, reading.name, reading.doubts) == (Holder.UNDISCLOSED, None, (code,))


def test_a_name_that_is_also_the_team_names_nobody() -> None:
    reading = read_holder(name="Harbour Watch", also=("HARBOUR WATCH", ""))
    assert reading.doubts == ("name_looks_like_a_title",)


def test_a_note_in_brackets_does_not_hide_a_status_word() -> None:
    reading = read_holder(name="Vacant (from May)")
    assert (reading.holder, reading.doubts) == (Holder.VACANT, ("name_note_dropped",))


@pytest.mark.parametrize(
    "text", ["Eliminated", "Deleted", "Awaiting_Recruitment_Action", "Vacancy", "N/A", "N/D", ""]
)
def test_a_placeholder_is_no_reference(text: str) -> None:
    assert is_no_reference(text)


@pytest.mark.parametrize("text", ["0", "A1", "ND", "NA", "X", "Gap", "GAPP", "00108754", "002P"])
def test_short_references_are_references(text: str) -> None:
    assert not is_no_reference(text)


def test_not_stated_is_nothing() -> None:
    assert [stated(text) for text in ("N/A", "'N/D'", "nan", "n/a", "Nan Wood")] == [
        "", "", "", "", "Nan Wood",
    ]  # fmt: skip


@given(
    name=st.lists(
        st.one_of(
            st.sampled_from(["Mr", "Gen", ",", "(", ")", "van", "CBE", "-", "/", "N/D", "Ng"]),
            st.text(alphabet=st.characters(categories=["L", "P", "Mn"]), max_size=6),
        ),
        max_size=6,
    ).map(" ".join)
)
def test_any_text_names_somebody_or_nobody(name: str) -> None:
    reading = read_holder(name=" ".join(name.split()))
    assert (reading.name is not None) == (reading.holder is Holder.NAMED)
    if reading.name is not None:
        assert reading.name.family
        assert reading.name.display
        assert reading.name.key == reading.key
