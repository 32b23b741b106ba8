"""
Finding things by what they are called: teams, organisations and tags of the vocabulary.

What fits some words, and how well, is for `sql/find_things.1.sql` to say. Here readings are tried
from strict to loose, and what the first of them finds that finds anything is cut into pages.
Names are public to every viewer; a proposed tag is there once somebody shows it whom the viewer may
see, because it may be the word of somebody hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory.search.cursors import read_cursor, write_cursor
from directory.search.query import Query, page_size, parse
from directory.search.within_time import within_time
from directory.visibility import Viewer

#: Readings of a question, as `sql/find_things.1.sql` numbers them; from here on words are misspelt.
_READINGS: Final = (0, 1, 2)
_MISSPELT: Final = 2


@dataclass(frozen=True, slots=True)
class FoundThings:
    """
    One page of ids, the best first.

    total: how many there are on all pages. next_cursor: empty on the last.
    is_misspelt: nothing is called so; these are nearly.
    """

    ids: tuple[UUID, ...] = ()
    total: int = 0
    next_cursor: str = ""
    is_misspelt: bool = False


def find_teams(
    *,
    viewer: Viewer,
    text: str,
    organisations: Iterable[str] = (),
    size: int = 20,
    cursor: str = "",
) -> FoundThings:
    """
    Live teams that the words fit, by their own name or their organisation's, or else by those of
    the teams above as well; those called just so first, then those higher in the tree. Where there
    are none, those with nearly these words. Without text, all of them by name.

    organisations: slugs; only teams of these bodies themselves.

    :raises QueryTooLong, BadCursor, SearchTooSlow: as `find_people`.
    """
    query = parse(text=text, organisations=organisations)
    kind = _Kind(
        "teams by label",
        "called_teams(%(typed)s, %(words)s::text[], %(reading)s, %(within)s::text[])",
        _EVERY_TEAM,
        f"SELECT count(*) FROM directory_team team WHERE {_LIVE}",
        {"within": list(query.organisations)},
    )
    return _find(kind, query, size, cursor)


def find_organisations(
    *, viewer: Viewer, text: str, size: int = 20, cursor: str = ""
) -> FoundThings:
    """
    Organisations that the words fit, by name, acronym or another name, live ones first; where there
    are none, those with nearly these words. Without text, all of them by name.

    :raises QueryTooLong, BadCursor, SearchTooSlow: as `find_people`.
    """
    return _find(_ORGANISATIONS, parse(text=text), size, cursor)


def find_tags(*, viewer: Viewer, text: str, size: int = 20, cursor: str = "") -> FoundThings:
    """
    Tags that the words fit, by their label or another name; where there are none, those with nearly
    these words. Without text, all that are in use, by label.

    :raises QueryTooLong, BadCursor, SearchTooSlow: as `find_people`.
    """
    return _find(_TAGS, parse(text=text), size, cursor)


@dataclass(frozen=True, slots=True)
class _Kind:
    """
    A kind of thing.

    name: what its cursors are for.
    called: the function that gives `id`, `rank` and `sort_name` of those that words fit.
    every: rows of the same for all there are, in the order of `sort_name` and `id` by an index.
    count: how many those are.
    values: further parameters of the three.
    """

    name: str
    called: str
    every: str
    count: str
    values: Mapping[str, Any] = field(default_factory=dict)


def _find(kind: _Kind, query: Query, size: int, cursor: str) -> FoundThings:
    """One page of what the words fit; without any text, of all there are."""
    key = read_cursor(listing=kind.name, cursor=cursor)
    size = page_size(wanted=size)
    if query.text and not query.words:
        return FoundThings()
    readings = [key[0]] if key else _readings(query)
    with within_time(any_plan=True):
        for reading in readings:
            found = _page(kind, reading, query, size, key)
            if found.total:
                break
    return found


def _readings(query: Query) -> Sequence[int | None]:
    """From strict to loose; None is for all there are. What is above matters to several words."""
    if not query.words:
        return [None]
    return _READINGS if len(query.words) > 1 else (_READINGS[0], _MISSPELT)


def _page(
    kind: _Kind, reading: int | None, query: Query, size: int, key: list[Any] | None
) -> FoundThings:
    """A page of what a reading finds; reading: None for all there are."""
    called = f'SELECT id, rank, sort_name COLLATE "C" AS sort_name FROM {kind.called}'
    found = called if reading is not None else kind.every
    total = "SELECT count(*) FROM found" if reading is not None else kind.count
    # Everything there is is walked along an index, and never held.
    kept = "MATERIALIZED" if reading is not None else "NOT MATERIALIZED"
    after = ("after_rank", "after_name", "after_id")
    with connection.cursor() as db:
        db.execute(
            f"""
            WITH found AS {kept} ({found}), page AS (
                SELECT * FROM found WHERE {_AFTER if key else "true"}
                 ORDER BY rank, sort_name, id LIMIT %(size)s + 1
            )
            SELECT total.number, page.rank, page.sort_name, page.id
              FROM ({total}) AS total (number) LEFT JOIN page ON true
             ORDER BY page.rank, page.sort_name, page.id
            """,
            {
                **kind.values,
                "typed": " ".join(query.words),
                "words": [w for place, w in enumerate(query.words) if place not in query.passing],
                "reading": reading,
                "size": size,
                **dict(zip(after, (key or [])[1:], strict=False)),
            },
        )
        rows = db.fetchall()
    shown = [row for row in rows if row[3]]
    next_cursor = ""
    if len(shown) > size:
        _, rank, sort_name, last_id = shown[size - 1]
        next_cursor = write_cursor(listing=kind.name, key=[reading, rank, sort_name, str(last_id)])
    return FoundThings(
        ids=tuple(row[3] for row in shown[:size]),
        total=rows[0][0],
        next_cursor=next_cursor,
        is_misspelt=reading is not None and reading >= _MISSPELT and bool(shown),
    )


# Not as one comparison of three: where every rank is the same, what is left is served by an index.
_AFTER: Final = """
    (rank > %(after_rank)s OR rank = %(after_rank)s
     AND (sort_name, id) > (%(after_name)s, %(after_id)s::uuid))"""

_LIVE: Final = """
    team.status = 'live'
    AND (cardinality(%(within)s::text[]) = 0
         OR team.organisation_id IN (SELECT id FROM directory_organisation
                                      WHERE lower(slug) = ANY(%(within)s::text[])))"""

_EVERY_TEAM: Final = f"""
    SELECT team.id, 0 AS rank, fold_text(team.name) COLLATE "C" AS sort_name
      FROM directory_team team WHERE {_LIVE}"""

_ORGANISATIONS: Final = _Kind(
    "organisations by label",
    "called_organisations(%(typed)s, %(words)s::text[], %(reading)s)",
    """
    SELECT body.id, called_rank(body.status = 'closed', 0, 0, 0) AS rank,
           fold_text(body.name) COLLATE "C" AS sort_name
      FROM directory_organisation body""",
    "SELECT count(*) FROM directory_organisation",
)

_TAGS: Final = _Kind(
    "tags by label",
    "called_tags(%(typed)s, %(words)s::text[], %(reading)s)",
    """
    SELECT id, 0 AS rank, fold_text(preferred_label) COLLATE "C" AS sort_name FROM tag_in_use""",
    "SELECT count(*) FROM tag_in_use",
)
