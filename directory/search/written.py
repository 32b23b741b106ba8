"""A search as a line of text that can be kept: the query of its address, always spelt alike."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from directory.search.query import Query, parse

#: Filters as addresses name them, in their order there, and as `Query` names their values.
FILTERS: Final[Mapping[str, str]] = {
    "organisation": "organisations",
    "team": "teams",
    "grade": "grades",
    "profession": "professions",
    "location": "locations",
    "expertise": "expertise",
    "grade_from": "grade_from",
    "grade_to": "grade_to",
    "employment": "employment",
    "working_day": "working_days",
    "has_expertise": "has_expertise",
}


def write_query(*, query: Query) -> str:
    """Words and filters as the query of an address, such as `q=trade&grade=g7`."""
    text = [("q", query.text)] if query.text else []
    return urlencode([*text, *_filters(query)])


def read_query(*, written: str) -> Query:
    """
    The search that `write_query` wrote.

    :raises QueryTooLong: if a search takes less by now.
    """
    return query_of(given=parse_qs(written))


def query_of(*, given: Mapping[str, Sequence[str]]) -> Query:
    """
    The search that the parameters of an address ask for, each with its values as they are read.

    :raises QueryTooLong: as `parse`.
    """

    def one(name: str) -> str:
        return next(iter(given.get(name, ())), "")

    return parse(
        text=one("q"),
        organisations=given.get("organisation", ()),
        teams=[UUID(value) for value in given.get("team", ())],
        grades=given.get("grade", ()),
        professions=given.get("profession", ()),
        locations=[int(value) for value in given.get("location", ())],
        expertise=given.get("expertise", ()),
        grade_from=one("grade_from"),
        grade_to=one("grade_to"),
        working_days=given.get("working_day", ()),
        employment=given.get("employment", ()),
        has_expertise=bool(one("has_expertise")),
    )


def fingerprint(*, query: Query) -> str:
    """The same for two searches that ask the same, in whatever case or order of filters."""
    asked = [query.words, query.emails, query.phones, _filters(query)]
    return sha256(json.dumps(asked).encode()).hexdigest()


def _filters(query: Query) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, field in FILTERS.items()
        for value in sorted(_texts(getattr(query, field)))
    ]


def _texts(values: Any) -> list[str]:
    if isinstance(values, bool):
        return ["true"] if values else []
    if isinstance(values, str):
        return [values] if values else []
    return [str(value) for value in values]
