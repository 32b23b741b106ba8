"""What is asked in vain is counted by its words and its day, and by nothing else."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, models

from directory.models import VainSearch
from directory.search import in_vain
from directory.search.find import find_people, parse
from directory.search.in_vain import forget_old, most_asked, note_in_vain, words_to_keep
from tests.people import ANYBODY, make_person

TODAY = date(2026, 4, 1)


def ask(text: str, *, day: date = TODAY) -> None:
    find_people(viewer=ANYBODY, query=parse(text=text), asked_on=day)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Marine  Licensing", "marine licensing"),
        ("who deals with cryptozoology", "cryptozoology"),
        ("Zoë O’Brien-Łuk", "zoe obrien luk"),
        ("Ольга", "ольга"),
        ("अमित", "अमित"),
        ("ada.okonkwo@h.example", ""),
        ("marine ada@h.example", ""),
        ("marine @harbours", ""),
        ("020 7946 0000", ""),
        ("marine 7946", ""),
        ("born 01/02/1980", ""),
        ("AB 12 34 56 C", ""),
        ("q-1-2-3-4-q", ""),
        ("٠٢٠٧٩٤٦", ""),
        ("room 12 annex", "room annex"),
        ("g7 caseworker", "caseworker"),
        ("x", ""),
        ("a" * 31, ""),
        ("…", ""),
        ("one two three four five six seven eight", "one two three four five six"),
    ],
)
def test_words_that_look_like_words_are_kept_and_nothing_that_may_be_a_number(
    text: str, kept: str
) -> None:
    assert words_to_keep(query=parse(text=text)) == kept


@pytest.mark.django_db
def test_a_search_in_vain_is_counted_by_its_day() -> None:
    for text in ("Marine licensing", "MARINE LICENSING!", "marine", "x@nowhere.example"):
        ask(text)
    ask("marine", day=TODAY - timedelta(days=1))
    assert set(VainSearch.objects.values_list("day", "words", "times")) == {
        (TODAY, "marine licensing", 2),
        (TODAY, "marine", 1),
        (TODAY - timedelta(days=1), "marine", 1),
    }


@pytest.mark.django_db
def test_what_finds_somebody_or_has_filters_is_not_counted() -> None:
    make_person("Ada", "Okonkwo")
    ask("okonkwo")
    query = parse(text="marine", grades=["G7"])
    find_people(viewer=ANYBODY, query=query, asked_on=TODAY)
    find_people(viewer=ANYBODY, query=parse(text="marine"))
    assert not VainSearch.objects.exists()


def test_nothing_is_kept_but_the_day_the_words_and_how_often() -> None:
    fields = {field.name: type(field) for field in VainSearch._meta.get_fields()}
    assert set(fields) == {"id", "day", "words", "times"}
    assert fields["day"] is models.DateField


@pytest.mark.django_db
def test_a_day_keeps_so_many_texts_and_goes_on_counting_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_vain, "MOST_A_DAY", 2)
    for text in ("marine", "coastal", "riverine", "coastal"):
        ask(text)
    ask("riverine", day=TODAY + timedelta(days=1))
    assert set(VainSearch.objects.values_list("words", "times")) == {
        ("marine", 1),
        ("coastal", 2),
        ("riverine", 1),
    }


@pytest.mark.django_db
def test_most_asked_adds_up_the_last_thirty_days() -> None:
    for text, days_ago, times in (
        ("marine", 0, 2), ("marine", 29, 3), ("marine", 30, 9), ("coastal", 1, 4), ("rail", 1, 1),
    ):  # fmt: skip
        VainSearch.objects.create(day=TODAY - timedelta(days=days_ago), words=text, times=times)
    asked = most_asked(today=TODAY, limit=2)
    assert [(one.words, one.times, one.last_on) for one in asked] == [
        ("marine", 5, TODAY),
        ("coastal", 4, TODAY - timedelta(days=1)),
    ]


@pytest.mark.django_db
def test_a_day_goes_after_ninety_days() -> None:
    for days_ago in (0, 89, 90, 400):
        VainSearch.objects.create(day=TODAY - timedelta(days=days_ago), words="marine")
    assert forget_old(today=TODAY) == 2
    assert VainSearch.objects.count() == 2


@pytest.mark.django_db
def test_a_count_that_fails_fails_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_vain, "_COUNT", "SELECT 1 / 0, %(day)s, %(words)s, %(most)s")
    ask("marine")
    monkeypatch.undo()
    with patch.object(connection, "savepoint", side_effect=DatabaseError):
        note_in_vain(query=parse(text="marine"), day=TODAY)
    assert find_people(viewer=ANYBODY, query=parse(text="marine")).total == 0
