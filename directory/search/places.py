"""
Finding teams and organisations by name.

Names are public to every viewer; a first version folds them as it searches,
which a few thousand of them allow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory import orgtree
from directory.search.cursors import read_cursor, write_cursor
from directory.search.query import Query, page_size, parse
from directory.search.within_time import within_time
from directory.visibility import Viewer


@dataclass(frozen=True, slots=True)
class TeamHit:
    """A live team. `path` is its place in URLs: `/teams/{path}`."""

    team_id: UUID
    name: str
    path: str
    organisation_slug: str
    organisation_name: str
    organisation_acronym: str


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """An organisation, live or closed."""

    organisation_id: UUID
    slug: str
    name: str
    acronym: str
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class FoundTeams:
    """One page of teams; `total` counts all pages, `next_cursor` is empty on the last."""

    hits: tuple[TeamHit, ...]
    total: int
    next_cursor: str


@dataclass(frozen=True, slots=True)
class FoundOrganisations:
    """One page of organisations, as `FoundTeams`."""

    hits: tuple[OrganisationHit, ...]
    total: int
    next_cursor: str


def find_teams(
    *,
    viewer: Viewer,
    text: str,
    organisations: Iterable[str] = (),
    size: int = 20,
    cursor: str = "",
) -> FoundTeams:
    """
    Live teams with every word at the beginning of a word of their name, or of their
    organisation's name or acronym; without text, all of them by name.

    organisations: slugs; only teams of these bodies themselves.

    :raises QueryTooLong, BadCursor, SearchTooSlow: as `find_people`.
    """
    query = parse(text=text, organisations=organisations)
    rows, total, next_cursor = _page("teams", _TEAMS, query, size, cursor)
    paths = orgtree.slug_paths(team_ids=[row[0] for row in rows])
    hits = tuple(TeamHit(row[0], row[1], paths[row[0]], *row[2:]) for row in rows)
    return FoundTeams(hits, total, next_cursor)


def find_organisations(
    *, viewer: Viewer, text: str, size: int = 20, cursor: str = ""
) -> FoundOrganisations:
    """
    Organisations with every word at the beginning of a word of their name, acronym or
    other names, live ones first; without text, all of them by name.

    :raises QueryTooLong, BadCursor, SearchTooSlow: as `find_people`.
    """
    rows, total, next_cursor = _page(
        "organisations", _ORGANISATIONS, parse(text=text), size, cursor
    )
    return FoundOrganisations(tuple(OrganisationHit(*row) for row in rows), total, next_cursor)


def _page(
    listing: str, named: str, query: Query, size: int, cursor: str
) -> tuple[list[tuple[Any, ...]], int, str]:
    """
    One page of what `named` selects: rows as shown, total, next cursor.

    named: SQL of ours that gives `id`, the columns shown, then `own_name` and
        `all_names` (folded), `acronym` (folded) and `is_closed`.
    """
    size = page_size(wanted=size)
    after = read_cursor(listing=listing, cursor=cursor)
    beginnings = [f"% {word}%" for word in query.words]
    with within_time(), connection.cursor() as db:
        db.execute(
            f"""
            WITH named AS ({named}), matched AS (
                SELECT named.*, own_name COLLATE "C" AS sort_name,
                       CASE WHEN is_closed THEN 10 ELSE 0 END
                       + CASE WHEN acronym = %(text)s OR own_name = %(text)s THEN 0
                              WHEN own_name ^@ %(text)s THEN 1 ELSE 2 END AS tier
                  FROM named
                 WHERE ' ' || all_names LIKE ALL(%(beginnings)s::text[])
            ), page AS (
                SELECT * FROM matched
                 WHERE {_AFTER if after else "true"}
                 ORDER BY tier, sort_name, id LIMIT %(size)s + 1
            )
            SELECT total.hits, page.tier, page.sort_name, page.shown, page.id
              FROM (SELECT count(*) AS hits FROM matched) total LEFT JOIN page ON true
             ORDER BY page.tier, page.sort_name, page.id
            """,
            {
                "text": " ".join(query.words),
                "beginnings": beginnings,
                "organisations": list(query.organisations),
                "size": size,
                **dict(zip(("after_tier", "after_name", "after_id"), after or (), strict=False)),
            },
        )
        rows = db.fetchall()
    page = [row for row in rows if row[4]]
    next_cursor = ""
    if len(page) > size:
        _, tier, sort_name, _, last_id = page[size - 1]
        next_cursor = write_cursor(listing=listing, key=[tier, sort_name, str(last_id)])
    return [(row[4], *row[3]) for row in page[:size]], rows[0][0], next_cursor


_AFTER: Final = """
    (tier, sort_name, id) > (%(after_tier)s, %(after_name)s, %(after_id)s::uuid)"""

_TEAMS: Final = """
    SELECT team.id, ARRAY[team.name, body.slug, body.name, body.acronym] AS shown,
           fold_text(team.name) AS own_name,
           concat_ws(' ', fold_text(team.name), body.folded, body.folded_acronym) AS all_names,
           '' AS acronym, false AS is_closed
      FROM directory_team team
      JOIN (SELECT id, slug, name, acronym, fold_text(name) AS folded,
                   fold_text(acronym) AS folded_acronym
              FROM directory_organisation) body ON body.id = team.organisation_id
     WHERE team.status = 'live'
       AND (cardinality(%(organisations)s::text[]) = 0
            OR lower(body.slug) = ANY(%(organisations)s))"""

_ORGANISATIONS: Final = """
    SELECT body.id, ARRAY[body.slug, body.name, body.acronym, body.kind, body.status] AS shown,
           fold_text(body.name) AS own_name,
           fold_text(concat_ws(' ', body.name, body.acronym, string_agg(other.name, ' ')))
               AS all_names,
           fold_text(body.acronym) AS acronym, body.status = 'closed' AS is_closed
      FROM directory_organisation body
      LEFT JOIN directory_organisationname other ON other.organisation_id = body.id
     GROUP BY body.id"""
