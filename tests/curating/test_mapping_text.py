"""A mapping is edited as TOML and means the same afterwards."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.curating.mapping_text import NotToml, read_mapping, write_mapping

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.one_of(TEXTS, st.booleans(), st.integers(-(2**40), 2**40), st.lists(TEXTS, max_size=3))
MAPPINGS = st.recursive(
    st.dictionaries(TEXTS, VALUES, max_size=4),
    lambda inner: st.dictionaries(TEXTS, st.one_of(VALUES, inner), max_size=4),
    max_leaves=8,
)


@given(MAPPINGS)
def test_what_is_written_reads_as_it_was(mapping: dict[str, Any]) -> None:
    assert read_mapping(text=write_mapping(mapping=mapping)) == mapping


def test_settings_stand_above_tables() -> None:
    mapping = {"columns": {"source_key": "Staff number"}, "delimiter": ";"}
    assert write_mapping(mapping=mapping) == (
        'delimiter = ";"\n\n[columns]\nsource_key = "Staff number"\n'
    )


def test_what_is_not_toml_says_where() -> None:
    with pytest.raises(NotToml, match="line 1"):
        read_mapping(text="columns = oops\n")


def test_windows_line_ends_of_a_browser_are_read() -> None:
    assert read_mapping(text='a = "1"\r\nb = "2"\r\n') == {"a": "1", "b": "2"}
