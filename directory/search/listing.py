"""People who match in the order of their names, or of their grades: everybody, in pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory.search.matching import OVERLAPS, Matching

#: Somebody on a page: id, what they are ordered by before their name, and the name.
Row = tuple[UUID, int, str]

#: Where somebody without a grade stands, below any rank.
_UNGRADED: Final = -(2**31)


def by_name(*, matching: Matching, size: int, after: Sequence[Any] | None) -> list[Row]:
    """The next people and one more, by name; after: order, name and id of the last before."""
    return _named(matching, "true", {}, 0, size + 1, after)


def by_grade(*, matching: Matching, size: int, after: Sequence[Any] | None) -> list[Row]:
    """
    The same, the most senior first: by the highest grade of the posts somebody holds.

    The scale is gone down step by step until the page is full, so that nobody below is looked at.
    """
    page: list[Row] = []
    for step in _steps():
        if after and step.rank > after[0]:
            continue
        begins = after if after and step.rank == after[0] else None
        left = size + 1 - len(page)
        page += _named(matching, step.condition, step.values, step.rank, left, begins)
        if len(page) > size:
            break
    return page


@dataclass(frozen=True, slots=True)
class _Step:
    """Everybody whose highest grade has this rank: the condition on `entry`, and its values."""

    rank: int
    condition: str
    values: dict[str, list[int]]


def _steps() -> Iterator[_Step]:
    """The scale from the top down, and at last whoever holds no grade."""
    with connection.cursor() as db:
        db.execute(_SCALE)
        scale = db.fetchall()
    above: list[int] = []
    for rank, tokens in scale:
        held = f"entry.tokens {OVERLAPS} %(grade)s::int[]"
        no_higher = f"NOT entry.tokens {OVERLAPS} %(above)s::int[]"
        yield _Step(rank, f"{held} AND {no_higher}", {"grade": tokens, "above": list(above)})
        above += tokens
    yield _Step(_UNGRADED, f"NOT entry.tokens {OVERLAPS} %(above)s::int[]", {"above": above})


def _named(
    matching: Matching,
    condition: str,
    values: dict[str, list[int]],
    order: int,
    most: int,
    after: Sequence[Any] | None,
) -> list[Row]:
    """People who match and meet a further condition, by name; each with `order`."""
    named = matching.values() | values | {"order": order, "most": most}
    later = ""
    if after:
        named |= {"after_name": after[1], "after_id": after[2]}
        later = "AND (entry.sort_name, entry.person_id) > (%(after_name)s, %(after_id)s::uuid)"
    with connection.cursor() as db:
        # Along the index of names, unless few match.
        db.execute("SET LOCAL enable_indexscan = on")
        db.execute(
            f"""
            SELECT entry.person_id, %(order)s, entry.sort_name FROM directory_searchentry entry
             WHERE {matching.where()} AND {condition} {later}
             ORDER BY entry.sort_name, entry.person_id LIMIT %(most)s
            """,
            named,
        )
        page: list[Row] = db.fetchall()
    return page


_SCALE: Final = """
    SELECT grade.rank, array_agg(term.id ORDER BY term.id)
      FROM directory_grade grade
      JOIN directory_searchterm term ON term.space = 'grade' AND term.term = grade.id::text
     GROUP BY grade.rank ORDER BY grade.rank DESC"""
