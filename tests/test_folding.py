"""Folding: what counts as the same spelling, the same in Python and in PostgreSQL."""

import unicodedata

import pytest
from django.db import connection

from directory.folding import APOSTROPHES, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ó’Brien-Łuk", "obrien luk"),
        ("  O'BRIEN\t", "obrien"),
        ("Þóra Æbelø", "thora aebelo"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Straße / STRASSE", "strasse strasse"),
        ("ﬁnance ² Ⅷ", "finance 2 viii"),
        ("Παπάς ΠΑΠΑΣ", "παπασ παπασ"),
        ("Ёлкин", "елкин"),
        ("陳 明", "陳 明"),
        ("佐々木 𠮷田", "佐々木 𠮷田"),
        ("हिन्दी", "हिन्दी"),
        ("أَحْمَد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("Okon\u00adkwo\u200b \u202eAda\u202c", "okonkwo ada"),
        ("£5 — “tea” • 👩‍🚀…", "5 tea"),
        ("a_b%c\\d", "a b c d"),
        ("\x00\ud800", ""),
        ("", ""),
    ],
)
def test_spellings_that_people_take_for_the_same_fold_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert words(text) == folded.split()


def test_folding_twice_is_folding_once() -> None:
    for point in range(0x3200):
        once = fold(f"a{chr(point)}b")
        assert fold(once) == once, f"U+{point:04X}"


@pytest.mark.django_db
def test_python_and_the_database_fold_every_letter_alike() -> None:
    texts = [
        f"{chr(point)}a {chr(point)}"
        for point in range(1, 0x10000)
        if unicodedata.category(chr(point)) not in {"Cn", "Cs"}
    ]
    texts += [f"{chr(point)}a {chr(point)}é" for point in range(1, 0x80)]
    texts += [f"O{mark}Brien" for mark in APOSTROPHES]
    assert _differing(texts) == []


@pytest.mark.django_db
def test_python_and_the_database_fold_composed_and_decomposed_names_alike() -> None:
    texts = [
        unicodedata.normalize(form, f"{chr(point)}x")
        for point in range(0xC0, 0x2000)
        if unicodedata.decomposition(chr(point))
        for form in ("NFC", "NFD", "NFKC", "NFKD")
    ]
    assert _differing(texts) == []


def _differing(texts: list[str]) -> list[tuple[str, str, str]]:
    with connection.cursor() as db:
        db.execute("SELECT text, fold_text(text) FROM unnest(%s::text[]) AS given(text)", [texts])
        return [(text, fold(text), sql) for text, sql in db.fetchall() if fold(text) != sql]
