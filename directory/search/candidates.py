"""
Candidates in SQL: who matches, visibility inside, ordered and cut into pages there.

Every value reaches the database as a parameter; the SQL put together here
consists of the fixed pieces below and the names of parameters.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from directory.search import ranking
from directory.search.cursors import read_cursor, write_cursor
from directory.search.query import Query
from directory.visibility import Viewer, audiences

#: Longest that one statement of a search may take.
TIMEOUT_SECONDS: Final = 5
_LISTING: Final = "people"

#: The filters' values as ids: a body or team with everything below it.
WANTED: Final = """
    wanted_organisation(id) AS (
        SELECT id FROM directory_organisation WHERE lower(slug) = ANY(%(organisations)s)
        UNION
        SELECT link.child_id
          FROM wanted_organisation
          JOIN directory_organisationparent link ON link.parent_id = wanted_organisation.id
    ), wanted AS (
        SELECT ARRAY(SELECT id FROM wanted_organisation) AS organisation_ids,
               ARRAY(SELECT team.id
                       FROM directory_team top JOIN directory_team team ON team.path <@ top.path
                      WHERE top.id = ANY(%(teams)s::uuid[])) AS team_ids,
               ARRAY(SELECT id FROM directory_grade
                      WHERE lower(code) = ANY(%(grades)s)) AS grade_ids,
               ARRAY(SELECT id FROM directory_profession
                      WHERE lower(slug) = ANY(%(professions)s)) AS profession_ids
    )"""

#: What each filter asks of an entry; a filter without values holds for everybody.
CONDITIONS: Final[Mapping[str, str]] = {
    "organisation": """(cardinality(%(organisations)s::text[]) = 0
                        OR entry.organisation_ids && wanted.organisation_ids)""",
    "team": """(cardinality(%(teams)s::uuid[]) = 0
                OR entry.team_ids && wanted.team_ids)""",
    "grade": """(cardinality(%(grades)s::text[]) = 0
                 OR entry.grade_ids && wanted.grade_ids)""",
    "profession": """(cardinality(%(professions)s::text[]) = 0
                      OR entry.profession_ids && wanted.profession_ids)""",
    "location": """(cardinality(%(locations)s::bigint[]) = 0
                    OR entry.location_ids && %(locations)s::bigint[])""",
}


class SearchTooSlow(Exception):
    """The database did not answer within `TIMEOUT_SECONDS`."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """One page of people, best first; how many match in all; where the next page begins."""

    person_ids: tuple[UUID, ...]
    total: int
    next_cursor: str


def candidates(*, viewer: Viewer, query: Query, size: int, cursor: str) -> Candidates:
    """
    The people who match, in one statement.

    The order is score, name, id: total, so that no page repeats or loses anybody.

    :raises BadCursor: if the cursor is not one of ours.
    :raises SearchTooSlow: above `TIMEOUT_SECONDS`.
    """
    values = parameters(viewer=viewer, query=query)
    score = _score(query, values)
    after = read_cursor(listing=_LISTING, cursor=cursor)
    if after:
        values |= dict(zip(("after_score", "after_name", "after_id"), after, strict=True))
    with within_time(), connection.cursor() as db:
        db.execute(
            f"""
            WITH RECURSIVE {WANTED}, matched AS (
                SELECT entry.person_id, entry.sort_name COLLATE "C" AS sort_name, {score} AS score
                  FROM directory_searchentry entry CROSS JOIN wanted
                 WHERE {found(query=query)} AND {" AND ".join(CONDITIONS.values())}
            ), page AS (
                SELECT * FROM matched
                 WHERE {_AFTER if after else "true"}
                 ORDER BY score DESC, sort_name, person_id
                 LIMIT %(size)s + 1
            )
            SELECT total.people, page.person_id, page.score, page.sort_name
              FROM (SELECT count(*) AS people FROM matched) total LEFT JOIN page ON true
             ORDER BY page.score DESC, page.sort_name, page.person_id
            """,
            values | {"size": size},
        )
        rows = db.fetchall()
    total, page = rows[0][0], [row[1:] for row in rows if row[1]]
    return Candidates(
        person_ids=tuple(person_id for person_id, _, _ in page[:size]),
        total=total,
        next_cursor=_cursor(page[size - 1]) if len(page) > size else "",
    )


def parameters(*, viewer: Viewer, query: Query) -> dict[str, Any]:
    """The values of `found`, `WANTED` and `CONDITIONS`."""
    return {
        "audiences": list(audiences(viewer=viewer)),
        "words": " & ".join(f"{word}:*" for word in query.words),
        "emails": " & ".join(
            ranking.email_tsquery(email=email, begun=True) for email in query.emails
        ),
        "organisations": list(query.organisations),
        "teams": list(query.teams),
        "grades": list(query.grades),
        "professions": list(query.professions),
        "locations": list(query.locations),
    }


def found(*, query: Query) -> str:
    """The condition that the viewer may find an entry, and finds it by the text."""
    conditions = ["entry.audience = ANY(%(audiences)s)"]
    if query.words:
        conditions.append("entry.document @@ %(words)s::tsquery")
    if query.emails:
        conditions.append("entry.document @@ %(emails)s::tsquery")
    return " AND ".join(conditions)


@contextmanager
def within_time() -> Iterator[None]:
    """
    Give every statement inside `TIMEOUT_SECONDS`, and give the caller's own limit back.

    :raises SearchTooSlow: if one of them takes longer.
    """
    try:
        with transaction.atomic(), connection.cursor() as db:
            db.execute("SELECT current_setting('statement_timeout')")
            before = db.fetchone()[0]
            set_timeout = "SELECT set_config('statement_timeout', %s, true)"
            db.execute(set_timeout, [f"{TIMEOUT_SECONDS}s"])
            yield
            db.execute(set_timeout, [before])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow(
                "This search takes too long; ask for something narrower."
            ) from error
        raise


_AFTER: Final = """
    (-score, sort_name, person_id) > (-%(after_score)s, %(after_name)s, %(after_id)s::uuid)"""


def _score(query: Query, values: dict[str, Any]) -> str:
    """The sum of the points that `ranking` gives, its values added to `values`."""
    ranked = [
        *(ranking.word_rules(word=word) for word in query.words),
        *(ranking.email_rules(email=email) for email in query.emails),
    ]
    terms = ["0"]
    for number, rules in enumerate(ranked):
        cases = []
        for place, rule in enumerate(rules):
            name = f"rule_{number}_{place}"
            values[name] = rule.tsquery
            cases.append(f"WHEN entry.document @@ %({name})s::tsquery THEN {rule.points:d}")
        terms.append(f"CASE {' '.join(cases)} ELSE 0 END")
    if query.words:
        values["whole_names"] = ranking.whole_names(words=query.words)
        values["family_names"] = ranking.family_names(words=query.words)
        terms.append(
            f"CASE WHEN entry.sort_name = ANY(%(whole_names)s) THEN {ranking.WHOLE_NAME:d}"
            f" WHEN entry.sort_name ^@ ANY(%(family_names)s) THEN {ranking.FAMILY_NAME:d}"
            " ELSE 0 END"
        )
    return " + ".join(terms)


def _cursor(last: tuple[UUID, int, str]) -> str:
    person_id, score, sort_name = last
    return write_cursor(listing=_LISTING, key=[score, sort_name, str(person_id)])
