"""The data dictionary says what the code does, field by field and word by word."""

import pytest
from django.test import Client

from directory.models import Grade, Profession
from directory.profile import FIELD_POLICY
from directory.web.dictionary_page import read_dictionary
from tests.web.reading import text_of
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db


def test_it_names_every_field_and_whose_word_counts_first(stage: Stage, reader: Client) -> None:
    page = read_dictionary()
    assert [field.name for field in page.fields] == [*FIELD_POLICY, "expertise"]
    first = {field.name: field.says_first for field in page.fields}
    assert first["phone"] == "HR, then the official"
    assert first["pronouns"] == "The official, then HR"
    assert "Data dictionary" in text_of(reader.get("/dictionary"))


def test_it_has_the_words_of_the_vocabulary_as_they_are_today(stage: Stage, reader: Client) -> None:
    Grade.objects.create(code="ZZ1", name="Keeper of Weirs", rank=999)
    Profession.objects.create(slug="weir-keeping", name="Weir keeping")
    page = text_of(reader.get("/dictionary"))
    assert "Keeper of Weirs ZZ1" in page
    assert "Weir keeping weir-keeping" in page
