"""The values of filters as tokens: an organisation or team with everything below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection

from directory.search.query import Query


@dataclass(frozen=True, slots=True)
class FilterTokens:
    """What a filter's values are in entries; people: about how many hold any, at most."""

    tokens: tuple[int, ...]
    people: int


def filter_tokens(*, query: Query) -> Mapping[str, FilterTokens]:
    """The tokens of each filter in use, in one statement; none where no value is known."""
    wanted = {
        "organisation": query.organisations,
        "team": query.teams,
        "grade": query.grades,
        "profession": query.professions,
        "location": query.locations,
    }
    used = {name: list(values) for name, values in wanted.items() if values}
    if not used:
        return {}
    with connection.cursor() as db:
        db.execute(
            f"WITH RECURSIVE {_BELOW} " + " UNION ALL ".join(_TOKENS[name] for name in used),
            {"organisation": [], **used},
        )
        found = {kind: (tokens, people) for kind, tokens, people in db.fetchall()}
    return {
        name: FilterTokens(tokens=tuple(tokens or ()), people=people or 0)
        for name in used
        for tokens, people in [found.get(name, ((), 0))]
    }


_BELOW: Final = """
    below(id) AS (
        SELECT id FROM directory_organisation WHERE lower(slug) = ANY(%(organisation)s)
        UNION
        SELECT link.child_id FROM below
          JOIN directory_organisationparent link ON link.parent_id = below.id
    )"""


def _tokens(kind: str, rows: str) -> str:
    return f"""
        SELECT '{kind}', array_agg(term.id ORDER BY term.id), sum(term.people)::integer
          FROM ({rows}) wanted
          JOIN directory_searchterm term ON term.space = '{kind}' AND term.term = wanted.id::text"""


_TOKENS: Final[Mapping[str, str]] = {
    "organisation": _tokens("organisation", "SELECT id FROM below"),
    "team": _tokens(
        "team",
        "SELECT DISTINCT team.id FROM directory_team top"
        " JOIN directory_team team ON team.path <@ top.path WHERE top.id = ANY(%(team)s::uuid[])",
    ),
    "grade": _tokens("grade", "SELECT id FROM directory_grade WHERE lower(code) = ANY(%(grade)s)"),
    "profession": _tokens(
        "profession", "SELECT id FROM directory_profession WHERE lower(slug) = ANY(%(profession)s)"
    ),
    "location": _tokens(
        "location", "SELECT id FROM directory_location WHERE id = ANY(%(location)s::bigint[])"
    ),
}
