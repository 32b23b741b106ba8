"""Any text at all may be asked for: it finds whom it means, or nobody, or is refused in words."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from directory.models import FieldAudience, Person
from directory.search.find import QueryTooLong, find_people, parse
from tests.people import ANYBODY, project
from tests.stories.bad_questions.catalogue import answers
from tests.stories.bad_questions.conftest import PAGE, PEOPLE, SEARCH, Asker, Case
from tests.web.reading import text_of

SCRIPTS = [
    "سارة الخطيب", "שרה כהן", "Ольга Шевченко", "Ελένη Παπαδοπούλου", "王小明", "田中 さくら",
    "김민준", "अमित शर्मा", "தமிழ் செல்வி", "สมชาย ใจดี", "ሰላም ተስፋዬ", "Նարե Հակոբյան", "ნინო",
    "ᏣᎳᎩ", "ᓄᓇᕗᑦ", "𐌰𐌱𐌲", "𝔄𝔡𝔞", "Ａｄａ", "ﷺ", "\U0001f9d1\U0001f3fd\u200d\U0001f680 👍",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f", "e\u0301" * 90, "\u0301" * 200,
    "Z\u0351\u036b\u0343\u032a" * 40, "\u202eadA\u202c", "\u2067abc\u2069 \u061c",
    "\u200b\u200d\ufeff", "a\u2028b\u2029c", "\ufffe\uffff", "\U0010ffff", "\u0378\U000e0080",
]  # fmt: skip
SYNTAX = [
    "'; DROP TABLE directory_person; --", "' OR 1=1 --", "%' AND 1=0 UNION SELECT 1 --",
    "$$ || $1", "(?R)", "(a+)+$", "[[:alpha:]]", "^.*$", "\\", "\\x00", "{0}", "%(size)s", "%s %d",
    "{{ 7*7 }}", "${jndi:ldap://x}", "a & b | !c", "foo:*", "a <-> b", "''''", '"unbalanced',
    "((((", "*", "?", "~1", "NULL", "true", "-1", "1e309", "NaN", "../../etc/passwd",
    "name:okonkwo AND *:*",
]  # fmt: skip
TYPED = [
    ("zoe", "Abara"), ("ZOË", "Abara"), ("zoe\u0308", "Abara"), ("zeo abara", "Abara"),
    ("oneill", "O’Neill"), ("o'neill", "O’Neill"), ("o neill", "O’Neill"), ("o’niell", "O’Neill"),
    ("smith jones", "Smith-Jones"), ("smithjones", "Smith-Jones"), ("jones smith", "Smith-Jones"),
    ("smith\u2011jones", "Smith-Jones"), ("lindqvist bram", "Lindqvist"),
    ("lindkvist", "Lindqvist"), ("meer wouter", "van der Meer"), ("vandermeer", "van der Meer"),
    ("soren lukasik", "Łukasik"),
]  # fmt: skip


@answers("Q-001")
@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0\u3000", "…!?", "'’", "\u200b", "%", "_", "-", "👩‍🚀"]
)
def test_nothing_worth_looking_for_finds_nobody_and_says_how_to_ask(
    case: Case, text: str, asker: Asker
) -> None:
    page, search, people = asker.ask(text)
    assert {page.status_code, search.status_code, people.status_code} <= case.statuses
    assert "Type a name or the start of one" in text_of(page)
    assert search.json()["results"] == []
    assert search.json()["total"] == 0
    # Without any text this is the list of everybody, and not a search.
    assert bool(people.json()["results"]) == (text == "")


@answers("Q-001")
@pytest.mark.parametrize(("text", "found"), [("z", ["Abara"]), ("v", ["van der Meer"]), ("q", [])])
def test_one_letter_finds_names_that_begin_with_it(
    case: Case, text: str, found: list[str], asker: Asker
) -> None:
    assert asker.found(text) == [found] * 3


@answers("Q-001")
def test_words_that_only_pass_find_nobody_they_are_no_name_of(case: Case, asker: Asker) -> None:
    assert asker.found("who is the") == [[]] * 3


@answers("Q-002")
def test_the_worst_texts_of_the_catalogue_are_answered(case: Case, asker: Asker) -> None:
    assert case.payload
    for text in (*case.payload, "x" * 100_000, "& | ! <-> :*"):
        for answer in asker.ask(text):
            assert answer.status_code in case.statuses


@answers("Q-002")
@pytest.mark.parametrize("text", ["%", "_", "z%", "%@h.ex", "_%@", "__x@h.ex", "\\_x@"])
def test_the_wildcards_of_a_database_are_none_here(case: Case, text: str, asker: Asker) -> None:
    assert asker.found(text) == [["Abara"] if text == "z%" else []] * 3


@answers("Q-002")
def test_an_underscore_in_an_address_is_itself(case: Case, asker: Asker) -> None:
    assert asker.found("z_x@h") == [["Abara"]] * 3


@answers("Q-007")
@pytest.mark.parametrize(
    "text", ["a" * 500, " ".join("abcdefghij"[n % 10] * (n + 1) for n in range(40)), "x" * 10_000]
)
def test_too_much_to_look_for_is_refused_with_the_limit(
    case: Case, text: str, asker: Asker
) -> None:
    for answer in asker.ask(text):
        assert answer.status_code in {400, 414} & case.statuses
        if answer.status_code == 400:
            assert re.search(r"\b(12 words|200 characters)\b", answer.content.decode())


@answers("Q-007")
@pytest.mark.parametrize(
    "text",
    ["a" * 200, " ".join("abcdefghijkl"), " ".join(c * 15 for c in "abcdefghijkl"), "7" * 200],
)
def test_as_much_as_a_question_takes_is_answered(case: Case, text: str, asker: Asker) -> None:
    assert [answer.status_code for answer in asker.ask(text)] == [200] * 3


@answers("Q-008")
def test_a_name_is_found_however_it_is_typed(case: Case, asker: Asker) -> None:
    for text, family_name in TYPED:
        for found in asker.found(text):
            assert family_name in found[:5], text


@answers("Q-009")
@pytest.mark.parametrize("tab", ["people", "teams", "organisations"])
def test_markup_in_a_question_stays_text(case: Case, tab: str, asker: Asker) -> None:
    answer = asker.get(f"{PAGE}?tab={tab}&q=</title><script>alert(1)</script>\"'><img src=x>")
    assert answer.status_code in case.statuses
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html.partition("</title>")[0]
    assert "unsafe" not in answer["Content-Security-Policy"]


@answers("Q-013")
def test_somebody_who_becomes_protected_is_gone_with_the_next_question(
    case: Case, asker: Asker
) -> None:
    assert asker.found("abara") == [["Abara"]] * 3
    abara = asker.people["Abara"]
    abara.listing = Person.Listing.PROTECTED
    abara.save()
    project(abara)
    assert asker.found("abara") == [[]] * 3
    page, search, people = asker.ask("abara")
    assert {page.status_code, search.status_code, people.status_code} <= case.statuses
    assert "no-store" in page["Cache-Control"]
    assert "no-cache" in search["Cache-Control"]


@answers("Q-015")
def test_a_narrowed_value_is_in_no_list_whatever_is_asked_of_it(case: Case, asker: Asker) -> None:
    abara = asker.people["Abara"]
    FieldAudience.objects.create(person=abara, field="email", audience="self")
    project(abara)
    for door in (SEARCH, PEOPLE):
        answer = asker.get(f"{door}?q=abara&fields=email,display_name")
        assert answer.status_code in case.statuses
        assert [one["email"] for one in answer.json()["results"]] == [""]
        for wish in ("fields=phone_private", "fields=provenance", "expand=audit", "include=all"):
            assert asker.get(f"{door}?q=abara&{wish}").status_code == 400


@pytest.mark.parametrize("texts", [SCRIPTS, SYNTAX], ids=["scripts", "syntax"])
def test_every_script_and_every_syntax_is_only_text(texts: list[str], asker: Asker) -> None:
    for text in texts:
        for answer in asker.ask(text):
            assert answer.status_code in {200, 400}, text
    assert Person.objects.count() == len(asker.people)
    assert "49" not in text_of(asker.get(f"{PAGE}?q={{{{ 7*7 }}}}"))


@pytest.mark.django_db
def test_a_letter_of_any_block_can_be_looked_for() -> None:
    for text in questions_of_every_block():
        try:
            found = find_people(viewer=ANYBODY, query=parse(text=text))
        except QueryTooLong:
            continue  # some letters are words of their own when they are folded
        assert found.total == 0


def questions_of_every_block() -> Iterator[str]:
    """Twelve words each of five characters, some of every 256 there are."""
    sample = [
        chr(first + step)
        for first in range(0x100, 0x110000, 0x100)
        for step in range(3, 0x100, 60)
        if unicodedata.category(chr(first + step)) not in {"Cn", "Co", "Cs"}
    ]
    sample += [chr(code) for code in (0xD800, 0xDFFF, 0xE000, 0xF8FF, 0xFFFF, 0x10FFFF)]
    words = ["".join(sample[at : at + 5]) for at in range(0, len(sample), 5)]
    return (" ".join(words[at : at + 12]) for at in range(0, len(words), 12))


def test_an_invisible_mark_changes_nothing_that_is_found(asker: Asker) -> None:
    for text in ("\u202eabara", "ab\u00adara", "\ufeffabara", "aba\u200dra", "\u2066abara\u2069"):
        assert asker.found(text) == [["Abara"]] * 3


def test_the_page_turns_no_direction_of_text_after_a_question(asker: Asker) -> None:
    html = asker.get(f"{PAGE}?q=%E2%80%AEabara").content.decode()
    assert "\u202e" not in html
    assert '<bdi class="cd-results__text">abara</bdi>' in html
