"""What one row of a junior return says: so many unnamed posts under a senior post."""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import nan

from directory.connectors.organogram_words import stated
from directory.connectors.texts import FaultList, clean_key, clean_row
from directory.folding import fold
from directory.records import Holder, PostRecord, RawRow

#: A row has no reference of its own; these together tell it from the others.
_KEY_FIELDS = (
    "stated_organisation",
    "unit_name",
    "reports_to_post",
    "grade",
    "job_title",
    "profession",
)
_COUNT = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")

#: Counts are kept to two decimal places, and in nine digits.
_LEAST, _MOST = 0.01, 9_999_999


@lru_cache(maxsize=4096)
def _key_piece(cell: str) -> str:
    return fold(clean_key(cell))


def junior_key(*, cells: Sequence[str], fields: Sequence[str]) -> str:
    """
    The key of a row, before repeats are numbered.

    A row of no posts has a key of its own, so those it counted before are absent, and end.
    """
    by_name = dict(zip(fields, cells, strict=True))
    key = "|".join([_key_piece(by_name.get(name, "")) for name in _KEY_FIELDS])
    return f"{key}|none" if _posts(clean_key(by_name["posts_fte"])) == 0 else key


def read_junior(*, row: RawRow, fields: Sequence[str], faults: FaultList) -> PostRecord | None:
    """The statement of a junior row; None if it counts no posts or a fault stops it."""
    values = clean_row(
        cells=row.cells,
        fields=fields,
        faults=faults,
        single_line=frozenset({"reports_to_post"}),
    )
    posts = _posts(values["posts_fte"])
    if posts != 0 and not _LEAST <= posts <= _MOST:
        faults.add(
            field="posts_fte",
            code="invalid_fte",
            hint="Number of Posts in FTE must be a number such as 2.5, from 0.01 to 9,999,999.",
        )
    elif posts == 0:
        faults.notice(
            field="posts_fte",
            code="no_posts",
            hint="The row counts no posts, so none were recorded. Leave it out.",
        )
        return None
    if faults.stops_the_row:
        return None
    post = {name: stated(value) for name, value in values.items()}
    if not post["reports_to_post"]:
        faults.warn(
            field="reports_to_post",
            code="reports_to_missing",
            hint="Reporting Senior Post is blank. Write the reference of the senior post it is "
            "under.",
        )
    count = _digits(values["posts_fte"])
    post |= {"post_key": row.key, "posts_fte": count, "holder": Holder.COUNTED.value}
    return PostRecord(row.key, post)


def _posts(cell: str) -> float:
    """How many posts a clean cell counts; not a number (NaN) where it is none."""
    count = _digits(cell)
    return float(count) if _COUNT.fullmatch(count) else nan


def _digits(cell: str) -> str:
    return cell.replace(",", "")
