"""The values of filters as tokens: an organisation, team or tag with everything below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from directory.search.query import Query


@dataclass(frozen=True, slots=True)
class FilterTokens:
    """What a filter's values are in entries; people: about how many hold any, at most."""

    tokens: tuple[int, ...]
    people: int


def filter_tokens(*, query: Query) -> Mapping[str, FilterTokens]:
    """
    The tokens of each filter in use, in one statement; none where no value is known.

    Values that all have to hold are a filter each: "expertise 1", "expertise 2".
    """
    asked = [part for part in _parts(query) if part.wanted]
    if not asked:
        return {}
    values: dict[str, Any] = {"organisation": [], "expertise": []}
    for part in asked:
        values |= part.values
    with connection.cursor() as db:
        db.execute(
            f"WITH RECURSIVE {_BELOW} " + " UNION ALL ".join(part.sql for part in asked), values
        )
        found = {name: (tokens, people) for name, tokens, people in db.fetchall()}
    return {
        name: FilterTokens(tokens=tuple(tokens or ()), people=people or 0)
        for part in asked
        for name in part.names
        for tokens, people in [found.get(name, ((), 0))]
    }


@dataclass(frozen=True, slots=True)
class _Part:
    """A filter: the names it goes by, the statement that gives each its tokens, and its values."""

    names: tuple[str, ...]
    sql: str
    values: Mapping[str, Any]
    wanted: bool


def _parts(query: Query) -> list[_Part]:
    plain = {
        "organisation": query.organisations,
        "team": query.teams,
        "grade": query.grades,
        "profession": query.professions,
        "location": query.locations,
    }
    between = {"grade_from": query.grade_from, "grade_to": query.grade_to}
    days = {
        f"working_day {place}": [f"works {day}"] for place, day in enumerate(query.working_days, 1)
    }
    traits = {
        **days,
        "employment": [f"holds {kind}" for kind in query.employment],
        "has_expertise": ["has expertise"] if query.has_expertise else [],
    }
    return [
        *(_Part((n,), _PLAIN[n], {n: list(chosen)}, bool(chosen)) for n, chosen in plain.items()),
        _Part(("grade_range",), _GRADE_RANGE, between, any(between.values())),
        _Part(
            tuple(f"expertise {place}" for place in range(1, len(query.expertise) + 1)),
            _EXPERTISE,
            {"expertise": list(query.expertise)},
            bool(query.expertise),
        ),
        *(
            _Part((name,), _trait(number), {f"name_{number}": name, f"trait_{number}": terms}, True)
            for number, (name, terms) in enumerate(traits.items())
            if terms
        ),
    ]


_BELOW: Final = """
    below(id) AS (
        SELECT id FROM directory_organisation WHERE lower(slug) = ANY(%(organisation)s)
        UNION
        SELECT link.child_id FROM below
          JOIN directory_organisationparent link ON link.parent_id = below.id
    ), meant(place, id) AS (
        SELECT place, coalesce(tag.merged_into_id, tag.id)
          FROM unnest(%(expertise)s::text[]) WITH ORDINALITY AS asked (slug, place)
          JOIN directory_expertisetag tag ON lower(tag.slug) = asked.slug
        UNION
        SELECT meant.place, closer.id
          FROM meant
          CROSS JOIN LATERAL (
              SELECT from_tag_id AS id FROM directory_broadertag WHERE to_tag_id = meant.id
              UNION ALL
              SELECT id FROM directory_expertisetag WHERE merged_into_id = meant.id) closer
    )"""


def _tokens(kind: str, rows: str, *, name: str = "") -> str:
    return f"""
        SELECT '{name or kind}', array_agg(term.id ORDER BY term.id), sum(term.people)::integer
          FROM ({rows}) wanted
          JOIN directory_searchterm term ON term.space = '{kind}' AND term.term = wanted.id::text"""


def _trait(number: int) -> str:
    return f"""
        SELECT %(name_{number})s, array_agg(id ORDER BY id), sum(people)::integer
          FROM directory_searchterm
         WHERE space = 'trait' AND term = ANY(%(trait_{number})s::text[])"""


_PLAIN: Final[Mapping[str, str]] = {
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
# An end that is not given is that of the scale; one that is not known leaves no grade at all.
_GRADE_RANGE: Final = _tokens(
    "grade",
    "SELECT grade.id FROM directory_grade grade"
    "  JOIN (SELECT min(rank) AS low, max(rank) AS high, count(*) AS known"
    "          FROM directory_grade WHERE lower(code) IN (%(grade_from)s, %(grade_to)s)) ends"
    "    ON CASE WHEN %(grade_from)s <> '' AND %(grade_to)s <> ''"
    "            THEN ends.known = CASE WHEN %(grade_from)s = %(grade_to)s THEN 1 ELSE 2 END"
    "             AND grade.rank BETWEEN ends.low AND ends.high"
    "            WHEN %(grade_from)s <> '' THEN grade.rank >= ends.low"
    "            ELSE grade.rank <= ends.high END",
    name="grade_range",
)
_EXPERTISE: Final = """
        SELECT 'expertise ' || meant.place, array_agg(term.id ORDER BY term.id),
               sum(term.people)::integer
          FROM meant JOIN directory_searchterm term
            ON term.space = 'tag' AND term.term = meant.id::text
         GROUP BY meant.place"""
