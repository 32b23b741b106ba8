"""
The yardstick of search: tantivy in process, with the same layer of short names and initials.

It is given the same people, folded the same way, and answers the same questions: every word
exact, begun, misspelt by one edit or another name for it; the ten best; the values of four filters
counted.
"""

from collections.abc import Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

import tantivy
from django.db import connections

from directory.search.nicknames import other_names
from directory.search.query import Query

_FACETS: Final = ("organisation", "grade", "profession", "location")
_TEXTS: Final = ("name", "title", "place", "tag")
_ENTRIES: Final = """
    SELECT fold_text(concat_ws(' ', person.given_name, person.family_name, person.preferred_name)),
           fold_text(post.title), fold_text(concat_ws(' ', team.name, body.name, body.acronym)),
           coalesce((SELECT string_agg(fold_text(tag.preferred_label), ' ')
                       FROM directory_expertise claim
                       JOIN directory_expertisetag tag ON tag.id = claim.tag_id
                      WHERE claim.person_id = person.id), ''),
           lower(person.email), regexp_replace(person.phone, '\\(0\\)|[^0-9]', '', 'g'),
           body.slug, grade.code, profession.slug, post.location_id::text, person.id::text
      FROM directory_person person
      JOIN directory_appointment held ON held.person_id = person.id
      JOIN directory_post post ON post.id = held.post_id
      JOIN directory_team team ON team.id = post.team_id
      JOIN directory_organisation body ON body.id = team.organisation_id
      JOIN directory_grade grade ON grade.id = post.grade_id
      JOIN directory_profession profession ON profession.id = post.profession_id"""


class Peer:
    """An index of everybody in the database, in a folder of its own."""

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        for name in _TEXTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        for name in ("email", "phone"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in _FACETS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_text_field("person", tokenizer_name="raw", index_option="basic", stored=True)
        self._schema = builder.build()
        self._folder = TemporaryDirectory()
        self._index = tantivy.Index(self._schema, path=self._folder.name)
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        names = (*_TEXTS, "email", "phone", *_FACETS, "person")
        for row in _rows():
            fields = dict(zip(names, row, strict=True))
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, query: Query, *, facets: bool) -> int:
        """How many of the ten best there are, having counted all and the values too if `facets`."""
        asked = self._asked(query)
        found = self._searcher.search(asked, limit=10, count=facets)
        if facets:
            self._searcher.aggregate(
                asked, {name: {"terms": {"field": name, "size": 50}} for name in _FACETS}
            )
        return len(found.hits)

    def best(self, query: Query) -> list[UUID]:
        """The ten best people; digits in one piece are a number to it, and no word."""
        asked = self._asked(replace(query, words=()) if query.phones else query)
        found = self._searcher.search(asked, limit=10)
        return [UUID(self._searcher.doc(address)["person"][0]) for _, address in found.hits]

    def _asked(self, query: Query) -> Any:
        must = [self._word(word) for word in query.words]
        must += [self._begun("email", email) for email in query.emails]
        must += [
            tantivy.Query.regex_query(self._schema, "phone", f".*{digits}.*")
            for digits in query.phones
            if not query.words
        ]
        for name in ("organisation", "grade", "profession"):
            if values := getattr(query, f"{name}s"):
                must.append(tantivy.Query.term_set_query(self._schema, name, list(values)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in must])

    def _word(self, word: str) -> Any:
        schema, query = self._schema, tantivy.Query
        ways = [
            query.boost_query(query.term_query(schema, "name", word), 8),
            query.boost_query(self._begun("name", word), 3),
            *(
                query.boost_query(query.term_query(schema, "name", n), 5)
                for n in other_names(word=word)
            ),
        ]
        if len(word) > 2:
            ways.append(query.fuzzy_term_query(schema, "name", word, 1, True, False))
            ways += [self._begun(name, word) for name in ("title", "place", "tag")]
        return query.boolean_query([(tantivy.Occur.Should, way) for way in ways])

    def _begun(self, field: str, word: str) -> Any:
        literal = "".join(c if c.isalnum() or c in "@_-" else f"\\{c}" for c in word)
        return tantivy.Query.regex_query(self._schema, field, f"{literal}.*")


def _rows() -> Iterator[tuple[str, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_ENTRIES)
        while rows := cursor.fetchmany(10_000):
            yield from rows
